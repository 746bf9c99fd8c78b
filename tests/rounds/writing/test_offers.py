"""The menu of a passage offers carriers to propose, while a round collects and where the passage is open."""

import pytest

from leitfaden.rounds.models import Phase
from leitfaden.trees import load_tree
from tests.factories import UserFactory
from tests.leitfaden.texts import editor, lengthen, publish
from tests.rounds.rounds import carrier, let_it_be, member, running_round
from tests.rounds.writing.pages import passage, url
from vielfalt.accounts.models import Role

pytestmark = pytest.mark.django_db

TEXT = "/leitfaden/alles/"


@pytest.fixture
def edition(document, staff):
    return publish(document, "2026.1", staff, editor("Zweite"))


@pytest.fixture
def offered(edition, round_, client):
    """Whether a reader is offered to change a passage."""

    def offered(user, words="eins", operation=""):
        if user is not None:
            client.force_login(user)
        anchor = passage(round_, words).anchor
        address = url("operate", anchor=anchor, operation=operation) if operation else url("write", anchor=anchor)
        return address in client.get(TEXT).content.decode()

    return offered


def test_members_of_a_carrier_that_takes_part(offered, alice, hanau):
    assert offered(alice)
    assert offered(member(hanau, role=Role.EDITOR))


@pytest.mark.parametrize("who", ["anonymous", "charlie", "network", "staff"])
def test_nobody_else(offered, staff, who):
    user = {
        "anonymous": lambda: None,
        "charlie": lambda: UserFactory(name="Charlie"),
        "network": lambda: member(carrier("Lotsen Kassel")),
        "staff": lambda: staff,
    }[who]()
    assert not offered(user)


@pytest.mark.parametrize("phase", [Phase.WAITING, Phase.DISCUSS, Phase.VOTE, Phase.CONSOLIDATE])
def test_only_while_the_round_collects(offered, round_, alice, phase):
    let_it_be(round_, phase)
    assert not offered(alice)


def test_headings_offer_more(offered, alice):
    for operation in ("ergaenzen", "streichen", "verschieben"):
        assert offered(alice, "Einführung", operation)
        assert not offered(alice, "eins", operation)


def test_only_what_is_open(edition, document, hanau, alice, staff, client):
    two = next(node for node in load_tree(document.head).walk() if node.version.plain == "zwei")
    round_ = running_round(document, [hanau], staff, blocks=[two.block])
    client.force_login(alice)
    page = client.get(TEXT).content.decode()
    assert url("write", anchor=two.anchor) in page
    assert url("write", anchor=passage(round_, "eins").anchor) not in page


def test_an_earlier_edition_offers_nothing(edition, round_, document, staff, alice, client):
    publish(document, "2026.2", staff, editor("Dritte"))
    client.force_login(alice)
    assert (
        url("write", anchor=passage(round_, "eins").anchor)
        not in client.get("/leitfaden/2026-1/alles/").content.decode()
    )


@pytest.mark.parametrize("paragraphs", [1, 10])
def test_anonymous_readers_cost_nothing_and_members_a_fixed_number(
    paragraphs, document, staff, hanau, alice, client, django_assert_num_queries
):
    lengthen(document, [f"Absatz {n}" for n in range(paragraphs)], staff)
    document.refresh_from_db()
    publish(document, "2026.1", staff, editor("Zweite"))
    with django_assert_num_queries(5):
        client.get(TEXT)
    running_round(document, [hanau], staff, blocks=[load_tree(document.head).modules[0].block])
    with django_assert_num_queries(5):
        client.get(TEXT)
    client.force_login(alice)
    client.get(TEXT)
    with django_assert_num_queries(14):
        client.get(TEXT)
