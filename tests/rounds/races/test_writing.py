"""Drafts and wordings at the same moment."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from leitfaden.changes import Edit
from leitfaden.rounds import deciding, proposing, reviewing, voting
from leitfaden.rounds.models import (
    Advice,
    Phase,
    Proposal,
    ProposalState,
    ProposalVersion,
    Recommendation,
    Remark,
)
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.proposing import DraftMovedError
from tests.accounts.racing import both, while_unsaved
from tests.leitfaden.texts import head, passage, save, text
from tests.rounds.races.racing import split, state_of
from tests.rounds.rounds import (
    draft,
    judge,
    let_it_be,
    member,
    reworded,
)

pytestmark = pytest.mark.django_db(transaction=True)


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
