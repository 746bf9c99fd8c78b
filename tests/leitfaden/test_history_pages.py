"""The pages of the history: who reads what, any two compared, and going back."""

from html import unescape

import pytest

from leitfaden import editions
from leitfaden.changes import Edit, Move, Remove
from leitfaden.content import Content
from leitfaden.models import Revision
from tests.leitfaden.pages import seen_on, send, url
from tests.leitfaden.texts import head, passage, save, text, tree, words

pytestmark = pytest.mark.django_db

TITLES = ["Rolle und Aufgaben", "Einführung"]


@pytest.fixture
def desk(client, alice):
    client.force_login(alice)
    return client


def publish(document, label, alice, bob):
    edition = editions.create_edition(document=document, label=label, revision=head(document), by=alice)
    for person in (alice, bob):
        editions.approve(edition=edition, by=person)
    return editions.publish(edition=edition, by=alice)


def page_of(client, *address, **query):
    response = client.get(url(*address), query)
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.fixture
def history(document, alice, bob):
    """A block whose first and third wording were published, the second not."""
    publish(document, "2026.1", alice, bob)
    save(document, Edit(passage(document, "zwei").version, text("geheim")), by=bob)
    save(document, Edit(passage(document, "geheim").version, text("zwei und mehr")), by=alice)
    publish(document, "2026.2", alice, bob)
    return document


def test_the_public_reads_only_what_was_published(client, history):
    block = passage(history, "zwei und mehr")
    page = page_of(client, "block", block.anchor)
    assert "Fassung 1" in page
    assert "Fassung 3" in page
    for secret in ("Fassung 2", "geheim", "Alice", "Bob"):
        assert secret not in page
    assert client.get(url("block", block.anchor), {"von": "2", "mit": "1"}).status_code == 404
    assert "Stand 3" not in page_of(client, "revisions")
    assert [client.get(url("revision", number)).status_code for number in (1, 2, 3, 4)] == [404, 200, 404, 200]
    comparison = page_of(client, "revision", 4, mit="2")
    assert "1 Abschnitt geändert." in comparison
    assert "geheim" not in comparison


def test_a_withdrawn_edition_is_history_for_editors_only(client, history, alice):
    for edition in history.editions.all():
        editions.withdraw(edition=edition, reason="Ein Fehler.", by=alice)
    assert client.get(url("block", passage(history, "zwei und mehr").anchor)).status_code == 404
    assert client.get(url("revision", 4)).status_code == 404


def test_editors_read_everything(desk, history):
    page = page_of(desk, "block", passage(history, "zwei und mehr").anchor)
    for number in (1, 2, 3):
        assert f"Fassung {number}" in page
    assert "Bob" in page
    assert desk.get(url("revision", 3)).status_code == 200


def test_any_two_versions_word_by_word(desk, document, alice):
    table = "<table><tbody><tr><td>Ort</td><td>Zeit</td></tr></tbody></table>"
    old, new = (
        f'{table}<ul><li>a</li></ul><p><a href="https://e.de/1">mehr</a></p>',
        (f'{table.replace("Zeit", "Uhrzeit")}<ul><li>a</li><li>b</li></ul><p><a href="https://e.de/2">mehr</a></p>'),
    )
    block = passage(document, "zwei")
    save(document, Edit(block.version, Content.clean(html=old)), by=alice)
    now = tree(document).by_id[block.id]
    save(document, Edit(now.version, Content.clean(html=new)), by=alice)
    page = page_of(desk, "block", block.anchor, von="3", mit="2")
    assert "Von Fassung 2 zu Fassung 3" in page
    assert "<ins>" in page
    assert "<del>" in page
    assert "Uhrzeit" in page
    beside = page_of(desk, "block", block.anchor, von="3", mit="1", nebeneinander="1")
    assert "side-by-side__old" in beside


def test_a_revision_says_what_changed_in_it(desk, document, alice):
    three = passage(document, "drei")
    save(
        document,
        Edit(passage(document, "eins").version, text("eins und mehr")),
        Remove(passage(document, "zwei").version),
        Move(three.id, three.parent.id, None),
        by=alice,
    )
    page = page_of(desk, "revision", 3)
    assert "1 Abschnitt geändert, 1 entfernt, 1 verschoben." in page
    assert page_of(desk, "revision", 3, mit="3").count("Kein Unterschied.") == 1
    assert [desk.get(url("revision", 3), {"mit": wrong}).status_code for wrong in ("x", "99", "9" * 30)] == [404] * 3


def test_going_back_to_a_version(desk, document, bob):
    block = passage(document, "zwei")
    save(document, Edit(block.version, text("neu")), by=bob)
    address = url("restore_version", block.anchor, 1)
    assert "<del>" in desk.get(address).content.decode()
    assert words(document) == [*TITLES, "eins", "neu", "drei"]
    data = {"gesehen": seen_on(desk.get(address))}
    assert [desk.post(address, data).status_code for _click in range(2)] == [302, 302]
    assert words(document) == [*TITLES, "eins", "zwei", "drei"]
    assert Revision.objects.count() == 4


def test_a_removed_block_comes_back_where_it_stood(desk, document, bob):
    block = passage(document, "zwei")
    save(document, Remove(block.version), by=bob)
    assert "steht nicht mehr im Text" in page_of(desk, "block", block.anchor)
    assert send(desk, url("restore_version", block.anchor, 1)).status_code == 302
    assert words(document) == [*TITLES, "eins", "zwei", "drei"]


def test_going_back_to_a_whole_revision(desk, document, bob):
    save(document, Remove(passage(document, "zwei").version), by=bob)
    address = url("restore_revision", 2)
    seen = seen_on(desk.get(address))
    save(document, Edit(passage(document, "drei").version, text("von Bob")), by=bob)
    answer = desk.post(address, {"gesehen": seen})
    assert answer.status_code == 409
    assert words(document) == [*TITLES, "eins", "von Bob"]
    assert send(desk, address).status_code == 302
    assert words(document) == [*TITLES, "eins", "zwei", "drei"]


def test_only_editors_go_back(client, history, charlie):
    block = passage(history, "zwei und mehr")
    addresses = [url("restore_revision", 2), url("restore_version", block.anchor, 1)]
    assert [client.post(address).status_code for address in addresses] == [302, 302]
    client.force_login(charlie)
    assert [client.post(address).status_code for address in addresses] == [404, 404]
    assert head(history).number == 4


def test_history_takes_few_queries(client, desk, history, django_assert_num_queries):
    address = url("block", passage(history, "zwei und mehr").anchor)
    desk.get(address)
    with django_assert_num_queries(15):
        desk.get(address)
