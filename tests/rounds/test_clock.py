"""Phases by the clock, and what is said to whoever comes late."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from leitfaden.rounds import proposing, reviewing
from leitfaden.rounds.models import Phase, Proposal, ProposalState, Round, RoundState
from leitfaden.rounds.moves import NotNowError
from tests.leitfaden.texts import text
from tests.rounds.rounds import draft, let_it_be, submitted

pytestmark = pytest.mark.django_db

BEGIN = datetime(2027, 3, 1, 8, tzinfo=UTC)
TIMES = {
    "collect_from": BEGIN,
    "discuss_from": BEGIN + timedelta(days=30),
    "vote_from": BEGIN + timedelta(days=50),
    "vote_until": BEGIN + timedelta(days=60),
}
ORDER = (Phase.WAITING, Phase.COLLECT, Phase.DISCUSS, Phase.VOTE, Phase.CONSOLIDATE)
JUST_BEFORE = timedelta(microseconds=-1)


LATE = "Dafür ist die Frist vorbei. Was Sie geschrieben haben, bleibt als Entwurf erhalten."


class TestClock:
    """Phases open and close to the second, by the server's clock."""

    @pytest.mark.parametrize("at", range(4))
    def test_a_phase_begins_with_its_very_second(self, round_, at):
        for name, moment in TIMES.items():
            setattr(round_, name, moment)
        moment = [*TIMES.values()][at]
        before, after = ORDER[at : at + 2]
        for offset, phase in ((JUST_BEFORE, before), (timedelta(0), after), (-JUST_BEFORE, after)):
            assert round_.phase_at(moment + offset) == phase
            with time_machine.travel(moment + offset, tick=False):
                assert round_.phase == phase
        assert round_.ends_at(before) == moment

    def test_the_last_one_has_no_end(self, round_):
        assert [round_.ends_at(phase) for phase in (Phase.CONSOLIDATE, Phase.CONCLUDED, Phase.PLANNED)] == [None] * 3

    @pytest.mark.parametrize("state", [RoundState.PLANNED, RoundState.CONCLUDED, RoundState.CANCELLED])
    def test_it_counts_only_while_a_round_runs(self, round_, state):
        round_.state = state
        wanted = {"geplant": Phase.PLANNED, "abgeschlossen": Phase.CONCLUDED, "abgebrochen": Phase.CANCELLED}[state]
        assert {round_.phase_at(moment) for moment in TIMES.values()} == {wanted}

    def test_discussing_may_be_left_out(self, round_):
        Round.objects.filter(pk=round_.pk).update(vote_from=round_.discuss_from)
        round_.refresh_from_db()
        assert round_.phase_at(round_.discuss_from) == Phase.VOTE

    def test_submitting_at_the_deadline(self, round_, hanau, alice):
        late, in_time = (draft(round_, hanau, alice, (old, f"{old} neu")) for old in ("eins", "zwei"))
        with time_machine.travel(round_.discuss_from + JUST_BEFORE, tick=False):
            assert proposing.submit(proposal=in_time, by=alice).number == 1
        with (
            time_machine.travel(round_.discuss_from, tick=False),
            pytest.raises(NotNowError, match="bleibt als Entwurf"),
        ):
            proposing.submit(proposal=late, by=alice)
        late.refresh_from_db()
        assert (late.state, late.number) == (ProposalState.DRAFT, None)
        assert proposing.draft_of(late).changes.get().content == text("eins neu")

    def test_entering_at_the_end_of_the_discussion(self, round_, hanau, staff):
        one, two = (draft(round_, hanau, staff, ("eins", "eins neu")) for _n in range(2))
        with time_machine.travel(round_.vote_from + JUST_BEFORE, tick=False):
            proposing.enter(proposal=one, by=staff)
        with time_machine.travel(round_.vote_from, tick=False), pytest.raises(NotNowError):
            proposing.enter(proposal=two, by=staff)


class TestLate:
    """Deadlines hold when something is submitted, not when a draft is opened; what was written stays."""

    def test_a_draft_outlives_its_deadline_and_can_be_written(self, round_, hanau, alice):
        late = draft(round_, hanau, alice, ("eins", "eins neu"))
        let_it_be(round_, Phase.DISCUSS)
        with pytest.raises(NotNowError, match=LATE):
            proposing.submit(proposal=late, by=alice)
        [change] = proposing.draft_of(late).changes.all()
        assert change.content.plain == "eins neu"
        content = text("eins noch neuer")
        proposing.keep_wording(proposal=late, seen=change.seen, content=content, mark=change.mark, by=alice)
        assert proposing.draft_of(late).changes.get().content == content

    def test_whoever_opened_it_too_early_submits_in_time(self, round_, hanau, alice):
        written = draft(round_, hanau, alice, ("eins", "eins neu"))
        stale = Proposal.objects.select_related("round").get(pk=written.pk)
        let_it_be(round_, Phase.DISCUSS)
        with pytest.raises(NotNowError):
            proposing.submit(proposal=stale, by=alice)
        let_it_be(round_, Phase.COLLECT)
        assert proposing.submit(proposal=stale, by=alice).state == ProposalState.SUBMITTED

    def test_another_wording_stays_a_draft(self, round_, hanau, alice, staff):
        proposal = reviewing.admit(proposal=submitted(round_, hanau, alice, ("eins", "eins neu")), by=staff)
        current = proposal.current
        wording = proposing.reopen(proposal=proposal, by=alice)
        let_it_be(round_, Phase.VOTE)
        with pytest.raises(NotNowError):
            proposing.resubmit(proposal=proposal, by=alice)
        proposal.refresh_from_db()
        assert (proposal.current, proposing.draft_of(proposal)) == (current, wording)

    def test_nobody_begins_when_it_is_late(self, round_, hanau, alice):
        for phase in (Phase.WAITING, Phase.DISCUSS, Phase.VOTE, Phase.CONSOLIDATE):
            with pytest.raises(NotNowError):
                draft(let_it_be(round_, phase), hanau, alice)
        assert not Proposal.objects.exists()
