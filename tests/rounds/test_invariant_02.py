"""Invariant 2: what was submitted, done and decided refuses UPDATE and DELETE in the database."""

import pytest
from django.db import connection

from leitfaden.changes import Edit
from leitfaden.rounds import deciding, planning, voting
from leitfaden.rounds.models import (
    Decision,
    Outcome,
    Participant,
    Phase,
    Proposal,
    ProposalState,
    ProposalStep,
    ProposalVersion,
    ProposedChange,
    Remark,
    Round,
    RoundBlock,
    RoundState,
    RoundStep,
)
from tests.leitfaden.texts import head, passage, save, text
from tests.rounds.refusing import refused
from tests.rounds.rounds import admitted, as_participant, carrier, draft, judge, let_it_be, position, reworded, times

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ended(cast):
    """A round that was cancelled, and after it a concluded one with everything in it."""
    cancelled = cast.begin_round()
    section = passage(cast.document, "Einführung").block
    planned = planning.save_round(
        document=cast.document,
        values={"title": "Offen", "about": "", "quorum": 1, **times()},
        organisations=[cast.hanau, cast.fulda],
        blocks=[section],
        by=cast.staff,
    )
    planning.cancel(round_=cancelled, reason="Zu viel auf einmal.", by=cast.staff)
    running = planning.start(round_=planned, by=cast.staff)
    proposal = admitted(running, cast.hanau, cast.alice, ("eins", "eins neu"), staff=cast.staff)
    reworded(proposal, "eins neu", "eins noch neuer", cast.alice)
    participant = as_participant(running, cast.fulda)
    voting.remark(proposal=proposal, text="Gut.", participant=participant, by=cast.bob)
    draft(running, cast.fulda, cast.bob, ("zwei", "zwei neu"))
    let_it_be(running, Phase.VOTE)
    position(proposal, cast.fulda, cast.bob)
    running = let_it_be(running, Phase.CONSOLIDATE)
    judge(proposal, cast.staff)
    deciding.consolidate(round_=running, head=head(cast.document), by=cast.staff)
    return cancelled.pk, running.pk


@pytest.fixture
def round_(ended):
    return Round.objects.get(pk=ended[0])


@pytest.fixture
def written(ended, db):
    return Round.objects.get(pk=ended[1])


class TestInvariant02:
    """What was submitted, done and decided refuses UPDATE and DELETE in the database."""

    @pytest.mark.parametrize(
        ("model", "values"),
        [
            (ProposalVersion, {"title": "anders"}),
            (ProposalVersion, {"reason": "anders"}),
            (ProposalVersion, {"submitted_at": None, "submitted_by": None}),
            (ProposalVersion, {"number": 9}),
            (ProposedChange, {"html": "<p>anders</p>"}),
            (ProposedChange, {"operation": "entfernen"}),
            (ProposedChange, {"position": 9}),
            (ProposalStep, {"action": "anders"}),
            (ProposalStep, {"reason": "anders"}),
            (RoundStep, {"text": "anders"}),
            (Remark, {"text": "anders"}),
            (Remark, {"is_internal": True}),
            (Decision, {"outcome": Outcome.POSTPONED, "version": None}),
            (Decision, {"reason": "anders"}),
            (Decision, {"consensus": {}}),
        ],
    )
    def test_rows_that_stay(self, written, model, values):
        # Also a draft is there, which may change: what is refused, is refused for the others.
        stays = {
            ProposalVersion: {"submitted_at__isnull": False},
            ProposedChange: {"version__submitted_at__isnull": False},
        }
        rows = model._base_manager.filter(**stays.get(model, {})).order_by("pk")
        before = list(rows.values())
        assert before
        assert refused(lambda: rows.order_by().update(**values))
        assert refused(lambda: rows.order_by()._raw_delete("default"))
        assert list(rows.values()) == before

    @pytest.mark.parametrize(
        ("table", "assignment"),
        [
            ("rounds_proposalversion", "reason = 'anders'"),
            ("rounds_proposedchange", "html = 'anders'"),
            ("rounds_proposalstep", "reason = 'anders'"),
            ("rounds_decision", "reason = 'anders'"),
            ("rounds_remark", "text = 'anders'"),
            ("rounds_roundstep", "text = 'anders'"),
            ("rounds_participant", "name = 'anders'"),
            ("rounds_roundblock", "id = id + 1000"),
            ("rounds_round", "quorum = 2"),
            ("rounds_round", "base_id = base_id + 1"),
            ("rounds_proposal", "number = number + 1000"),
        ],
    )
    def test_also_for_raw_sql(self, written, table, assignment):
        def run(statement):
            with connection.cursor() as cursor:
                cursor.execute(statement)

        assert refused(lambda: run(f"UPDATE {table} SET {assignment}"))  # noqa: S608 - both are written above
        assert refused(lambda: run(f"DELETE FROM {table}"))  # noqa: S608

    def test_a_submitted_wording_gets_no_further_change(self, written):
        change = ProposedChange.objects.filter(version__submitted_at__isnull=False).first()
        change.pk, change.position, change.block, change._state.adding = None, 9, None, True
        assert refused(change.save)
        ours = ProposedChange.objects.filter(version__submitted_at=None)
        theirs = ProposalVersion.objects.filter(submitted_at__isnull=False).first()
        assert refused(lambda: ours.update(version=theirs))

    @pytest.mark.parametrize(
        "values",
        [{"quorum": 2}, {"title": "anders"}, {"number": 9}, {"started_at": None}, {"state": RoundState.PLANNED}],
    )
    def test_a_started_round_keeps_its_rules(self, written, round_, values):
        for number in (written.number, round_.number):
            assert refused(lambda number=number: Round.objects.filter(number=number).update(**values))
            assert refused(lambda number=number: Round.objects.filter(number=number)._raw_delete("default"))

    def test_a_started_round_keeps_its_text(self, document, written, staff):
        save(document, Edit(passage(document, "zwei").version, text("zwei anders")), by=staff)
        assert refused(lambda: Round.objects.filter(pk=written.pk).update(base=head(document)))

    def test_a_started_round_keeps_its_participants_and_passages(self, document, written, hanau):
        kassel = carrier("Lotsen Kassel")
        one = Participant.objects.filter(round=written).first()
        for rows in (Participant.objects.filter(round=written), RoundBlock.objects.filter(round=written)):
            assert rows.count()
            assert refused(lambda rows=rows: rows.order_by()._raw_delete("default"))
        assert refused(lambda: Participant.objects.filter(pk=one.pk).update(name="anders"))
        assert refused(
            lambda: Participant.objects.create(
                round=written, content_type=one.content_type, object_id=kassel.pk, name=kassel.name
            )
        )
        assert refused(lambda: RoundBlock.objects.create(round=written, block=passage(document, "zwei").block))

    @pytest.mark.parametrize("state", [state for state in ProposalState if state != ProposalState.DECIDED])
    def test_what_is_decided_stays_decided(self, written, state):
        assert refused(lambda: Proposal.objects.filter(round=written, number=1).update(state=state))

    @pytest.mark.parametrize("name", ["round", "participant", "author", "number", "entered_by", "origin", "token"])
    def test_a_submitted_proposal_keeps_its_number_and_authors(self, written, round_, fulda, bob, name):
        values = {
            "round": round_,
            "participant": as_participant(written, fulda),
            "author": bob,
            "number": 7,
            "entered_by": bob,
            "origin": Proposal.objects.get(state=ProposalState.DRAFT),
            "token": "01234567-89ab-cdef-0123-456789abcdef",
        }
        assert refused(lambda: Proposal.objects.filter(number=1).update(**{name: values[name]}))
        assert refused(lambda: Proposal.objects.filter(number=1)._raw_delete("default"))
