"""The page of a round: where it is, who may do what until when, and what came of it."""

import re

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from leitfaden.rounds import deciding, planning, voting
from leitfaden.rounds.models import Outcome, Phase, Stance
from tests.leitfaden.texts import head, passage
from tests.rounds.rounds import DAY, admitted, as_participant, let_it_be, running_round, submitted, times

pytestmark = pytest.mark.django_db


def page_of(client, round_):
    return client.get(f"/leitfaden/runden/{round_.number}/").content.decode()


@pytest.mark.parametrize(
    ("phase", "present", "past"),
    [
        (Phase.WAITING, [], 0),
        (Phase.COLLECT, ["Vorschlagen"], 0),
        (Phase.DISCUSS, ["Besprechen"], 1),
        (Phase.VOTE, ["Abstimmen"], 2),
        (Phase.CONSOLIDATE, ["Zusammenführen"], 3),
    ],
)
def test_the_present_phase_is_marked(round_, client, phase, present, past):
    page = page_of(client, let_it_be(round_, phase))
    assert re.findall(r'aria-current="step">\s*<h3[^>]*>(\w+)', page) == present
    assert page.count('<li class="stage') == 4
    assert page.count("stage--past") == past


@pytest.mark.parametrize(
    ("name", "phase", "words"),
    [
        ("anonymous", Phase.COLLECT, "Sie arbeiten für einen Träger?"),
        ("charlie", Phase.VOTE, "Sie können alles lesen, was zugelassen ist."),
        ("network", Phase.VOTE, "Ihre Organisation ist an dieser Runde nicht beteiligt."),
        ("editor", Phase.COLLECT, "Sie können für Lotsen Hanau an Entwürfen schreiben."),
        ("editor", Phase.VOTE, "Position bezieht die Leitung."),
        ("manager", Phase.WAITING, "Bald können Sie für Lotsen Hanau Vorschläge schreiben."),
        ("manager", Phase.COLLECT, "Sie können für Lotsen Hanau Vorschläge schreiben und einreichen."),
        ("manager", Phase.DISCUSS, "mitreden, Vorschläge verbessern und schon Position beziehen"),
        ("manager", Phase.VOTE, "zu jedem Vorschlag Position beziehen und sie noch ändern"),
        ("manager", Phase.CONSOLIDATE, "Die Positionen für Lotsen Hanau stehen fest."),
        ("staff", Phase.DISCUSS, "Sie lassen zu, was noch wartet"),
        ("staff", Phase.CONSOLIDATE, "Sie entscheiden über jeden Vorschlag"),
        ("researcher", Phase.VOTE, "Sie können diese Runde unter Pseudonymen auswerten."),
    ],
)
def test_everybody_is_told_what_they_can_do(round_, readers, name, phase, words):
    assert words in page_of(readers(name), let_it_be(round_, phase))


def test_positions_have_time_until_the_vote_ends_and_the_staff_until_it_begins(round_, readers):
    discussed = let_it_be(round_, Phase.DISCUSS)
    begins, ends = (date_format(timezone.localtime(at), "j. F Y") for at in (discussed.vote_from, discussed.vote_until))
    assert f"Das geht bis {begins}" in page_of(readers("staff"), discussed)
    assert f"Das geht bis {ends}" in page_of(readers("manager"), discussed)


def test_managers_are_told_what_waits_for_them(round_, hanau, fulda, alice, bob, staff, readers):
    proposal = admitted(round_, fulda, bob, ("eins", "eins!"), staff=staff)
    admitted(round_, fulda, bob, ("zwei", "zwei!"), staff=staff)
    assert "auf Ihre Position" not in page_of(readers("manager"), round_)
    let_it_be(round_, Phase.VOTE)
    assert "2 Vorschläge warten auf Ihre Position." in page_of(readers("manager"), round_)
    mine = as_participant(round_, hanau)
    voting.take_position(version=proposal.current, participant=mine, stance=Stance.AGREE, by=alice)
    assert "Ein Vorschlag wartet auf Ihre Position." in page_of(readers("manager"), round_)
    assert "auf Ihre Position" not in page_of(readers("editor"), round_)


def test_how_many_have_taken_part(round_, hanau, fulda, alice, bob, staff, readers):
    submitted(round_, hanau, alice, ("eins", "eins!"))
    # What is not admitted yet tells nobody who has written something.
    assert "0 von 2 Trägern" in page_of(readers("anonymous"), round_)
    proposal = admitted(round_, hanau, alice, ("zwei", "zwei!"), staff=staff)
    assert "1 von 2 Trägern" in page_of(readers("anonymous"), round_)
    let_it_be(round_, Phase.DISCUSS)
    voting.take_position(
        version=proposal.current, participant=as_participant(round_, fulda), stance=Stance.AGREE, by=bob
    )
    assert "2 von 2 Trägern" in page_of(readers("anonymous"), round_)


def test_open_passages(document, staff, hanau, client):
    section = passage(document, "Einführung")
    round_ = running_round(document, [hanau], staff, blocks=[section.block])
    page = page_of(client, round_)
    assert "Der ganze Leitfaden steht zur Diskussion." not in page
    assert f"?absatz={section.anchor}" in page


def test_prolonged_dates_come_with_their_reason(round_, staff, client):
    begins = round_.discuss_from + DAY
    planning.prolong(round_=round_, phase=Phase.DISCUSS, begins=begins, reason="Wegen der Ferien.", by=staff)
    page = page_of(client, round_)
    assert "Neue Zeit: „Besprechen“ beginnt am" in page
    assert "Wegen der Ferien." in page
    assert f"· {staff.name}" not in page


def test_a_cancelled_round_says_why(round_, staff, client):
    planning.cancel(round_=round_, reason="Zu wenige Träger.", by=staff)
    page = page_of(client, round_)
    assert "Zu wenige Träger." in page
    assert "Diese Runde wurde abgebrochen." in page


def test_disputed_passages_are_linked(document, round_, hanau, fulda, alice, bob, staff, client):
    admitted(round_, hanau, alice, ("eins", "eins!"), staff=staff)
    assert "/streit/" not in page_of(client, round_)
    admitted(round_, fulda, bob, ("eins", "eins?"), staff=staff)
    assert f"/streit/{passage(document, 'eins').anchor}/" in page_of(client, round_)


def test_a_concluded_round_shows_its_result(document, round_, hanau, fulda, alice, bob, staff, client):
    taken = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    declined = admitted(round_, fulda, bob, ("zwei", "zwei neu"), staff=staff)
    let_it_be(round_, Phase.VOTE)
    voting.take_position(version=taken.current, participant=as_participant(round_, fulda), stance=Stance.AGREE, by=bob)
    running = let_it_be(round_, Phase.CONSOLIDATE)
    for proposal, outcome in ((taken, Outcome.ADOPTED), (declined, Outcome.DECLINED)):
        change = proposal.current.changes.get()
        deciding.judge(change=change, outcome=outcome, reason=f"Weil: {outcome.label}.", by=staff)
    assert "Weil:" not in client.get(taken.get_absolute_url()).content.decode()
    deciding.consolidate(round_=running, head=head(document), by=staff)

    page = page_of(client, round_)
    assert re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)", page) == [
        ("Angenommen", "Eine Änderung"),
        ("Nicht angenommen", "Eine Änderung"),
    ]
    decided = client.get(taken.get_absolute_url()).content.decode()
    assert "Entschieden: Angenommen" in decided
    assert "Weil: Angenommen." in decided
    assert "Wie die Träger dazu standen" in decided
    assert "Starker Konsens" in decided
    answers = client.get(f"/leitfaden/runden/{round_.number}/vorschlaege/?stand=entschieden").content.decode()
    assert answers.count("proposal-card__title") == 2


def test_all_rounds(round_, document, hanau, staff, client, readers):
    values = {"title": "Geheime Planung", "about": "", "quorum": 1, **times()}
    planning.save_round(document=document, values=values, organisations=[hanau], by=staff)
    assert "Frühjahrsrunde" in client.get("/leitfaden/runden/").content.decode()
    assert "Geheime Planung" not in client.get("/leitfaden/runden/").content.decode()
    assert "Geheime Planung" in readers("staff").get("/leitfaden/runden/").content.decode()


def test_without_any_round(document, client):
    assert "Noch gab es keine Runde." in client.get("/leitfaden/runden/").content.decode()


def test_nothing_is_kept_by_browsers(round_, client):
    for address in ("/leitfaden/runden/", round_.get_absolute_url(), f"{round_.get_absolute_url()}vorschlaege/"):
        assert "no-store" in client.get(address)["Cache-Control"]
