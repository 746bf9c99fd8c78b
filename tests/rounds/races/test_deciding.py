"""Positions and decisions at the same moment."""

from functools import partial

import pytest
from django.utils import timezone

from leitfaden.actions import HeadMovedError
from leitfaden.changes import Edit
from leitfaden.rounds import deciding, proposing, reviewing, voting
from leitfaden.rounds.deciding import Consolidated
from leitfaden.rounds.models import (
    Decision,
    Outcome,
    Phase,
    Position,
    Proposal,
    ProposalState,
    Round,
    RoundStep,
    Stance,
)
from leitfaden.rounds.moves import NewWordingError, NotNowError
from tests.accounts.racing import both, while_unsaved
from tests.leitfaden.texts import head, passage, save, text, words
from tests.rounds.races.racing import split, state_of, take
from tests.rounds.rounds import (
    DAY,
    admitted,
    as_participant,
    conductor,
    draft,
    judge,
    let_it_be,
    member,
    position,
    reworded,
)

pytestmark = pytest.mark.django_db(transaction=True)


class TestConsolidating:
    @pytest.fixture
    def decided(self, round_, proposal, staff):
        """The round with the verdict on its one proposal."""
        running = let_it_be(round_, Phase.CONSOLIDATE)
        judge(proposal, staff)
        return running

    def test_two_at_once_make_one_result(self, document, decided, staff):
        consolidate = partial(deciding.consolidate, round_=decided, head=head(document))
        [done], [refused] = split(
            both(*(partial(consolidate, by=by) for by in (staff, conductor("Noch jemand von der Redaktion"))))
        )
        assert isinstance(done, Consolidated)
        assert (type(refused), str(refused)) == (NotNowError, "Diese Runde ist schon abgeschlossen.")
        assert list(Decision.objects.all()) == done.decisions
        assert RoundStep.objects.filter(text="Runde abgeschlossen").count() == 1
        assert [document.revisions.count(), head(document)] == [3, done.revision]

    def test_a_text_that_is_being_saved_is_not_overwritten(self, document, decided, staff):
        seen = head(document)
        edit = Edit(passage(document, "zwei").version, text("zwei anders"))
        _saved, refused = while_unsaved(
            partial(save, document, edit, by=staff),
            partial(deciding.consolidate, round_=decided, head=seen, by=staff),
        )
        assert isinstance(refused, HeadMovedError)
        assert (refused.base, refused.theirs) == (seen, head(document))
        assert not Decision.objects.exists()
        assert Round.objects.get(pk=decided.pk).state == "laeuft"
        assert words(document)[2:] == ["eins", "zwei anders", "drei"]

    def test_a_text_that_is_saved_later_goes_on_from_the_result(self, document, decided, staff):
        base, edit = head(document), Edit(passage(document, "zwei").version, text("zwei anders"))
        done, saved = while_unsaved(
            partial(deciding.consolidate, round_=decided, head=base, by=staff),
            partial(save, document, edit, by=staff, base=base),
        )
        assert (saved.parent, saved) == (done.revision, head(document))
        assert words(document)[2:] == ["eins neu", "zwei anders", "drei"]

    def test_a_verdict_of_the_last_moment_is_in_or_refused(self, document, decided, proposal, staff):
        change = proposal.current.changes.get()
        _done, refused = while_unsaved(
            partial(deciding.consolidate, round_=decided, head=head(document), by=staff),
            partial(deciding.judge, change=change, outcome=Outcome.DECLINED, reason="Doch nicht.", by=staff),
        )
        assert str(refused) == "Diese Runde ist schon abgeschlossen."
        assert Decision.objects.get().outcome == Outcome.ADOPTED

    def test_withdrawing_waits_and_hears_that_it_is_decided(self, document, decided, proposal, alice, staff):
        _done, refused = while_unsaved(
            partial(deciding.consolidate, round_=decided, head=head(document), by=staff),
            partial(proposing.withdraw, proposal=proposal, by=alice),
        )
        assert isinstance(refused, NotNowError)
        assert "Entschieden" in str(refused)
        assert state_of(proposal) == ProposalState.DECIDED

    def test_consolidating_waits_for_a_withdrawal(self, document, decided, proposal, alice, staff):
        _withdrawn, done = while_unsaved(
            partial(proposing.withdraw, proposal=proposal, by=alice),
            partial(deciding.consolidate, round_=decided, head=head(document), by=staff),
        )
        assert [done.decided, done.decisions, state_of(proposal)] == [[], [], ProposalState.WITHDRAWN]
        assert words(document)[2:] == ["eins", "zwei", "drei"]


class TestPositions:
    def test_one_of_the_last_second_counts(self, document, round_, proposal, fulda, bob, staff):
        """Taken in time, and not saved yet when the staff consolidate: they wait for it."""
        running = let_it_be(round_, Phase.CONSOLIDATE)
        judge(proposal, staff)
        over = running.vote_until

        def in_time():
            with_another_connection(partial(let_it_end, round_, over + DAY * 5))
            taken = take(proposal, fulda, bob)()
            with_another_connection(partial(let_it_end, round_, over))
            return taken

        taken, done = while_unsaved(
            in_time, partial(deciding.consolidate, round_=running, head=head(document), by=staff)
        )
        assert isinstance(taken, Position)
        assert [one.consensus["agree"] for one in done.decisions] == [1]

    def test_one_after_the_end_is_refused(self, document, round_, proposal, fulda, bob, staff):
        running = let_it_be(round_, Phase.CONSOLIDATE)
        judge(proposal, staff)
        done, refused = while_unsaved(
            partial(deciding.consolidate, round_=running, head=head(document), by=staff), take(proposal, fulda, bob)
        )
        assert isinstance(refused, NotNowError)
        assert [one.consensus["agree"] for one in done.decisions] == [0]
        assert not Position.objects.exists()

    def test_one_that_waited_over_the_deadline_is_refused(self, round_, proposal, fulda, bob, staff):
        """What counts is the moment in which it is written, not that in which somebody pressed the button."""
        let_it_be(round_, Phase.VOTE)
        _ended, refused = while_unsaved(partial(hold_until_the_end, round_, proposal), take(proposal, fulda, bob))
        assert (type(refused), str(refused)) == (NotNowError, "Die Frist für Positionen ist vorbei.")
        assert not Position.objects.exists()

    def test_two_people_of_a_carrier_leave_one_position(self, round_, proposal, fulda, bob):
        let_it_be(round_, Phase.VOTE)
        again = member(fulda, "Noch jemand")
        taken, refused = split(both(take(proposal, fulda, bob), take(proposal, fulda, again, Stance.ABSTAIN)))
        assert [len(taken), refused] == [2, []]
        assert Position.objects.get().stance in (Stance.AGREE, Stance.ABSTAIN)

    def test_another_wording_while_somebody_takes_a_position(self, round_, proposal, fulda, alice, bob):
        let_it_be(round_, Phase.DISCUSS)
        _reworded, refused = while_unsaved(
            partial(reworded, proposal, "eins neu", "eins noch neuer", alice), take(proposal, fulda, bob)
        )
        assert isinstance(refused, NewWordingError)
        assert not Position.objects.exists()

    def test_a_double_click_on_a_concern_leaves_the_fast_lane_once(self, round_, hanau, fulda, alice, bob, staff):
        own = draft(round_, hanau, alice, ("eins", "eins!"))
        proposing.describe(
            proposal=own, title="Zeichen", reason="Darum.", names_author=False, is_editorial=True, by=alice
        )
        own = reviewing.admit(proposal=proposing.submit(proposal=own, by=alice), by=staff)
        concern = take(own, fulda, bob, Stance.MAJOR, reason="Das ist zu laut.")
        first, second = both(concern, concern)
        assert first == second == Position.objects.get()
        assert own.steps.filter(action="concern").count() == 1
        assert not Proposal.objects.get(pk=own.pk).is_editorial

    def test_two_people_of_a_carrier_resist_once(self, document, round_, proposal, fulda, bob, staff):
        rival = admitted(round_, fulda, bob, ("eins", "eins anders"), staff=staff)
        running = let_it_be(round_, Phase.VOTE)
        values = {proposal.current_id: 0, rival.current_id: 10, None: 5}
        block = passage(document, "eins").block
        taken, refused = split(
            both(
                *(
                    partial(
                        voting.resist,
                        round_=running,
                        block=block,
                        participant=as_participant(running, fulda),
                        values=values,
                        by=by,
                    )
                    for by in (bob, member(fulda, "Noch jemand"))
                )
            )
        )
        assert refused == []
        assert taken[0] == taken[1]
        assert len(taken[0]) == 3

    def test_what_was_entered_is_confirmed_once(self, round_, proposal, fulda, bob, staff):
        let_it_be(round_, Phase.VOTE)
        entered = position(proposal, fulda, staff, on_behalf=True)
        confirm = partial(voting.confirm_position, position=entered, by=bob)
        [confirmed], [refused] = split(both(confirm, confirm))
        assert confirmed.is_confirmed
        assert str(refused) == "Diese Position ist schon bestätigt."


def let_it_end(round_, at=None):
    """Let the vote end at a moment, else now."""
    Round.objects.filter(pk=round_.pk).update(vote_until=at or timezone.now())


def hold_until_the_end(round_, proposal):
    """Hold the proposal, and with it everybody who wants to take a position, until the vote is over."""
    Proposal.objects.select_for_update().get(pk=proposal.pk)
    with_another_connection(partial(let_it_end, round_))


def with_another_connection(call):
    """Save something at once, whatever this transaction does."""
    [done] = both(call)
    return done
