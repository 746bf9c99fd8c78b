"""The list of proposals: filters, search, pages, and never more than one may read."""

import re

import pytest

from leitfaden.rounds import proposing, reviewing, voting
from leitfaden.rounds.models import Phase, Proposal, Stance
from tests.leitfaden.texts import passage
from tests.rounds.rounds import admitted, as_participant, draft, let_it_be, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(round_):
    """The titles on the list as a client gets it."""

    def listed(client, query=""):
        page = client.get(f"/leitfaden/runden/{round_.number}/vorschlaege/?{query}").content.decode()
        return re.findall(r'proposal-card__title"><a[^>]*>([^<]+)', page)

    return listed


@pytest.fixture
def several(round_, hanau, fulda, alice, bob, staff):
    """Proposals in several states."""
    draft(round_, hanau, alice, ("eins", "x"), title="Entwurf")
    submitted(round_, hanau, alice, ("eins", "eins, bitte"), title="Eingereichtes")
    admitted(round_, hanau, alice, ("eins", "eins muss sein"), staff=staff, title="Strenger werden")
    admitted(round_, fulda, bob, ("zwei", "zwo"), staff=staff, title="Klarer schreiben")
    gone = admitted(round_, fulda, bob, ("drei", "3"), staff=staff, title="Zurückgenommenes")
    proposing.withdraw(proposal=gone, by=bob)


def test_who_finds_what(several, listed, readers, client, bob):
    public = ["Strenger werden", "Klarer schreiben"]
    assert listed(readers("anonymous")) == public
    assert listed(readers("network")) == public
    assert listed(readers("researcher")) == public
    assert listed(readers("editor")) == ["Eingereichtes", *public]
    assert listed(readers("staff")) == ["Eingereichtes", *public, "Zurückgenommenes"]
    client.force_login(bob)
    assert listed(client) == [*public, "Zurückgenommenes"]
    # Asking for what one may not read finds nothing.
    assert listed(readers("anonymous"), "stand=eingereicht") == public
    assert listed(readers("anonymous"), "q=Eingereichtes") == []
    assert listed(readers("staff"), "stand=eingereicht") == ["Eingereichtes"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=streng", ["Strenger werden"]),
        ("q=4", ["Zurückgenommenes"]),
        ("q=9999999999", []),
        ("q=%00", ["Eingereichtes", "Strenger werden", "Klarer schreiben", "Zurückgenommenes"]),
        ("wiegt=verbindlichkeit", ["Strenger werden"]),
        ("wiegt=zahl", ["Klarer schreiben", "Zurückgenommenes"]),
        ("wiegt=unsinn&stand=zugelassen", ["Strenger werden", "Klarer schreiben"]),
        ("absatz={eins}", ["Eingereichtes", "Strenger werden"]),
        ("absatz={module}&stand=zugelassen", ["Strenger werden", "Klarer schreiben"]),
        ("absatz=xxxx&seite=abc", ["Eingereichtes", "Strenger werden", "Klarer schreiben", "Zurückgenommenes"]),
    ],
)
def test_filters(several, document, listed, readers, query, titles):
    names = {"eins": passage(document, "eins").anchor, "module": passage(document, "Rolle und Aufgaben").anchor}
    assert listed(readers("staff"), query.format(**names)) == titles


def test_what_waits_for_my_position(several, round_, fulda, bob, listed, client, readers):
    client.force_login(bob)
    assert listed(client, "position=offen") == []
    let_it_be(round_, Phase.VOTE)
    assert listed(client, "position=offen") == ["Strenger werden", "Klarer schreiben"]
    proposal = Proposal.objects.get(current__title="Strenger werden")
    voting.take_position(
        version=proposal.current, participant=as_participant(round_, fulda), stance=Stance.ABSTAIN, by=bob
    )
    assert listed(client, "position=offen") == ["Klarer schreiben"]
    page = client.get(f"/leitfaden/runden/{round_.number}/vorschlaege/").content.decode()
    assert page.count("Ihre Position fehlt noch") == 1
    # Who speaks for nobody is not asked, and the question is ignored.
    assert len(listed(readers("anonymous"), "position=offen")) == 2


def test_the_fast_lane_asks_while_proposals_are_collected(round_, hanau, fulda, alice, bob, staff, listed, client):
    proposal = admitted(round_, hanau, alice, ("eins", "eins."), staff=staff, title="Punkt")
    admitted(round_, hanau, alice, ("zwei", "zwei."), staff=staff, title="Noch ein Punkt")
    Proposal.objects.filter(pk=proposal.pk).update(is_editorial=True)
    client.force_login(bob)
    assert listed(client, "position=offen") == ["Punkt"]


def test_merged_proposals_are_found_by_state(several, listed, readers, staff):
    first, second = Proposal.objects.admitted().order_by("number")
    reviewing.merge(proposal=second, into=first, reason="Dasselbe.", by=staff)
    assert listed(readers("anonymous"), "stand=zusammengefuehrt") == ["Klarer schreiben"]
    assert "Lotsen Hanau und Lotsen Fulda" in readers("anonymous").get(_list(first)).content.decode()


def _list(proposal):
    return f"/leitfaden/runden/{proposal.round.number}/vorschlaege/?stand=zugelassen"


def test_nothing_found_offers_a_next_step(round_, client):
    address = f"/leitfaden/runden/{round_.number}/vorschlaege/"
    assert "Noch ist kein Vorschlag zugelassen." in client.get(address).content.decode()
    assert "Dazu gibt es keinen Vorschlag." in client.get(f"{address}?q=Zeppelin").content.decode()


def test_pages_of_the_list(round_, hanau, alice, staff, client):
    for n in range(21):
        admitted(round_, hanau, alice, ("eins", f"eins {n}"), staff=staff)
    address = f"/leitfaden/runden/{round_.number}/vorschlaege/"
    assert client.get(address).content.decode().count("proposal-card__title") == 20
    second = client.get(f"{address}?seite=2").content.decode()
    assert second.count("proposal-card__title") == 1
    assert "Seite 2 von 2" in second
    assert "21 Vorschläge" in second


def test_nobody_is_asked_about_what_went_into_another(round_, hanau, fulda, alice, bob, staff, client):
    target = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    other = admitted(round_, fulda, bob, ("eins", "eins anders"), staff=staff)
    reviewing.merge(proposal=other, into=target, reason="Dasselbe.", by=staff)
    cards = client.get(f"/leitfaden/runden/{round_.number}/vorschlaege/").context["cards"]
    assert [(card.proposal.pk, card.consensus is None) for card in cards] == [(target.pk, False), (other.pk, True)]
