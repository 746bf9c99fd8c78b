"""The invariants of the Leitfaden, as far as they are about rounds, by their numbers."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from leitfaden import commenting
from leitfaden.actions import HeadMovedError
from leitfaden.changes import Edit, Remove
from leitfaden.models import BlockVersion, Comment, CommentState, Origin, Visibility
from leitfaden.rounds import deciding, planning, proposing, reviewing, voting
from leitfaden.rounds.bench import load_bench
from leitfaden.rounds.deciding import NotReadyError
from leitfaden.rounds.models import (
    Decision,
    Outcome,
    Phase,
    Position,
    Proposal,
    Remark,
    Round,
    RoundState,
    Stance,
)
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.voting import NewWordingError
from tests.factories import UserFactory
from tests.leitfaden.texts import head, passage, save, text, words
from tests.rounds import test_invariant_02
from tests.rounds.rounds import (
    admitted,
    as_participant,
    carrier,
    confirm,
    draft,
    judge,
    let_it_be,
    member,
    position,
    reworded,
    submitted,
    times,
)
from vielfalt.accounts.actions import pseudonymise

pytestmark = pytest.mark.django_db


def snapshot():
    """All rows of all tables that a round or its text could touch."""
    models = [*apps.get_app_config("rounds").get_models(), *apps.get_app_config("leitfaden").get_models()]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.fixture
def adopted(round_, hanau, alice, staff):
    """A round to be decided, in which one proposal is to be adopted."""
    proposal = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    judge(proposal, staff)
    proposal.refresh_from_db()
    return proposal, now


class TestInvariant01:
    """The head moves only from what the decider saw."""

    def test_a_text_that_moved_on_is_not_overwritten(self, document, adopted, staff):
        _proposal, round_ = adopted
        seen = head(document)
        save(document, Edit(passage(document, "zwei").version, text("zwei anders")), by=staff)
        before = snapshot()
        with pytest.raises(HeadMovedError) as caught:
            deciding.consolidate(round_=round_, head=seen, by=staff)
        assert (caught.value.base, caught.value.theirs) == (seen, head(document))
        assert snapshot() == before
        deciding.consolidate(round_=round_, head=head(document), by=staff)
        assert words(document)[2:] == ["eins neu", "zwei anders", "drei"]

    def test_participants_change_what_they_saw_not_the_head(self, document, round_, hanau, alice, staff):
        save(document, Edit(passage(document, "eins").version, text("eins anders")), by=staff)
        own = draft(round_, hanau, alice)
        proposing.keep_wording(
            proposal=own, seen=passage(document, "eins anders").version, content=text("eins neu"), by=alice
        )
        with pytest.raises(ValidationError, match="passt nicht zu dem Stand"):
            proposing.submit(proposal=own, by=alice)
        assert proposing.draft_of(own).changes.get().content == text("eins neu")


class TestInvariant03:
    """Consolidating is one transaction: revision, decisions and what is carried over, or nothing."""

    @pytest.fixture
    def mixed(self, document, round_, hanau, fulda, alice, bob, staff):
        adopt = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
        postpone = admitted(round_, fulda, bob, ("zwei", "zwei neu"), staff=staff)
        waiting = submitted(round_, fulda, bob, ("drei", "drei neu"))
        round_ = let_it_be(round_, Phase.CONSOLIDATE)
        judge(adopt, staff)
        judge(postpone, staff, Outcome.POSTPONED)
        return round_, (adopt, postpone, waiting)

    def test_all(self, document, mixed, staff):
        round_, proposals = mixed
        done = deciding.consolidate(round_=round_, head=head(document), by=staff)
        states = [Proposal.objects.get(pk=one.pk).state for one in proposals]
        assert states == ["entschieden", "weitergetragen", "weitergetragen"]
        assert [len(done.decisions), done.revision == head(document)] == [2, True]
        assert Round.objects.get(pk=round_.pk).state == RoundState.CONCLUDED

    @pytest.mark.parametrize(
        "table", ["leitfaden_revision", "leitfaden_entry", "rounds_decision", "rounds_proposalstep", "rounds_roundstep"]
    )
    def test_or_nothing_wherever_it_breaks(self, document, mixed, staff, table):
        round_, _proposals = mixed
        before = snapshot()
        with connection.cursor() as cursor:
            cursor.execute("""CREATE FUNCTION pg_temp.breaks() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'kaputt'; END $$""")
            cursor.execute(f"""CREATE TRIGGER breaks BEFORE INSERT ON {table}
                FOR EACH ROW EXECUTE FUNCTION pg_temp.breaks()""")
        with pytest.raises(DatabaseError, match="kaputt"), transaction.atomic():
            deciding.consolidate(round_=round_, head=head(document), by=staff)
        assert snapshot() == before

    def test_rehearsing_leaves_nothing(self, document, mixed, staff):
        round_, _proposals = mixed
        before = snapshot()
        rehearsed = deciding.rehearse(round_=round_, head=head(document), by=staff)
        assert [len(rehearsed.decided), len(rehearsed.carried), len(rehearsed.decisions)] == [1, 2, 2]
        assert snapshot() == before

    def test_rehearsing_says_what_is_missing(self, document, mixed, staff, hanau, alice):
        round_, (adopt, *_others) = mixed
        adopt.current.changes.get().verdict.delete()
        before = snapshot()
        for doing in (deciding.rehearse, deciding.consolidate):
            with pytest.raises(NotReadyError, match="Vorschlag 1: Es fehlt eine Entscheidung"):
                doing(round_=round_, head=head(document), by=staff)
        assert snapshot() == before

    def test_only_once(self, document, mixed, staff):
        round_, _proposals = mixed
        deciding.consolidate(round_=round_, head=head(document), by=staff)
        with pytest.raises(NotNowError, match="schon abgeschlossen"):
            deciding.consolidate(round_=round_, head=head(document), by=staff)


class TestInvariant04:
    """The server merges; what a person changes by hand is an edit of theirs."""

    def test_by_hand_upon_what_the_portal_merged(self, document, round_, hanau, fulda, alice, bob, staff):
        document_words = "Ein Kurs hat viele Teile und ein gutes Ende."
        save(document, Edit(passage(document, "eins").version, text(document_words)), by=staff)
        planning.cancel(round_=round_, reason="Neuer Text.", by=staff)
        values = {"title": "Neu", "about": "", "quorum": 1, **times()}
        planned = planning.save_round(document=document, values=values, organisations=[hanau, fulda], by=staff)
        round_ = planning.start(round_=planned, by=staff)
        one = admitted(round_, hanau, alice, (document_words, document_words.replace("viele", "einige")), staff=staff)
        other = admitted(round_, fulda, bob, (document_words, document_words.replace("gutes", "schönes")), staff=staff)
        round_ = let_it_be(round_, Phase.CONSOLIDATE)
        judge(one, staff)
        judge(other, staff)
        by_hand = text("Ein Kurs hat einige Teile und ein sehr schönes Ende.")
        confirm(round_, one, staff, by_hand)
        deciding.consolidate(round_=round_, head=head(document), by=staff)
        final = passage(document, by_hand.plain).version
        assert (final.origin, final.created_by) == (Origin.EDIT, staff)
        merged = final.previous
        assert merged.plain == "Ein Kurs hat einige Teile und ein schönes Ende."
        assert merged.origin == Origin.DECISION
        assert {decision.version for decision in Decision.objects.all()} == {final}

    def test_as_merged(self, document, adopted, staff):
        _proposal, round_ = adopted
        deciding.consolidate(round_=round_, head=head(document), by=staff)
        final = passage(document, "eins neu").version
        assert (final.origin, final.previous.plain) == (Origin.DECISION, "eins")


def test_invariant_05_every_wording_of_a_round_leads_to_its_decisions(
    document, round_, hanau, fulda, alice, bob, staff
):
    one = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    added = draft(round_, fulda, bob)
    proposing.keep_insertion(
        proposal=added,
        kind=passage(document, "eins").kind,
        content=text("dazu"),
        parent=passage(document, "Einführung").block,
        after=passage(document, "drei").block,
        by=bob,
    )
    added = reviewing.admit(proposal=proposing.submit(proposal=added, by=bob), by=staff)
    round_ = let_it_be(round_, Phase.CONSOLIDATE)
    judge(one, staff)
    judge(added, staff)
    before = set(BlockVersion.objects.values_list("pk", flat=True))
    deciding.consolidate(round_=round_, head=head(document), by=staff)
    new = BlockVersion.objects.exclude(pk__in=before)
    assert {version.plain: [one.change.version.proposal for one in version.decisions.all()] for version in new} == {
        "eins neu": [one],
        "dazu": [added],
    }
    assert words(document)[2:] == ["eins neu", "zwei", "drei", "dazu"]


class TestInvariant06:
    """Positions are about a wording; another asks again."""

    def test_changed_wording_asks_again_and_keeps_what_was_said(self, round_, hanau, fulda, alice, bob, staff):
        proposal = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
        round_ = let_it_be(round_, Phase.DISCUSS)
        first = position(proposal, fulda, bob)
        assert list(Position.objects.counted()) == [first]
        reworded(proposal, "eins neu", "eins noch neuer", alice)
        assert not Position.objects.counted().exists()
        assert Position.objects.get() == first
        second = position(proposal, fulda, bob, Stance.ABSTAIN)
        assert list(Position.objects.counted()) == [second]
        assert (first.version.number, second.version.number) == (1, 2)

    def test_who_read_the_old_wording_cannot_take_a_position_on_the_new(self, round_, hanau, fulda, alice, bob, staff):
        proposal = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
        round_ = let_it_be(round_, Phase.DISCUSS)
        read = proposal.current
        reworded(proposal, "eins neu", "eins noch neuer", alice)
        with pytest.raises(NewWordingError, match="neue Fassung"):
            voting.take_position(version=read, participant=as_participant(round_, fulda), stance=Stance.AGREE, by=bob)
        assert not Position.objects.exists()

    def test_the_next_round_asks_everybody_anew(self, document, round_, hanau, fulda, alice, bob, staff):
        proposal = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
        let_it_be(round_, Phase.VOTE)
        position(proposal, fulda, bob)
        round_ = let_it_be(round_, Phase.CONSOLIDATE)
        judge(proposal, staff, Outcome.POSTPONED)
        deciding.consolidate(round_=round_, head=head(document), by=staff)
        values = {"title": "Herbst", "about": "", "quorum": 1, **times()}
        planned = planning.save_round(document=document, values=values, organisations=[hanau, fulda], by=staff)
        planning.start(round_=planned, by=staff)
        again = Proposal.objects.get(round=planned)
        assert again.origin == proposal
        assert not again.current.positions.exists()
        assert Position.objects.get().version == proposal.current


class TestInvariant07:
    """Different passages merge by themselves; in the same one a person confirms, however clean the merge."""

    def test_different_passages_need_nobody(self, document, round_, hanau, fulda, alice, bob, staff):
        proposals = [
            admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff),
            admitted(round_, fulda, bob, ("zwei", "zwei neu"), staff=staff),
        ]
        round_ = let_it_be(round_, Phase.CONSOLIDATE)
        for proposal in proposals:
            judge(proposal, staff)
        assert load_bench(round_).problems == []
        deciding.consolidate(round_=round_, head=head(document), by=staff)
        assert words(document)[2:] == ["eins neu", "zwei neu", "drei"]

    def test_the_same_passage_needs_somebody(self, document, round_, hanau, fulda, alice, bob, staff):
        one = admitted(round_, hanau, alice, ("eins", "erst eins"), staff=staff)
        other = admitted(round_, fulda, bob, ("eins", "erst eins"), staff=staff)
        round_ = let_it_be(round_, Phase.CONSOLIDATE)
        judge(one, staff)
        judge(other, staff)
        [place] = load_bench(round_).places
        assert place.merged.is_clean
        with pytest.raises(NotReadyError, match="bestätigen Sie, was der Absatz künftig sagt"):
            deciding.consolidate(round_=round_, head=head(document), by=staff)
        confirm(round_, one, staff)
        deciding.consolidate(round_=round_, head=head(document), by=staff)
        assert words(document)[2:] == ["erst eins", "zwei", "drei"]
        assert Decision.objects.filter(version=passage(document, "erst eins").version).count() == 2

    def test_what_was_confirmed_on_something_else_does_not_count(
        self, document, round_, hanau, fulda, alice, bob, staff
    ):
        one = admitted(round_, hanau, alice, ("eins", "erst eins"), staff=staff)
        other = admitted(round_, fulda, bob, ("eins", "eins zuletzt"), staff=staff)
        round_ = let_it_be(round_, Phase.CONSOLIDATE)
        judge(one, staff)
        judge(other, staff)
        basis = load_bench(round_).places[0].basis
        confirm(round_, one, staff)
        assert load_bench(round_).problems == []
        judge(other, staff, Outcome.CHANGED)
        assert load_bench(round_).problems == ["Bitte bestätigen Sie, was der Absatz künftig sagt."]
        target = one.current.changes.get().target
        with pytest.raises(NotNowError, match="Inzwischen hat sich"):
            deciding.confirm_result(round_=round_, target=target, content=text("x"), basis=basis, by=staff)
        confirm(round_, one, staff)
        save(document, Edit(passage(document, "eins").version, text("eins anders")), by=staff)
        assert "Bitte bestätigen Sie, was der Absatz künftig sagt." in load_bench(round_).problems


def test_invariant_08_the_deadline_holds_when_something_is_submitted(round_, hanau, alice):
    opened = draft(round_, hanau, alice, ("eins", "eins neu"))
    let_it_be(round_, Phase.DISCUSS)
    with pytest.raises(NotNowError, match="bleibt als Entwurf erhalten"):
        proposing.submit(proposal=opened, by=alice)
    assert proposing.draft_of(opened).changes.get().content == text("eins neu")


def test_invariant_09_people_go_and_what_carriers_did_stays(document, adopted, hanau, fulda, alice, bob, staff):
    proposal, round_ = adopted
    voting.remark(proposal=proposal, text="Gut.", participant=as_participant(round_, fulda), by=bob)
    deciding.consolidate(round_=round_, head=head(document), by=staff)
    before = snapshot()
    for person in (alice, bob, staff):
        pseudonymise(user=person, by=person)
    assert snapshot() == before
    proposal.refresh_from_db()
    assert (str(proposal.participant), proposal.author.name) == ("Lotsen Hanau", "ehemaliges Mitglied")
    assert proposal.current.changes.get().decision.by.name == "ehemaliges Mitglied"


def test_invariant_09_a_carrier_goes_and_its_contribution_stays(adopted, hanau):
    proposal, _round = adopted
    hanau.delete()
    proposal.refresh_from_db()
    assert str(proposal.participant) == "Lotsen Hanau"
    assert proposal.participant.organisation is None


def test_invariant_10_what_is_said_to_a_proposal_is_seen_with_it(round_, hanau, fulda, alice, bob, staff):
    proposal = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    let_it_be(round_, Phase.DISCUSS)
    said = voting.remark(proposal=proposal, text="Gut.", participant=as_participant(round_, fulda), by=bob)
    taken = position(proposal, fulda, bob)
    network, nobody = member(carrier("Lotsen Kassel")), UserFactory()
    see = {
        person: (
            Proposal.objects.visible_to(person).count(),
            list(Remark.objects.visible_to(person)),
            list(Position.objects.visible_to(person)),
        )
        for person in (network, nobody)
    }
    assert see == {network: (1, [said], [taken]), nobody: (1, [], [])}
    proposing.withdraw(proposal=proposal, by=alice)
    assert not Proposal.objects.visible_to(network).exists()
    assert not Remark.objects.visible_to(network).exists()
    assert not Position.objects.visible_to(network).exists()
    # Its own people and the staff still read all of it.
    assert list(Remark.objects.visible_to(alice)) == list(Remark.objects.visible_to(staff)) == [said]


class TestInvariant11:
    """A passage that is taken out leaves the next revision only; what was said about it stays."""

    def test_comments_are_orphaned_and_proposals_stay(self, document, round_, hanau, alice, staff):
        seen = passage(document, "zwei").version
        commenting.comment(version=seen, text="Wichtig.", visibility=Visibility.PUBLIC, by=alice)
        own = draft(round_, hanau, alice)
        proposing.keep_removal(proposal=own, seen=seen, by=alice)
        proposal = reviewing.admit(proposal=proposing.submit(proposal=own, by=alice), by=staff)
        round_ = let_it_be(round_, Phase.CONSOLIDATE)
        judge(proposal, staff)
        before = head(document)
        done = deciding.consolidate(round_=round_, head=before, by=staff)
        assert words(document)[2:] == ["eins", "drei"]
        assert before.entries.filter(block=seen.block).exists()
        assert not done.revision.entries.filter(block=seen.block).exists()
        assert Comment.objects.get().state == CommentState.ORPHANED
        [decision] = done.decisions
        assert (decision.outcome, decision.version, decision.change.seen) == (Outcome.ADOPTED, None, seen)

    def test_somebody_else_took_it_out_meanwhile(self, document, adopted, staff):
        _proposal, round_ = adopted
        save(document, Remove(passage(document, "eins").version), by=staff)
        with pytest.raises(NotReadyError, match="Diesen Absatz gibt es nicht mehr"):
            deciding.consolidate(round_=round_, head=head(document), by=staff)


def test_invariant_12_a_quote_whose_words_a_round_changes_falls_back_to_its_passage(document, adopted, alice, staff):
    _proposal, round_ = adopted
    seen = passage(document, "eins").version
    quoted = commenting.comment(version=seen, text="Was?", visibility=Visibility.PUBLIC, by=alice, quote="eins")
    deciding.consolidate(round_=round_, head=head(document), by=staff)
    quoted.refresh_from_db()
    assert (quoted.block, quoted.version, quoted.quote, quoted.state) == (seen.block, seen, "eins", CommentState.OPEN)


def test_every_invariant_has_its_tests():
    names = [name.lower().replace("_", "") for name in (*globals(), *vars(test_invariant_02))]
    assert [number for number in range(1, 13) if not any(f"invariant{number:02}" in name for name in names)] == []
