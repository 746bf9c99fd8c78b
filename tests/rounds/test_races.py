"""Several people at the same moment in a round, each with a connection of their own."""

from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from leitfaden.actions import HeadMovedError
from leitfaden.changes import Edit
from leitfaden.rounds import deciding, planning, proposing, reviewing, voting
from leitfaden.rounds.deciding import Consolidated
from leitfaden.rounds.models import (
    Advice,
    Decision,
    Outcome,
    Phase,
    Position,
    Proposal,
    ProposalState,
    ProposalVersion,
    Recommendation,
    Remark,
    Round,
    RoundState,
    RoundStep,
    Stance,
)
from leitfaden.rounds.moves import NewWordingError, NotNowError, locked_round
from leitfaden.rounds.proposing import DraftMovedError
from tests.accounts.racing import both, while_unsaved
from tests.leitfaden.texts import head, passage, save, text, words
from tests.rounds.rounds import (
    DAY,
    Cast,
    admitted,
    as_participant,
    conductor,
    draft,
    judge,
    let_it_be,
    member,
    position,
    reworded,
    submitted,
    times,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(transactional_db):
    """Every test commits, and so makes everything anew."""
    return Cast.make()


@pytest.fixture
def proposal(round_, hanau, alice, staff):
    """A proposal of Hanau about which carriers take positions."""
    return admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)


def split(results):
    """What was done, and what was refused."""
    refused = [one for one in results if isinstance(one, Exception)]
    return [one for one in results if one not in refused], refused


def state_of(proposal):
    return Proposal.objects.get(pk=proposal.pk).state


def take(proposal, organisation, by, stance=Stance.AGREE, **more):
    participant = as_participant(proposal.round, organisation)
    return partial(
        voting.take_position, version=proposal.current, participant=participant, stance=stance, by=by, **more
    )


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


class TestSubmitting:
    def test_two_people_of_a_carrier_submit_the_same_draft(self, round_, hanau, alice):
        own = draft(round_, hanau, alice, ("eins", "eins neu"))
        people = (alice, member(hanau, "Noch jemand"))
        [done], [refused] = split(both(*(partial(proposing.submit, proposal=own, by=by) for by in people)))
        assert done.number == 1
        assert isinstance(refused, NotNowError)
        assert "Eingereicht" in str(refused)
        assert [own.steps.count(), own.versions.count()] == [1, 1]

    def test_a_double_click_submits_once_and_both_answers_are_kind(self, round_, hanau, alice, client_of):
        own = draft(round_, hanau, alice, ("eins", "eins neu"))
        clients = [client_of(alice), client_of(alice)]
        answers = both(*(partial(one.post, f"/leitfaden/vorschlag/{own.pk}/einreichen/") for one in clients))
        assert [(one.status_code, one.headers.get("Location")) for one in answers] == [(302, "/mein/leitfaden/")] * 2
        assert own.steps.count() == 1

    def test_a_double_click_on_a_first_change_begins_one_draft(self, round_, hanau, alice, client_of):
        from tests.rounds.writing.pages import hidden, passage, url

        address = url("write", anchor=passage(round_, "eins").anchor)
        sent = {**hidden(client_of(alice).get(address)), "html": "<p>eins neu</p>"}
        clients = [client_of(alice), client_of(alice)]
        answers = both(*(partial(one.post, address, sent) for one in clients))
        assert [one.status_code for one in answers] == [302, 302]
        assert Proposal.objects.get().versions.get().changes.count() == 1

    def test_two_carriers_get_different_numbers(self, round_, hanau, fulda, alice, bob):
        drafts = [draft(round_, hanau, alice, ("eins", "A")), draft(round_, fulda, bob, ("eins", "B"))]
        done = both(
            *(partial(proposing.submit, proposal=one, by=by) for one, by in zip(drafts, (alice, bob), strict=True))
        )
        assert sorted(one.number for one in done) == [1, 2]

    def test_one_writes_on_while_another_submits(self, round_, hanau, alice):
        own = draft(round_, hanau, alice, ("eins", "eins neu"))
        change = proposing.draft_of(own).changes.get()
        keep = partial(
            proposing.keep_wording, proposal=own, seen=change.seen, content=text("zu spät"), mark=change.mark, by=alice
        )
        _done, refused = while_unsaved(partial(proposing.submit, proposal=own, by=alice), keep)
        assert str(refused) == "Diese Fassung ist schon eingereicht und ändert sich nicht mehr."
        assert Proposal.objects.get(pk=own.pk).current.changes.get().content == text("eins neu")

    def test_one_discards_while_another_submits(self, round_, hanau, alice):
        own = draft(round_, hanau, alice, ("eins", "eins neu"))
        _done, refused = while_unsaved(
            partial(proposing.submit, proposal=own, by=alice), partial(proposing.discard, proposal=own, by=alice)
        )
        assert isinstance(refused, NotNowError)
        assert state_of(own) == ProposalState.SUBMITTED

    def test_two_write_about_the_same_passage(self, round_, hanau, alice):
        own = draft(round_, hanau, alice)
        seen = passage(round_.document, "eins").version
        keep = partial(proposing.keep_wording, proposal=own, seen=seen)
        edda = member(hanau, "Edda")
        [kept], [clash] = split(both(*(partial(keep, content=text(f"von {by}"), by=by) for by in (alice, edda))))
        assert isinstance(clash, DraftMovedError)
        assert clash.theirs == kept
        assert clash.mine.content != kept.content

    def test_the_text_moves_while_somebody_proposes(self, document, round_, hanau, alice, staff):
        """Participants change what the round began with; the staff's new text waits for the workbench."""
        seen = passage(document, "eins").version
        own = draft(round_, hanau, alice)
        edit = Edit(seen, text("eins anders"))
        results = both(
            partial(save, document, edit, by=staff),
            partial(proposing.keep_wording, proposal=own, seen=seen, content=text("eins neu"), by=alice),
        )
        assert split(results)[1] == []
        proposal = reviewing.admit(proposal=proposing.submit(proposal=own, by=alice), by=staff)
        assert proposal.current.changes.get().seen == seen
        running = let_it_be(round_, Phase.CONSOLIDATE)
        judge(proposal, staff)
        with pytest.raises(ValidationError, match="bestätigen Sie, was der Absatz künftig sagt"):
            deciding.consolidate(round_=running, head=head(document), by=staff)


class TestWordings:
    """Another wording is submitted while somebody does something else with the proposal."""

    @pytest.fixture
    def rewording(self, round_, proposal, alice):
        """A colleague is about to submit another wording of the admitted proposal."""
        let_it_be(round_, Phase.DISCUSS)
        return partial(reworded, proposal, "eins neu", "eins noch neuer", alice)

    def test_opening_it_for_another_wording(self, proposal, rewording, alice):
        done, draft_ = while_unsaved(rewording, partial(proposing.reopen, proposal=proposal, by=alice))
        assert isinstance(draft_, ProposalVersion)
        assert [one.content for one in draft_.changes.all()] == [text("eins noch neuer")]
        assert draft_.number == done.current.number + 1

    def test_saying_something_to_it(self, proposal, rewording, fulda, bob):
        say = partial(voting.remark, proposal=proposal, text="Gut.", by=bob)
        done, said = while_unsaved(rewording, say)
        assert isinstance(said, Remark)
        assert said.version == done.current

    def test_recommending_the_former_one(self, proposal, rewording, staff):
        recommend = partial(reviewing.recommend, version=proposal.current, advice=Advice.ADOPT, reason="Gut.", by=staff)
        _done, refused = while_unsaved(rewording, recommend)
        assert isinstance(refused, NotNowError)
        assert not Recommendation.objects.exists()

    def test_the_same_wording_twice(self, round_, proposal, alice):
        let_it_be(round_, Phase.DISCUSS)
        proposing.reopen(proposal=proposal, by=alice)
        resubmit = partial(proposing.resubmit, proposal=proposal, by=alice)
        [_done], [refused] = split(both(resubmit, resubmit))
        assert isinstance(refused, NotNowError)
        assert proposal.steps.filter(action="reword").count() == 1


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
