"""What the Leitfaden itself and feed readers tell of a round."""

import re

import pytest

from leitfaden.rounds import planning, proposing, reviewing
from leitfaden.rounds.models import Phase
from tests.leitfaden.texts import editor, passage, publish
from tests.rounds.rounds import admitted, draft, let_it_be, submitted

pytestmark = pytest.mark.django_db

FEED = "/leitfaden/runden/neues.atom"


@pytest.fixture
def edition(document, staff):
    return publish(document, "2026.1", staff, editor("Lektorat"))


def notes(client, address="/leitfaden/alles/"):
    """What stands beside passages: label and passage."""
    page = client.get(address).content.decode()
    return re.findall(r'passage__note" href="[^"]*absatz=(\w+)"[^>]*>(\d+ \w+)', page)


def test_passages_say_how_many_proposals_there_are(document, edition, round_, hanau, fulda, alice, bob, staff, client):
    assert notes(client) == []
    draft(round_, hanau, alice, ("eins", "x"))
    submitted(round_, hanau, alice, ("eins", "y"))
    assert notes(client) == []
    admitted(round_, hanau, alice, ("eins", "eins!"), ("zwei", "zwei!"), staff=staff)
    gone = admitted(round_, fulda, bob, ("eins", "eins?"), staff=staff)
    eins, zwei = (passage(document, words).anchor for words in ("eins", "zwei"))
    assert notes(client) == [(eins, "2 Vorschläge"), (zwei, "1 Vorschlag")]
    proposing.withdraw(proposal=gone, by=bob)
    assert notes(client) == [(eins, "1 Vorschlag"), (zwei, "1 Vorschlag")]
    planning.cancel(round_=round_, reason="Schluss.", by=staff)
    assert notes(client) == []


def test_the_leitfaden_leads_to_the_rounds(edition, client):
    assert 'href="/leitfaden/runden/"' in client.get("/leitfaden/").text


def test_the_count_is_the_same_for_everybody(document, edition, round_, hanau, alice, staff, readers):
    submitted(round_, hanau, alice, ("zwei", "y"))
    admitted(round_, hanau, alice, ("eins", "eins!"), staff=staff)
    assert {tuple(notes(readers(name))) for name in ("anonymous", "manager", "staff")} == {
        ((passage(document, "eins").anchor, "1 Vorschlag"),)
    }


def test_a_superseded_edition_is_left_alone(document, edition, round_, hanau, alice, staff, client):
    admitted(round_, hanau, alice, ("eins", "eins!"), staff=staff)
    publish(document, "2026.2", staff, editor("Zweites Lektorat"))
    assert notes(client, "/leitfaden/2026-1/alles/") == []
    assert len(notes(client)) == 1


@pytest.mark.parametrize("number", [1, 10])
def test_one_more_query_and_only_where_there_is_something(
    edition, round_, hanau, alice, staff, client, number, django_assert_num_queries
):
    with django_assert_num_queries(5):
        client.get("/leitfaden/alles/")
    for n in range(number):
        admitted(round_, hanau, alice, ("eins", f"eins {n}"), ("zwei", f"zwei {n}"), staff=staff)
    with django_assert_num_queries(6):
        client.get("/leitfaden/alles/")


def test_a_passage_lists_its_proposals(document, edition, round_, hanau, alice, staff, readers):
    submitted(round_, hanau, alice, ("eins", "y"), title="Eingereichtes")
    admitted(round_, hanau, alice, ("eins", "eins!"), staff=staff, title="Zugelassenes")
    admitted(round_, hanau, alice, ("zwei", "zwei!"), staff=staff, title="Woanders")
    address = f"/leitfaden/absatz/{passage(document, 'eins').anchor}/"
    found = {
        name: re.findall(r"Vorschlag \d: (\w+)", readers(name).get(address).content.decode())
        for name in ("anonymous", "network", "manager", "staff")
    }
    both = ["Zugelassenes", "Eingereichtes"]
    assert found == {"anonymous": both[:1], "network": both[:1], "manager": both, "staff": both}


def titles(response):
    return re.findall(r"<entry><title>([^<]+)", response.content.decode())


def test_the_feed_tells_what_everybody_may_read(document, round_, hanau, fulda, alice, bob, staff, client, readers):
    submitted(round_, hanau, alice, ("eins", "y"), title="Eingereichtes")
    admitted(round_, hanau, alice, ("eins", "eins!"), staff=staff, title="Erstes")
    admitted(round_, fulda, bob, ("zwei", "zwei!"), staff=staff, title="Zweites")
    expected = ["Vorschlag 3 zugelassen: Zweites", "Vorschlag 2 zugelassen: Erstes"]
    assert titles(client.get(FEED)) == expected
    assert titles(readers("staff").get(FEED)) == expected


def test_the_feed_does_not_keep_what_was_withdrawn(round_, hanau, fulda, alice, bob, staff, client):
    admitted(round_, hanau, alice, ("eins", "eins!"), staff=staff, title="Erstes")
    older = client.get(FEED)
    assert "Last-Modified" not in older
    gone = admitted(round_, fulda, bob, ("zwei", "zwei!"), staff=staff, title="Zweites")
    before = client.get(FEED)
    proposing.withdraw(proposal=gone, by=bob)
    after = client.get(FEED, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert titles(after) == titles(older)
    assert client.get(FEED, headers={"if-none-match": after["ETag"]}).status_code == 304


def test_the_feed_tells_decisions(document, round_, hanau, alice, staff, client):
    from leitfaden.rounds import deciding
    from leitfaden.rounds.models import Outcome
    from tests.leitfaden.texts import head

    proposal = admitted(round_, hanau, alice, ("eins", "eins!"), ("zwei", "zwei!"), staff=staff, title="Erstes")
    running = let_it_be(round_, Phase.CONSOLIDATE)
    for change in proposal.current.changes.all():
        deciding.judge(change=change, outcome=Outcome.DECLINED, reason="Zu kurz.", by=staff)
    assert "Zu kurz." not in client.get(FEED).content.decode()
    deciding.consolidate(round_=running, head=head(document), by=staff)
    feed = client.get(FEED)
    assert titles(feed) == ["Vorschlag 1 entschieden: Erstes", "Vorschlag 1 zugelassen: Erstes"]
    assert feed.content.decode().count("Nicht angenommen: Zu kurz.") == 1
    assert len(set(re.findall(r"<id>([^<]+)", feed.content.decode()))) == 3


def test_merged_proposals_are_no_news_without_admission(round_, hanau, fulda, alice, bob, staff, client):
    target = admitted(round_, hanau, alice, ("eins", "eins!"), staff=staff, title="Erstes")
    other = submitted(round_, fulda, bob, ("zwei", "zwei!"), title="Zweites")
    reviewing.merge(proposal=other, into=target, reason="Dasselbe.", by=staff)
    assert titles(client.get(FEED)) == ["Vorschlag 1 zugelassen: Erstes"]
