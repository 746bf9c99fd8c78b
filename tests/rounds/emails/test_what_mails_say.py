"""What the mails of a whole round say to whom: every text that could leak is marked."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from leitfaden.rounds import deciding, planning, proposing, reviewing, voting
from leitfaden.rounds.models import Advice, Outcome, Phase, Position, Proposal, ProposalState, Round, Stance
from tests.leitfaden.texts import head, publish
from tests.rounds.rounds import DAY, as_participant, confirm, draft, judge, reworded, submitted, times
from vielfalt.accounts.models import User

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 6, tzinfo=UTC)
HANAU, FULDA, STAFF = {"alice", "eva"}, {"bob", "fritz"}, {"staff", "colleague"}

READERS = {
    # Which mark stands in the mails of whom, over the whole round.
    "DRAFT": HANAU,
    "SUBMITTED": HANAU | STAFF,
    "ADMITTED": HANAU | STAFF | FULDA,
    "QUESTION": HANAU,
    "ANSWER": set(),
    "REFUSAL": HANAU,
    "MERGED": FULDA | STAFF,
    "MERGING": FULDA,
    "ON-BEHALF": FULDA,
    "REMARK": HANAU | {"fritz"},
    "INTERNAL": {"colleague"},
    "RECOMMENDATION": set(),
    "REASON": set(),
    "POSITION": set(),
    "UNCONFIRMED": set(),
    "VERDICT": HANAU | FULDA,
    "REHEARSED": set(),
    "REWORDING": set(),
    "PROLONGED": HANAU | FULDA,
    "PERSON": set(),
}


@pytest.fixture
def people(people):
    """Everybody has a marked name: none stands in any mail."""
    for user in people.values():
        user.name = f"PERSON {user.pk}"
        user.save(update_fields=["name"])
    return people


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def daily(clock, times=1, days=3):
    """Do some times what is done every day; it was not always done in time."""
    for _time in range(times):
        clock.shift(days * DAY)
        call_command("daily", stdout=StringIO())


def a_whole_round(document, hanau, fulda, people, clock):
    alice, bob, staff = people["alice"], people["bob"], people["staff"]
    values = {"title": "Runde", "about": "", "quorum": 1, **times()}
    planned = planning.save_round(document=document, values=values, organisations=[hanau, fulda], by=staff)
    round_ = planning.start(round_=planned, by=staff)

    draft(round_, hanau, alice, ("eins", "DRAFT"), title="DRAFT")
    asked = submitted(round_, hanau, alice, ("eins", "neu"), title="SUBMITTED")
    refused = submitted(round_, hanau, alice, ("eins", "neu"), title="SUBMITTED")
    one = submitted(round_, hanau, alice, ("eins", "neu"), title="ADMITTED")
    other = submitted(round_, fulda, bob, ("eins", "neu"), title="MERGED")
    entered = draft(round_, fulda, staff, ("zwei", "neu"), title="ON-BEHALF")
    proposing.enter(proposal=entered, by=staff)
    daily(clock, days=1)
    reviewing.ask(proposal=asked, reason="QUESTION", by=staff)
    proposing.answer(proposal=asked, reason="ANSWER", by=alice)
    reviewing.refuse(proposal=refused, reason="REFUSAL", by=staff)
    reviewing.recommend(version=one.current, advice=Advice.ADOPT, reason="RECOMMENDATION", by=staff)
    reviewing.admit(proposal=one, by=staff)
    reviewing.merge(proposal=other, into=one, reason="MERGING", by=staff)
    voting.remark(proposal=one, text="INTERNAL", is_internal=True, by=staff)
    voting.remark(proposal=one, text="REMARK", participant=as_participant(round_, fulda), by=bob)
    planning.prolong(round_=round_, phase=Phase.DISCUSS, begins=round_.discuss_from + DAY, reason="PROLONGED", by=staff)
    daily(clock, 12)
    assert Round.objects.get(pk=round_.pk).phase == Phase.DISCUSS
    now = Proposal.objects.get(pk=one.pk)
    take = {"version": now.current, "participant": as_participant(round_, fulda)}
    voting.take_position(**take, stance=Stance.MINOR, reason="UNCONFIRMED", on_behalf=True, by=staff)
    daily(clock)
    voting.take_position(**take, stance=Stance.MAJOR, reason="POSITION", by=bob)
    reworded(now, "neu", "REWORDING", alice)
    daily(clock, 6)
    assert not Position.objects.counted().exists()
    running = Round.objects.get(pk=round_.pk)
    clock.move_to(running.vote_until + timedelta(hours=1))
    judge(Proposal.objects.get(pk=one.pk), staff, Outcome.ADOPTED)
    decide(running, document, one, staff)
    edition = publish(document, "2027.1", staff, people["colleague"])
    daily(clock)
    return edition


def decide(running, document, one, staff):
    [change] = Proposal.objects.get(pk=one.pk).current.changes.all()
    deciding.judge(change=change, outcome=Outcome.CHANGED, reason="REHEARSED", by=staff)
    confirm(running, one, staff)
    deciding.rehearse(round_=running, head=head(document), by=staff)
    deciding.judge(change=change, outcome=Outcome.ADOPTED, reason="VERDICT", by=staff)
    deciding.consolidate(round_=running, head=head(document), by=staff)


def test_nothing_reaches_whom_it_is_not_for_and_nothing_comes_twice(document, hanau, fulda, people, clock, queue):
    with queue():
        a_whole_round(document, hanau, fulda, people, clock)
        daily(clock, 2)
    names = {user.email: name for name, user in people.items()}
    said = dict.fromkeys(people, "")
    for message in mail.outbox:
        [address] = message.to
        said[names[address]] += "\n".join([message.subject, message.body, message.alternatives[0].content])
    got = {mark: {name for name, text in said.items() if mark in text} for mark in READERS}
    assert got == READERS
    assert {name for name, text in said.items() if text} == HANAU | FULDA | STAFF
    for name, text in said.items():
        others = [user.email for other, user in people.items() if other != name]
        assert not any(address in text for address in others)
    assert Proposal.objects.filter(state=ProposalState.DRAFT).exists()
    assert User.objects.filter(name__startswith="PERSON").count() == len(people)

    seen = [(*message.to, message.subject, message.body) for message in mail.outbox]
    assert len(seen) == len(set(seen))
    for message in mail.outbox:
        assert 10 < len(message.subject) < 150
        assert "None" not in message.body
        assert "\n\n\n\n" not in message.body, message.body
        assert message.body.count("http://127.0.0.1:8000/") > 1
