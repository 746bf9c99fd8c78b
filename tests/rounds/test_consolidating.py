"""From proposals to the next revision, in one transaction."""

import pytest

from leitfaden.rounds import deciding, voting
from leitfaden.rounds.models import Outcome, Phase, ProposalState, Round, Stance
from tests.leitfaden.texts import head, words
from tests.rounds.rounds import admitted, as_participant, let_it_be

pytestmark = pytest.mark.django_db


def adopt(proposal, staff, outcome=Outcome.ADOPTED):
    for change in proposal.current.changes.all():
        deciding.judge(change=change, outcome=outcome, reason="Das überzeugt.", by=staff)


def test_what_was_taken_is_the_next_text(document, round_, hanau, fulda, alice, bob, staff):
    taken = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    declined = admitted(round_, fulda, bob, ("zwei", "zwei neu"), staff=staff)
    round_ = let_it_be(round_, Phase.VOTE)
    voting.take_position(version=taken.current, participant=as_participant(round_, fulda), stance=Stance.AGREE, by=bob)
    round_ = let_it_be(round_, Phase.CONSOLIDATE)
    adopt(taken, staff)
    adopt(declined, staff, Outcome.DECLINED)
    before = head(document)

    rehearsed = deciding.rehearse(round_=round_, head=before, by=staff)
    assert [len(rehearsed.decided), len(rehearsed.decisions), head(document)] == [2, 2, before]

    done = deciding.consolidate(round_=round_, head=before, by=staff)
    assert words(document) == ["Rolle und Aufgaben", "Einführung", "eins neu", "zwei", "drei"]
    assert head(document) == done.revision
    taken.refresh_from_db()
    assert taken.state == ProposalState.DECIDED
    decision = taken.current.changes.get().decision
    assert decision.version.plain == "eins neu"
    assert decision.consensus["agree"] == 1
    assert Round.objects.get(pk=round_.pk).result == done.revision
