"""Deciding a round: verdicts while the staff work at it, and then everything in one transaction, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitfaden.actions import HeadMovedError, Saving, write_revision
from leitfaden.changes import Conflict
from leitfaden.content import Content
from leitfaden.models import BlockVersion, Origin, Revision
from leitfaden.outline import Outline
from leitfaden.rounds import emails
from leitfaden.rounds.bench import Bench, Place, kind_of, load_bench
from leitfaden.rounds.consensus import consensus_of
from leitfaden.rounds.models import (
    OPEN,
    Decision,
    Outcome,
    Phase,
    Proposal,
    ProposalState,
    ProposedChange,
    Result,
    Round,
    RoundState,
    RoundStep,
    Verdict,
)
from leitfaden.rounds.models.decisions import TAKEN
from leitfaden.rounds.moves import NotNowError, clean_reason, locked_round, move
from leitfaden.rounds.permissions import require_conductor
from leitfaden.trees import Tree, load_tree
from leitfaden.writing import Writing, check_content
from vielfalt.accounts.models import User


class NotReadyError(ValidationError):
    """Something is missing to consolidate; the messages say what, ``places`` where, as far as that is known."""

    def __init__(self, sentences: Sequence[str], places: Sequence[Place] = ()) -> None:
        super().__init__(list(sentences))
        self.places = places


class DecidedMeanwhileError(NotNowError):
    """Somebody else of the staff has decided or confirmed something else since one opened the page."""


@dataclass
class Consolidated:
    """What became of a round."""

    revision: Revision
    decisions: list[Decision] = field(default_factory=list)
    decided: list[Proposal] = field(default_factory=list)
    carried: list[Proposal] = field(default_factory=list)
    text: Tree | None = None
    """What the text would be; only of a rehearsal, whose revision is gone again."""


@transaction.atomic
def judge(
    *,
    change: ProposedChange,
    outcome: Outcome,
    reason: str,
    settled_by: ProposedChange | None = None,
    seen: str | None = None,
    by: User,
) -> Verdict:
    """Say what is to become of a change, with the reason that everybody will read.

    ``seen`` is the mark of the verdict before one's eyes, empty where there was none; ``None`` overrules any.
    Raises ``DecidedMeanwhileError`` where a colleague has decided otherwise since.
    """
    round_ = _deciding(change.version.proposal.round, by)
    if not _is_to_decide(change, round_):
        raise NotNowError(_("Über diesen Vorschlag wird nicht mehr entschieden."))
    if outcome == Outcome.SETTLED:
        if settled_by is None or settled_by == change or not _is_to_decide(settled_by, round_):
            raise ValidationError(_("Bitte wählen Sie, durch welchen Vorschlag sich dieser erledigt."))
    else:
        settled_by = None
    values = {"outcome": outcome, "reason": clean_reason(reason), "settled_by": settled_by, "by": by}
    known = Verdict.objects.filter(change=change).select_related("by").first()
    if known is not None and seen not in (None, known.mark):
        if known.mark == Verdict(change=change, **values).mark:
            return known
        sentence = _("{person} hat hier inzwischen entschieden: {outcome}.")
        raise DecidedMeanwhileError(sentence.format(person=known.by, outcome=known.get_outcome_display()))
    verdict, _is_new = Verdict.objects.update_or_create(change=change, defaults=values)
    return verdict


def _is_to_decide(change: ProposedChange, round_: Round) -> bool:
    """Whether a change is of the present wording of a proposal that was admitted to the round."""
    proposal = Proposal.objects.get(pk=change.version.proposal_id)
    return (
        proposal.round_id == round_.pk
        and proposal.state == ProposalState.ADMITTED
        and proposal.current_id == change.version_id
    )


@transaction.atomic
def postpone_rest(*, round_: Round, reason: str, by: User) -> int:
    """Postpone every proposal for which nothing is intended yet; return how many."""
    bench = load_bench(_deciding(round_, by))
    judged = {one.proposal for one in bench.judged if one.outcome is not None}
    rest = [proposal for proposal in bench.proposals if proposal not in judged]
    for one in bench.judged:
        if one.proposal in rest:
            judge(change=one.change, outcome=Outcome.POSTPONED, reason=reason, by=by)
    return len(rest)


@transaction.atomic
def confirm_result(
    *, round_: Round, target: UUID, content: Content, basis: str, seen: str | None = None, by: User
) -> Result:
    """Confirm, as a person, what a passage is to say; ``basis`` is what stood before one's eyes.

    ``seen`` is the mark of the result that one saw confirmed, empty where there was none; ``None`` overrules any.
    Raises ``NotNowError`` where verdicts or the text have changed since, ``DecidedMeanwhileError`` where a
    colleague has confirmed another wording.
    """
    running = _deciding(round_, by)
    place = load_bench(running).by_target.get(target)
    if place is None or place.basis != basis:
        raise NotNowError(_("Inzwischen hat sich an diesem Absatz etwas geändert. Bitte sehen Sie ihn neu an."))
    check_content(kind_of(place), content)
    known = place.result
    if known is not None and seen not in (None, known.mark) and known.content != content:
        sentence = _("{person} hat inzwischen einen anderen Text bestätigt. Bitte vergleichen Sie.")
        raise DecidedMeanwhileError(sentence.format(person=known.by))
    values = {"title": content.title, "html": content.html, "fields": content.fields, "basis": basis, "by": by}
    result, _is_new = Result.objects.update_or_create(round=running, target=target, defaults=values)
    return result


class _Rehearsed(Exception):  # noqa: N818 - no error: what was tried out is taken back
    def __init__(self, consolidated: Consolidated) -> None:
        super().__init__(consolidated)
        self.consolidated = consolidated


def rehearse(*, round_: Round, head: Revision, by: User) -> Consolidated:
    """Consolidate and take it back: what would come of it, or the errors that ``consolidate`` would raise."""
    try:
        with transaction.atomic():
            done = consolidate(round_=round_, head=head, by=by)
            done.text = load_tree(done.revision)
            raise _Rehearsed(done)
    except _Rehearsed as rehearsed:
        return rehearsed.consolidated


@transaction.atomic
def consolidate(*, round_: Round, head: Revision, by: User) -> Consolidated:
    """Make the next revision of what was taken, write down all decisions, and carry over what is left.

    ``head`` is the text that ``by`` saw at the workbench. Raises ``NotReadyError`` with everything that
    is missing, and ``HeadMovedError`` where somebody has changed the text since. All or nothing.
    """
    running = _deciding(round_, by)
    # Positions that were taken in time and are being written now count; whoever is later waits and is refused.
    list(Proposal.objects.filter(round=running).open().order_by("pk").select_for_update(of=("self",)).values("pk"))
    bench = load_bench(running)
    if bench.head != head:
        raise HeadMovedError(base=head, theirs=bench.head, mine=[], conflicts=[])
    if bench.problems:
        raise NotReadyError(bench.problems)
    finals: dict[UUID, BlockVersion] = {}

    def put(outline: Outline, saving: Saving) -> None:
        if saving.parent != head:
            raise HeadMovedError(base=head, theirs=saving.parent, mine=[], conflicts=[])
        finals.clear()
        finals.update(_write(bench, outline, saving))

    note = _("Ergebnis der Runde {number}: {title}").format(number=running.number, title=running.title)
    revision = write_revision(document=running.document, base=head, put=put, origin=Origin.DECISION, note=note, by=by)
    done = Consolidated(revision)
    done.decisions = _decide(bench, finals, by)
    _move_proposals(running, bench, done, by)
    running.state = RoundState.CONCLUDED
    running.result, running.concluded_at = revision, timezone.now()
    running.save(update_fields=["state", "result", "concluded_at"])
    RoundStep.objects.create(round=running, text=_("Runde abgeschlossen"), by=by)
    emails.tell_of_decisions(running)
    return done


def _write(bench: Bench, outline: Outline, saving: Saving) -> dict[UUID, BlockVersion]:
    """Apply what was taken: wordings first, then new passages and moves, and removals last."""
    finals: dict[UUID, BlockVersion] = {}
    for place in bench.places:
        if place.present is not None and place.merged is not None and place.final is not None:
            finals[place.target] = _reword(place, place.present, saving)
            outline[place.target].version = finals[place.target]
    writing = Writing(outline, saving.new_version)
    for place, change in bench.changes():
        if isinstance(change, Conflict):
            raise NotReadyError([change.reason], [place])
        if change is None:
            continue
        writing.apply(change)
        if place.base is None:
            finals[place.target] = outline[place.target].version
    lost = [place for place in bench.places if place.target in finals and place.target not in outline]
    if lost:
        sentence = _("Vorschlag {number} ändert etwas in einem Abschnitt, der gestrichen werden soll.")
        raise NotReadyError([sentence.format(number=place.taken[0].proposal.number) for place in lost], lost)
    return finals


def _reword(place: Place, present: BlockVersion, saving: Saving) -> BlockVersion:
    """Return the new wording. What somebody wrote by hand stands as an edit of theirs upon what the portal merged."""
    merged, final = place.merged, place.final
    assert merged is not None  # noqa: S101 - asked before
    assert final is not None  # noqa: S101 - asked before
    version = present
    if merged.content != present.content:
        version = saving.new_version(block=place.target, content=merged.content, previous=present)
    if final != merged.content:
        version = saving.new_version(block=place.target, content=final, previous=version, origin=Origin.EDIT)
    return version


def _decide(bench: Bench, finals: dict[UUID, BlockVersion], by: User) -> list[Decision]:
    strength = consensus_of(bench.round, bench.proposals)
    return Decision.objects.bulk_create(
        Decision(
            change=one.change,
            outcome=_outcome(one.outcome),
            reason=one.reason,
            settled_by=one.verdict.settled_by if one.verdict else None,
            version=finals.get(place.target) if one.outcome in TAKEN and one.change.content is not None else None,
            consensus=strength[one.proposal.pk].as_json(),
            by=by,
        )
        for place in bench.places
        for one in place.judged
    )


def _outcome(outcome: Outcome | None) -> Outcome:
    assert outcome is not None  # noqa: S101 - the bench has no problems any more
    return outcome


def _move_proposals(round_: Round, bench: Bench, done: Consolidated, by: User) -> None:
    postponed = {one.proposal for one in bench.judged if one.outcome == Outcome.POSTPONED}
    # All of them were locked before the bench was loaded.
    left = Proposal.objects.filter(round=round_, state__in=OPEN).order_by("number")
    for own in left.select_related("round", "participant", "current"):
        if own.state == ProposalState.ADMITTED and own not in postponed:
            move(own, "decide", by=by)
            done.decided.append(own)
        else:
            reasons = [one.reason for one in bench.judged if one.proposal == own]
            move(own, "carry", by=by, reason=reasons[0] if reasons else "")
            done.carried.append(own)


def _deciding(round_: Round, by: User) -> Round:
    require_conductor(by)
    running = locked_round(round_)
    if reason := why_not(running):
        raise NotNowError(reason)
    return running


def why_not(round_: Round) -> str:
    """Return why nothing can be decided in a round at this moment, as a sentence; empty when it can."""
    match round_.phase:
        case Phase.CONSOLIDATE:
            return ""
        case Phase.CONCLUDED:
            return _("Diese Runde ist schon abgeschlossen.")
        case Phase.CANCELLED:
            return _("Diese Runde wurde abgebrochen.")
    return _("Entschieden wird, sobald die Abstimmung zu Ende ist.")
