"""What staff and carriers do with proposals and rounds at the same moment."""

from functools import partial
from uuid import uuid4

import pytest

from leitfaden.rounds import planning, proposing, reviewing, voting
from leitfaden.rounds.models import (
    Phase,
    Proposal,
    ProposalState,
    ProposalVersion,
    Remark,
    Round,
    RoundState,
    RoundStep,
)
from leitfaden.rounds.moves import NewWordingError, NotNowError, locked_round
from tests.accounts.racing import both, while_unsaved
from tests.leitfaden.texts import passage, text
from tests.rounds.races.racing import split, state_of, take
from tests.rounds.rounds import (
    admitted,
    as_participant,
    conductor,
    let_it_be,
    reworded,
    submitted,
    times,
)

pytestmark = pytest.mark.django_db(transaction=True)


class TestReviewing:
    @pytest.fixture
    def waiting(self, round_, hanau, alice):
        return submitted(round_, hanau, alice, ("eins", "eins neu"))

    @pytest.fixture
    def colleague(self):
        return conductor("Noch jemand von der Redaktion")

    def test_withdrawing_while_admitting(self, waiting, alice, staff):
        """Either order ends withdrawn: an admitted proposal can be withdrawn, a withdrawn one not admitted."""
        admit = partial(reviewing.admit, proposal=waiting, by=staff)
        withdraw = partial(proposing.withdraw, proposal=waiting, by=alice)
        _done, refused = split(both(admit, withdraw))
        assert state_of(waiting) == ProposalState.WITHDRAWN
        assert [type(one) for one in refused] in ([], [NotNowError])

    def test_admitting_after_it_was_withdrawn(self, waiting, alice, staff):
        _done, refused = while_unsaved(
            partial(proposing.withdraw, proposal=waiting, by=alice),
            partial(reviewing.admit, proposal=waiting, by=staff),
        )
        assert isinstance(refused, NotNowError)
        assert "Zurückgezogen" in str(refused)
        assert Proposal.objects.get(pk=waiting.pk).admitted_at is None

    def test_one_admits_and_one_refuses(self, waiting, staff, colleague):
        [done], [refused] = split(
            both(
                partial(reviewing.admit, proposal=waiting, by=staff),
                partial(reviewing.refuse, proposal=waiting, reason="Nein.", by=colleague),
            )
        )
        assert state_of(waiting) == done.state
        assert isinstance(refused, NotNowError)
        assert waiting.steps.count() == 2

    def test_admitting_what_nobody_read(self, waiting, alice, staff):
        _done, refused = while_unsaved(
            partial(reworded, waiting, "eins neu", "eins ganz anders", alice),
            partial(reviewing.admit, proposal=waiting, seen=waiting.current, by=staff),
        )
        assert isinstance(refused, NewWordingError)
        assert state_of(waiting) == ProposalState.SUBMITTED

    def test_another_wording_while_it_is_admitted_asks_everybody(self, waiting, alice, staff):
        proposing.reopen(proposal=waiting, by=alice)
        _done, again = while_unsaved(
            partial(reviewing.admit, proposal=waiting, by=staff),
            partial(proposing.resubmit, proposal=waiting, by=alice),
        )
        assert isinstance(again, Proposal)
        assert [one.action for one in waiting.steps.all()] == ["submit", "admit", "reword"]
        assert state_of(waiting) == ProposalState.ADMITTED

    def test_two_merges_crossing(self, round_, waiting, fulda, bob, staff, colleague):
        other = submitted(round_, fulda, bob, ("eins", "eins auch neu"))
        [done], [refused] = split(
            both(
                partial(reviewing.merge, proposal=waiting, into=other, reason="Dasselbe.", by=staff),
                partial(reviewing.merge, proposal=other, into=waiting, reason="Dasselbe.", by=colleague),
            )
        )
        left = other if done == waiting else waiting
        assert (state_of(done), state_of(left)) == (ProposalState.MERGED, ProposalState.SUBMITTED)
        assert refused.messages == ["Mit diesem Vorschlag geht das nicht mehr."]

    def test_three_merges_in_a_ring(self, round_, waiting, fulda, bob, staff):
        ring = [waiting, *(submitted(round_, fulda, bob, ("eins", f"eins {n}")) for n in range(2))]
        pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
        both(*(partial(reviewing.merge, proposal=a, into=b, reason="Dasselbe.", by=staff) for a, b in pairs))
        [left] = Proposal.objects.exclude(state=ProposalState.MERGED)
        assert set(left.merged.all()) == {one for one in ring if one != left}

    def test_merging_into_what_is_being_withdrawn(self, round_, waiting, fulda, alice, bob, staff):
        other = submitted(round_, fulda, bob, ("eins", "eins auch neu"))
        _done, refused = while_unsaved(
            partial(proposing.withdraw, proposal=waiting, by=alice),
            partial(reviewing.merge, proposal=other, into=waiting, reason="Dasselbe.", by=staff),
        )
        assert refused.messages == ["Mit diesem Vorschlag geht das nicht mehr."]
        assert state_of(other) == ProposalState.SUBMITTED

    def test_a_position_on_what_is_being_merged(self, round_, proposal, fulda, bob, staff):
        other = admitted(round_, fulda, bob, ("eins", "eins auch neu"), staff=staff)
        let_it_be(round_, Phase.DISCUSS)
        _done, refused = while_unsaved(
            partial(reviewing.merge, proposal=proposal, into=other, reason="Dasselbe.", by=staff),
            take(proposal, fulda, bob),
        )
        assert (type(refused), str(refused)) == (NotNowError, "Zu diesem Vorschlag sind keine Positionen mehr gefragt.")

    def test_a_double_click_on_a_remark_says_it_once(self, proposal, bob):
        say = partial(voting.remark, proposal=proposal, text="Gut.", token=uuid4(), by=bob)
        first, second = both(say, say)
        assert first == second == Remark.objects.get()

    def test_a_double_click_on_admitting(self, round_, waiting, staff, client_of):
        address = f"/leitfaden/runden/{round_.number}/pruefen/{waiting.pk}/"
        sent = {"aktion": "zulassen", "fassung": str(waiting.current_id)}
        clients = [client_of(staff), client_of(staff)]
        answers = both(*(partial(one.post, address, sent) for one in clients))
        assert {one.status_code for one in answers} <= {302, 409}
        assert waiting.steps.filter(action="admit").count() == 1


class TestPlanning:
    @pytest.fixture
    def prepare(self, document, round_, hanau, fulda, staff):
        """Prepare the next round with some title, or change what is prepared."""
        planning.cancel(round_=round_, reason="Zu früh.", by=staff)
        values = {"about": "", "quorum": 1, **times()}

        def prepare(title="Herbst", **more):
            told = {"title": title, **values}
            return planning.save_round(document=document, values=told, organisations=[hanau, fulda], by=staff, **more)

        return prepare

    def test_one_starts_what_another_is_changing(self, prepare, staff):
        """Both need the round and its text; whoever takes them the other way round would wait for ever."""
        planned = prepare()
        changed, started = while_unsaved(
            partial(locked_round, planned),
            partial(planning.start, round_=planned, by=staff),
            before_saving=partial(prepare, "Winter", round_=planned),
        )
        assert (changed.title, started.title, started.state) == ("Winter", "Winter", RoundState.RUNNING)

    def test_two_rounds_started_at_once(self, prepare, staff):
        rounds = [prepare(), prepare("Winter")]
        [started], [refused] = split(both(*(partial(planning.start, round_=one, by=staff) for one in rounds)))
        assert list(Round.objects.running()) == [started]
        assert refused.messages == ["Es läuft schon eine Runde. Bitte schließen Sie sie zuerst ab."]

    def test_a_double_click_prepares_and_starts_once(self, prepare, staff):
        first, second = both(prepare, prepare)
        assert first == second
        start = partial(planning.start, round_=first, by=staff)
        [_started], [refused] = split(both(start, start))
        assert str(refused) == "Diese Runde hat schon begonnen. Sie ändert sich nicht mehr."
        assert RoundStep.objects.filter(round=first, text="Runde gestartet").count() == 1

    def test_a_draft_is_written_while_it_comes_along(self, round_, prepare, hanau, alice, staff):
        own = self._left(round_, hanau, alice)
        seen = passage(round_.document, "zwei").version
        _kept, started = while_unsaved(
            partial(proposing.keep_wording, proposal=own, seen=seen, content=text("zwei neu"), by=alice),
            partial(planning.start, round_=prepare(), by=staff),
        )
        assert Proposal.objects.get(pk=own.pk).round == started
        assert proposing.draft_of(own).changes.count() == 2

    def test_a_draft_is_discarded_while_it_would_come_along(self, round_, prepare, hanau, alice, staff):
        own = self._left(round_, hanau, alice)
        _discarded, started = while_unsaved(
            partial(proposing.discard, proposal=own, by=alice), partial(planning.start, round_=prepare(), by=staff)
        )
        assert started.state == RoundState.RUNNING
        assert not Proposal.objects.exists()

    def _left(self, round_, hanau, alice):
        """A draft of Hanau that its round left behind."""
        participant = as_participant(round_, hanau)
        own = Proposal.objects.create(round=round_, participant=participant, author=alice)
        ProposalVersion.objects.create(proposal=own, number=1)
        seen = passage(round_.document, "eins").version
        proposing.keep_wording(proposal=own, seen=seen, content=text("eins neu"), by=alice)
        return own
