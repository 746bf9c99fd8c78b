"""Takes what is left of a round into the next one."""

from django.db.models import Q, QuerySet

from leitfaden.rounds.fitting import Fit, fit
from leitfaden.rounds.models import (
    OPEN,
    Participant,
    Proposal,
    ProposalState,
    ProposalStep,
    ProposalVersion,
    ProposedChange,
    Round,
    RoundState,
)
from leitfaden.rounds.proposing import draft_of
from leitfaden.rounds.scope import Scope
from vielfalt.accounts.models import User

_ENDED = (RoundState.CONCLUDED, RoundState.CANCELLED)


def bring_along(round_: Round, *, by: User) -> list[Proposal]:
    """Continue proposals that were carried over or whose round was cancelled, and move drafts.

    Only carriers that take part again come along, with what is open this time; all else waits for a further
    round. What still fits the text awaits admission, or the carrier's confirmation if that is what it awaited
    before; what does not is a draft again, which its carrier has to look at. What was merged into a proposal
    goes with it. Positions are never carried: everybody is asked anew.
    """
    again = {(one.content_type_id, one.object_id): one for one in round_.participants.all()}
    scope = Scope(round_)
    left, drafts = awaiting(round_)
    found = []
    for proposal in left.select_related("participant", "current").order_by("pk"):
        participant = again.get((proposal.participant.content_type_id, proposal.participant.object_id))
        if participant and scope.opens(_changes(proposal.current)):
            found.append(_continue(proposal, participant, scope, by))
    # Somebody may be writing at a draft, or discarding it.
    for draft in drafts.select_for_update(of=("self",)).select_related("participant").order_by("pk"):
        participant = again.get((draft.participant.content_type_id, draft.participant.object_id))
        if participant:
            draft.round, draft.participant = round_, participant
            draft.save(update_fields=["round", "participant", "updated_at"])
    return found


def awaiting(round_: Round) -> tuple[QuerySet[Proposal], QuerySet[Proposal]]:
    """Return the proposals and the drafts of earlier rounds that wait for this one, whoever's they are."""
    earlier = Proposal.objects.filter(round__document=round_.document_id, round__state__in=_ENDED)
    left = earlier.filter(Q(state=ProposalState.CARRIED) | Q(state__in=OPEN), continuation=None)
    return left, earlier.filter(state=ProposalState.DRAFT)


def _continue(proposal: Proposal, participant: Participant, scope: Scope, by: User) -> Proposal:
    current = proposal.current
    assert current is not None  # noqa: S101 - carried proposals had been submitted
    fits = fit(_changes(current), scope.outline, scope.outline) != Fit.CONFLICT
    awaits_carrier = _awaits_carrier(proposal)
    copy = Proposal.objects.create(
        round=scope.round,
        participant=participant,
        author=proposal.author,
        names_author=proposal.names_author,
        is_editorial=proposal.is_editorial,
        # A draft of what the carrier had confirmed is its own.
        entered_by=proposal.entered_by if fits or awaits_carrier else None,
        origin=proposal,
    )
    if fits:
        _submit(copy, current, ProposalState.UNCONFIRMED if awaits_carrier else ProposalState.SUBMITTED, by)
    written = draft_of(proposal)
    if written is not None:
        # Somebody was at another wording: they go on with it here.
        written.proposal, written.number = copy, 2 if fits else 1
        written.save(update_fields=["proposal", "number", "updated_at"])
    elif not fits:
        _copy_wording(current, copy)
    proposal.merged.update(merged_into=copy)
    return copy


def _awaits_carrier(proposal: Proposal) -> bool:
    """Whether the staff entered a proposal and its carrier never confirmed it."""
    steps = set(proposal.steps.values_list("action", flat=True))
    return "enter" in steps and "confirm" not in steps


def _submit(copy: Proposal, wording: ProposalVersion, state: ProposalState, by: User) -> None:
    version = _copy_wording(wording, copy)
    version.submitted_at, version.submitted_by = wording.submitted_at, wording.submitted_by
    version.save(update_fields=["submitted_at", "submitted_by"])
    copy.number = Proposal.objects.next_number(copy.round)
    copy.current, copy.state = version, state
    copy.save(update_fields=["number", "current", "state"])
    action = "enter" if state == ProposalState.UNCONFIRMED else "submit"
    ProposalStep.objects.create(proposal=copy, action=action, by=by)


def _copy_wording(wording: ProposalVersion, copy: Proposal) -> ProposalVersion:
    version = ProposalVersion.objects.create(proposal=copy, number=1, title=wording.title, reason=wording.reason)
    changes = _changes(wording)
    for change in changes:
        change.pk, change.version = None, version
        change._state.adding = True
    ProposedChange.objects.bulk_create(changes)
    return version


def _changes(wording: ProposalVersion | None) -> list[ProposedChange]:
    return list(wording.changes.select_related("seen")) if wording else []
