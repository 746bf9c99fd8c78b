"""Moves proposals from state to state: checks, writes the step down, and tells people."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from leitfaden.rounds import emails
from leitfaden.rounds.models import Proposal, ProposalStep, ProposalVersion, Round
from leitfaden.rounds.models.proposals import LONGEST_REASON
from leitfaden.rounds.states import TRANSITIONS, why_not
from vielfalt.accounts.models import User


class NotNowError(PermissionDenied):
    """Somebody may not do this, or not any more; the message says why and can be shown."""


class NewWordingError(NotNowError):
    """The proposal was reworded after the author opened the page."""


def require_seen(proposal: Proposal, seen: ProposalVersion | None) -> None:
    """Raise ``NewWordingError`` unless ``seen`` is the present wording of a locked proposal; ``None`` is any."""
    if seen is not None and proposal.current != seen:
        raise NewWordingError(_("Der Vorschlag hat inzwischen eine neue Fassung. Bitte lesen Sie sie zuerst."))


def locked(proposal: Proposal) -> Proposal:
    """Return the proposal as it is now, for this transaction alone."""
    # What is joined while one waits is what was there before: the wording of then, the times of then.
    Proposal.objects.select_for_update().only("pk").get(pk=proposal.pk)
    return Proposal.objects.select_related("round", "participant", "current").get(pk=proposal.pk)


def locked_round(round_: Round) -> Round:
    """Return the round as it is now; what decides about it waits for this transaction."""
    return (
        Round.objects.select_for_update(of=("self",), no_key=True).select_related("document", "base").get(pk=round_.pk)
    )


def require(proposal: Proposal, action: str, *, by: User) -> None:
    """Raise ``NotNowError`` with a sentence unless ``by`` may do this now."""
    if reason := why_not(proposal, action, by=by):
        raise NotNowError(reason)


def move(proposal: Proposal, action: str, *, by: User, reason: str = "", **values: Any) -> ProposalStep:
    """Move a locked proposal whose move was checked; ``values`` are further fields that change with it."""
    transition = TRANSITIONS[action]
    reason = clean_reason(reason, needed=transition.needs_reason)
    proposal.state = transition.target
    for name, value in values.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=["state", "updated_at", *values])
    step = ProposalStep.objects.create(proposal=proposal, action=action, reason=reason, by=by)
    emails.tell_of_move(step)
    return step


def part_merged(proposal: Proposal, reason: str) -> None:
    """Let go on alone what was merged into a proposal that is given up: its carriers did not give up theirs."""
    for one in Proposal.objects.filter(merged_into=proposal).order_by("pk"):
        own = locked(one)
        merging = own.steps.filter(action="merge").last()
        assert merging is not None  # noqa: S101 - nothing else merges
        # Who merged them is named, not who gave up the other one: that is another carrier's business.
        move(own, "part", by=merging.by, reason=reason, merged_into=None)


def clean_reason(text: str, *, needed: bool = True) -> str:
    """Return a reason without what nobody sees; raise ``ValidationError`` where one is needed or it is too long."""
    text = "\n".join(line.rstrip() for line in text.replace("\x00", "").splitlines()).strip()
    if needed and not text:
        raise ValidationError(_("Bitte schreiben Sie eine Begründung."), code="no_reason")
    if len(text) > LONGEST_REASON:
        raise ValidationError(
            _("Dieser Text ist zu lang ({length} Zeichen). Erlaubt sind {most}.").format(
                length=len(text), most=LONGEST_REASON
            ),
            code="too_long",
        )
    return text
