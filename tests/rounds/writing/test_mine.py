"""What is mine in a round: on its own page, and as tasks in "Mein Bereich"."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leitfaden.rounds import proposing, reviewing, voting
from leitfaden.rounds.models import Phase, Stance
from tests.factories import UserFactory
from tests.leitfaden.texts import lengthen
from tests.rounds.rounds import admitted, as_participant, draft, let_it_be, member, running_round, submitted
from tests.rounds.writing.pages import passage, text_of, url
from vielfalt.accounts.models import Role

pytestmark = pytest.mark.django_db

MINE, START = "/mein/leitfaden/", "/mein/"


@pytest.fixture
def theirs(round_, fulda, bob, staff):
    """An admitted proposal of the carrier in Fulda."""
    return admitted(round_, fulda, bob, ("zwei", "zwei neu"), staff=staff, title="Aus Fulda")


def test_the_round_and_until_when(round_, alice, client):
    client.force_login(alice)
    said = text_of(client.get(MINE))
    assert "Frühjahrsrunde" in said
    assert "können Sie Änderungen vorschlagen." in said
    let_it_be(round_, Phase.CONSOLIDATE)
    said = text_of(client.get(MINE))
    assert "Sie müssen nichts tun." in said
    assert url("pick") not in client.get(MINE).content.decode()


def test_who_takes_no_part(round_, client):
    client.force_login(UserFactory(name="Charlie"))
    assert "Sie arbeiten für keinen Träger, der an dieser Runde beteiligt ist." in text_of(client.get(MINE))


def test_before_any_round(document, hanau, alice, client):
    client.force_login(alice)
    assert "Noch hat keine Runde begonnen." in text_of(client.get(MINE))


def test_own_drafts_and_proposals(round_, hanau, alice, theirs, bob, fulda, client):
    draft(round_, hanau, alice, ("eins", "eins!"), title="Noch in Arbeit")
    draft(round_, fulda, bob, ("eins", "eins?"), title="Geheim in Fulda")
    submitted(round_, hanau, alice, ("drei", "drei!"), title="Schon eingereicht")
    client.force_login(alice)
    said = text_of(client.get(MINE))
    assert "Noch in Arbeit" in said
    assert "Schon eingereicht" in said
    assert "Eingereicht" in said
    assert "jetzt am Zug: Redaktion" in said
    assert "Geheim in Fulda" not in said
    assert "Aus Fulda" not in said


def test_positions_that_are_missing(round_, hanau, alice, bob, theirs, staff, client):
    client.force_login(alice)
    assert "Hier fehlt Ihre Position" not in text_of(client.get(MINE))
    round_ = let_it_be(round_, Phase.DISCUSS)
    assert "Aus Fulda" in text_of(client.get(MINE))
    hanaus = as_participant(round_, hanau)
    voting.take_position(version=theirs.current, participant=hanaus, stance=Stance.AGREE, by=alice)
    assert "Hier fehlt Ihre Position" not in text_of(client.get(MINE))
    proposing.reopen(proposal=theirs, by=bob)
    proposing.resubmit(proposal=theirs, by=bob)
    assert "neue Fassung, bitte noch einmal" in text_of(client.get(MINE))
    let_it_be(round_, Phase.CONSOLIDATE)
    assert "Hier fehlt Ihre Position" not in text_of(client.get(MINE))


def test_who_does_not_lead_is_not_asked_for_positions(round_, hanau, theirs, client):
    let_it_be(round_, Phase.VOTE)
    client.force_login(member(hanau, role=Role.EDITOR))
    assert "Hier fehlt Ihre Position" not in text_of(client.get(MINE))
    assert "fehlt Ihre Position" not in text_of(client.get(START))


def test_positions_to_confirm(round_, hanau, alice, theirs, staff, client):
    round_ = let_it_be(round_, Phase.VOTE)
    hanaus = as_participant(round_, hanau)
    voting.take_position(version=theirs.current, participant=hanaus, stance=Stance.AGREE, on_behalf=True, by=staff)
    client.force_login(alice)
    assert "Für Sie eingetragen: Zustimmung zu Vorschlag" in text_of(client.get(MINE))
    assert "1 Position bestätigen" in text_of(client.get(START))


def test_tasks(round_, hanau, alice, theirs, staff, client):
    client.force_login(alice)
    assert "Am Leitfaden mitschreiben" in text_of(client.get(START))
    draft(round_, hanau, alice, ("eins", "eins!"), title="Noch in Arbeit")
    asked = submitted(round_, hanau, alice, ("drei", "drei!"), title="Nachgefragt")
    reviewing.ask(proposal=asked, reason="Warum?", by=staff)
    said = text_of(client.get(START))
    assert "Am Leitfaden mitschreiben" not in said
    assert "Entwurf zum Leitfaden: Noch in Arbeit" in said
    assert f"Rückfrage zu Vorschlag {asked.number} „Nachgefragt“" in said
    let_it_be(round_, Phase.VOTE)
    said = text_of(client.get(START))
    assert "Zu 1 Vorschlag fehlt Ihre Position" in said
    assert "Entwurf zum Leitfaden" not in said


def test_no_tasks_once_the_round_is_over(round_, hanau, alice, theirs, staff, client):
    from leitfaden.rounds import planning

    draft(round_, hanau, alice, ("eins", "eins!"), title="Noch in Arbeit")
    planning.cancel(round_=round_, reason="Zu früh.", by=staff)
    client.force_login(alice)
    assert "Noch in Arbeit" not in text_of(client.get(START))
    said = text_of(client.get(MINE))
    assert "Diese Runde ist beendet." in said
    assert "Noch in Arbeit" in said


@pytest.mark.parametrize("number", [1, 10])
def test_queries_do_not_grow(number, round_, hanau, fulda, alice, bob, staff, client, django_assert_num_queries):
    for at in range(number):
        draft(round_, hanau, alice, ("eins", f"eins {at}"))
        submitted(round_, hanau, alice, ("drei", f"drei {at}"))
        admitted(round_, fulda, bob, ("zwei", f"zwei {at}"), staff=staff)
        reviewing.ask(proposal=submitted(round_, hanau, alice, ("zwei", f"{at}")), reason="Warum?", by=staff)
    let_it_be(round_, Phase.DISCUSS)
    client.force_login(alice)
    client.get(MINE)
    with django_assert_num_queries(17):
        client.get(MINE)
    with django_assert_num_queries(22):
        client.get(START)


@pytest.mark.parametrize("number", [1, 10])
def test_queries_do_not_grow_with_a_draft(
    number, document, staff, hanau, fulda, alice, bob, client, django_assert_num_queries
):
    lengthen(document, [f"Absatz {at}" for at in range(number)], staff)
    round_ = running_round(document, [hanau, fulda], staff)
    edits = [(f"Absatz {at}", f"Neu {at}") for at in range(number)]
    shared = draft(round_, hanau, alice, *edits)
    for edit in edits:
        admitted(round_, fulda, bob, edit, staff=staff)
    anchor = passage(round_, "Absatz 0").anchor
    client.force_login(alice)
    client.get(MINE)
    pages = {
        url("draft", shared): 13,
        url("submit", shared): 18,
        url("pick", shared): 10,
        url("write", shared, anchor=anchor): 14,
        url("write", anchor=anchor): 13,
    }
    counted = {}
    for address in pages:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counted[address] = len(queries)
    assert counted == pages
