"""Who gets a mail about which move of a proposal: at once, and in the mail of the day."""

from functools import partial

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from leitfaden.rounds import deciding, proposing, reviewing
from leitfaden.rounds.emails import MOVES
from leitfaden.rounds.models import Outcome, Phase, Proposal, ProposalState
from leitfaden.rounds.news import FOR_STAFF, tell_news
from leitfaden.rounds.states import BY_CONSOLIDATING, TRANSITIONS, Told
from tests.leitfaden.texts import head
from tests.rounds.rounds import (
    admitted,
    as_participant,
    draft,
    entered,
    judge,
    let_it_be,
    position,
    reworded,
    submitted,
)
from vielfalt.accounts.models import User

pytestmark = pytest.mark.django_db

EDIT = ("eins", "eins neu")

TOLD = {
    # Move of a proposal of Hanau: who is told at once, and who by the step of the day.
    "submit": ("", "colleague staff"),
    "enter": ("alice", ""),
    "confirm": ("", "colleague staff"),
    "ask": ("alice eva", ""),
    "answer": ("", "colleague staff"),
    "revise": ("", "colleague staff"),
    "reword": ("bob", ""),
    "admit": ("alice eva", ""),
    "refuse": ("alice eva", ""),
    "merge": ("alice eva", ""),
    "part": ("alice eva", ""),
    "withdraw": ("", ""),
    "decide": ("alice eva", ""),
    "carry": ("alice eva", ""),
}

NOW_ACT = {
    "enter": ("Bitte bestätigen", "bestaetigen/"),
    "ask": ("Bitte antworten", "antworten/"),
    "reword": ("Bitte neu Position beziehen", ""),
}
"""What the subjects of those say that ask for something, and to which page of the proposal they lead."""


@pytest.fixture
def world(round_, hanau, fulda, people):
    return {"round_": round_, "hanau": hanau, "fulda": fulda, **people}


def of_hanau(world, state="submitted", **more):
    round_, hanau, alice = world["round_"], world["hanau"], world["alice"]
    if state == "admitted":
        return admitted(round_, hanau, alice, EDIT, staff=world["staff"], **more)
    if state == "entered":
        return entered(round_, hanau, world["staff"], EDIT, **more)
    return {"draft": draft, "submitted": submitted}[state](round_, hanau, alice, EDIT, **more)


def _to_confirm(world):
    return partial(proposing.confirm, proposal=of_hanau(world, "entered"), by=world["alice"])


def _asked(world):
    return reviewing.ask(proposal=of_hanau(world), reason="Warum?", by=world["staff"])


def _to_reword(world):
    one = of_hanau(world, "admitted")
    let_it_be(world["round_"], Phase.DISCUSS)
    position(one, world["fulda"], world["bob"])
    return partial(reworded, one, "eins neu", "eins anders", world["alice"])


def _to_merge(world):
    target = admitted(world["round_"], world["fulda"], world["bob"], EDIT, staff=world["staff"])
    return partial(reviewing.merge, proposal=of_hanau(world), into=target, reason="Dasselbe.", by=world["staff"])


def _to_part(world):
    merged = _to_merge(world)()
    return partial(proposing.withdraw, proposal=merged.merged_into, by=world["bob"])


def _to_conclude(outcome, world):
    one = of_hanau(world, "admitted")
    now = let_it_be(world["round_"], Phase.CONSOLIDATE)
    judge(one, world["staff"], outcome)
    return partial(deciding.consolidate, round_=now, head=head(now.document), by=world["staff"])


def _to_review(action, world, **more):
    return partial(action, proposal=of_hanau(world), by=world["staff"], **more)


PREPARED = {
    "submit": lambda world: partial(proposing.submit, proposal=of_hanau(world, "draft"), by=world["alice"]),
    "enter": lambda world: partial(
        proposing.enter, proposal=draft(world["round_"], world["hanau"], world["staff"], EDIT), by=world["staff"]
    ),
    "confirm": _to_confirm,
    "ask": partial(_to_review, reviewing.ask, reason="Warum?"),
    "answer": lambda world: partial(proposing.answer, proposal=_asked(world), reason="Darum.", by=world["alice"]),
    "revise": lambda world: partial(reworded, _asked(world), "eins neu", "eins anders", world["alice"]),
    "reword": _to_reword,
    "admit": partial(_to_review, reviewing.admit),
    "refuse": partial(_to_review, reviewing.refuse, reason="Passt nicht."),
    "merge": _to_merge,
    "part": _to_part,
    "withdraw": lambda world: partial(proposing.withdraw, proposal=of_hanau(world), by=world["alice"]),
    "decide": partial(_to_conclude, Outcome.DECLINED),
    "carry": partial(_to_conclude, Outcome.POSTPONED),
}
"""What makes each move, after everything that has to be before it has been done."""


def test_every_move_has_a_row():
    assert set(TOLD) == set(PREPARED) == set(TRANSITIONS)


def test_every_move_has_its_way_to_those_whom_it_tells():
    at_once = {action for action, move in TRANSITIONS.items() if move.tells in (Told.TEAM, Told.LEADS, Told.VOTERS)}
    assert at_once == {*MOVES, *BY_CONSOLIDATING}
    assert {action for action, move in TRANSITIONS.items() if move.tells == Told.STAFF} == set(FOR_STAFF)


@pytest.mark.parametrize("action", TOLD)
def test_who_is_told(action, world, reached):
    act = PREPARED[action](world)
    tell_news(timezone.localdate())
    at_once, later = TOLD[action]
    assert reached(act) == at_once
    assert reached(partial(tell_news, timezone.localdate())) == later
    assert reached(partial(tell_news, timezone.localdate())) == ""


@pytest.mark.parametrize("action", NOW_ACT)
def test_the_subject_says_what_to_do_and_the_link_leads_there(action, world, sent, client_of):
    subject, page = NOW_ACT[action]
    [message, *_others] = sent(PREPARED[action](world))
    assert message.subject.startswith(subject)
    assert "„Klarer schreiben“" in message.subject
    proposal = Proposal.objects.latest("pk") if action == "enter" else Proposal.objects.get()
    address = f"{proposal.get_absolute_url()}{page}"
    assert f"http://127.0.0.1:8000{address}\n" in message.body
    assert f"http://127.0.0.1:8000{address}&quot;" not in message.alternatives[0].content
    assert f'href="http://127.0.0.1:8000{address}"' in message.alternatives[0].content
    reader = User.objects.get(email=message.to[0])
    assert client_of(reader).get(address).status_code == 200


def test_the_words_that_go_with_a_new_wording_stay_between_carrier_and_staff(world, sent):
    one = of_hanau(world, "admitted")
    let_it_be(world["round_"], Phase.DISCUSS)
    position(one, world["fulda"], world["bob"])
    proposing.reopen(proposal=one, by=world["alice"])
    own = Proposal.objects.get(pk=one.pk)
    [message] = sent(partial(proposing.resubmit, proposal=own, reason="VERTRAULICH", by=world["alice"]))
    assert message.to == [world["bob"].email]
    assert "VERTRAULICH" not in message.body + message.alternatives[0].content
    assert "Lotsen Hanau" in message.body


def test_nobody_is_told_of_what_they_did_themselves(world, reached):
    alice = world["alice"]
    alice.user_permissions.set(Permission.objects.filter(codename="change_round"))
    alice = User.objects.get(pk=alice.pk)
    one = of_hanau(world)
    assert reached(partial(reviewing.admit, proposal=one, by=alice)) == "eva"


def test_who_works_for_both_carriers_gets_one_mail(world, reached, fulda, hanau):
    from tests.factories import CarrierMembershipFactory
    from vielfalt.accounts.models import Role

    CarrierMembershipFactory(organisation=fulda, user=world["alice"], role=Role.MANAGER)
    for organisation, by in ((hanau, world["alice"]), (fulda, world["bob"])):
        one = admitted(world["round_"], organisation, by, EDIT, staff=world["staff"])
    now = let_it_be(world["round_"], Phase.CONSOLIDATE)
    for one in Proposal.objects.filter(state=ProposalState.ADMITTED):
        judge(one, world["staff"], Outcome.DECLINED)
    act = partial(deciding.consolidate, round_=now, head=head(now.document), by=world["staff"])
    assert reached(act) == "alice bob eva fritz"


def test_a_rehearsal_tells_nobody(world, reached, sent):
    one = of_hanau(world, "admitted")
    now = let_it_be(world["round_"], Phase.CONSOLIDATE)
    judge(one, world["staff"], Outcome.DECLINED)
    act = partial(deciding.rehearse, round_=now, head=head(now.document), by=world["staff"])
    assert reached(act) == ""


def test_staff_are_not_told_of_what_they_have_dealt_with(world, reached):
    one = of_hanau(world)
    reviewing.admit(proposal=one, by=world["staff"])
    assert reached(partial(tell_news, timezone.localdate())) == ""


def test_the_receipt_says_what_became_of_each_and_what_happens_next(world, sent):
    round_, hanau, alice, staff = world["round_"], world["hanau"], world["alice"], world["staff"]
    declined = admitted(round_, hanau, alice, EDIT, staff=staff, title="Erster")
    postponed = admitted(round_, hanau, alice, ("zwei", "zwei neu"), staff=staff, title="Zweiter")
    merged = reviewing.merge(
        proposal=submitted(round_, world["fulda"], world["bob"], EDIT, title="Dritter"),
        into=declined,
        reason="Dasselbe.",
        by=staff,
    )
    asked = reviewing.ask(
        proposal=submitted(round_, hanau, alice, EDIT, title="Vierter"), reason="INTERNE FRAGE?", by=staff
    )
    now = let_it_be(round_, Phase.CONSOLIDATE)
    judge(declined, staff, Outcome.DECLINED)
    judge(postponed, staff, Outcome.POSTPONED)
    mails = {
        message.to[0]: message.body
        for message in sent(partial(deciding.consolidate, round_=now, head=head(now.document), by=staff))
    }
    alices, bobs = mails[alice.email], mails[world["bob"].email]
    assert f"Vorschlag {declined.number} „Erster“: Nicht angenommen\nDas überzeugt.\n" in alices
    assert f"Vorschlag {postponed.number} „Zweiter“: Auf die nächste Runde verschoben\nDas überzeugt.\n" in alices
    assert f"Vorschlag {asked.number} „Vierter“: Kommt in die nächste Runde mit\n" in alices
    assert "Sobald die nächste Runde beginnt" in alices
    assert f"Vorschlag {merged.number} „Dritter“: Mit einem anderen zusammengeführt: Nicht angenommen" in bobs
    for words in ("Erster", "Zweiter", "Vierter", "INTERNE", "nächste Runde beginnt"):
        assert words not in bobs
    assert as_participant(round_, hanau).name not in bobs
