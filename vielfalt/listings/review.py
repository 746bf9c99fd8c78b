"""How a change request moves: its states, who has to act in each, and what they may do.

``docs/review-states.md`` is drawn from these tables (``manage.py draw_review_states``).
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vielfalt.accounts.models import User
from vielfalt.listings.models.requests import ChangeRequest, RequestState
from vielfalt.listings.permissions import kinds_reviewed_by

REVIEW_PERMISSION = "listings.change_changerequest"


class Side(models.TextChoices):
    """Who has to act."""

    AUTHOR = "absender", gettext_lazy("Absender*in")
    REVIEWER = "redaktion", gettext_lazy("Redaktion")
    NOBODY = "niemand", gettext_lazy("niemand mehr")


OWNERS = {
    RequestState.UNCONFIRMED: Side.AUTHOR,
    RequestState.SUBMITTED: Side.REVIEWER,
    RequestState.QUESTION: Side.AUTHOR,
    RequestState.ACCEPTED: Side.NOBODY,
    RequestState.REJECTED: Side.NOBODY,
    RequestState.WITHDRAWN: Side.NOBODY,
}
"""Whose turn it is."""


@dataclass(frozen=True)
class Transition:
    """One thing that somebody may do with a request."""

    action: str
    label: str
    sources: tuple[RequestState, ...]
    target: RequestState
    side: Side
    needs_reason: bool = False


TRANSITIONS = {
    transition.action: transition
    for transition in (
        Transition(
            "confirm",
            gettext_lazy("Adresse bestätigt"),
            (RequestState.UNCONFIRMED,),
            RequestState.SUBMITTED,
            Side.AUTHOR,
        ),
        Transition(
            "ask",
            gettext_lazy("Rückfrage gestellt"),
            (RequestState.SUBMITTED,),
            RequestState.QUESTION,
            Side.REVIEWER,
            needs_reason=True,
        ),
        Transition(
            "answer",
            gettext_lazy("Rückfrage beantwortet"),
            (RequestState.QUESTION,),
            RequestState.SUBMITTED,
            Side.AUTHOR,
            needs_reason=True,
        ),
        Transition(
            "accept",
            gettext_lazy("Angenommen"),
            (RequestState.SUBMITTED, RequestState.QUESTION),
            RequestState.ACCEPTED,
            Side.REVIEWER,
        ),
        Transition(
            "reject",
            gettext_lazy("Abgelehnt"),
            (RequestState.SUBMITTED, RequestState.QUESTION),
            RequestState.REJECTED,
            Side.REVIEWER,
            needs_reason=True,
        ),
        Transition(
            "withdraw",
            gettext_lazy("Zurückgezogen"),
            (RequestState.SUBMITTED, RequestState.QUESTION),
            RequestState.WITHDRAWN,
            Side.AUTHOR,
        ),
    )
}


def why_not(request: ChangeRequest, action: str, *, by: User | None) -> str:
    """Return why ``by`` may not do this now, as a sentence for the screen; empty when they may.

    ``None`` is an author without an account, whom a signed link has let in.
    """
    transition = TRANSITIONS[action]
    if request.state not in transition.sources:
        return _("Das geht nicht mehr: Der Antrag ist inzwischen „{state}“.").format(state=request.get_state_display())
    if transition.side == Side.AUTHOR:
        return _no_author(request, by)
    if refusal := no_reviewer(request, by):
        return refusal
    if by is not None and request.is_by(by):
        return _("Über den eigenen Antrag entscheidet jemand anderes aus der Redaktion.")
    return ""


def no_reviewer(request: ChangeRequest, by: User | None) -> str:
    """Return why a request is not the business of ``by``, as a sentence; empty when it is."""
    if by is None or not by.is_staff or not by.has_perm(REVIEW_PERMISSION):
        return _("Darüber entscheidet die Redaktion.")
    if request.target_kind not in kinds_reviewed_by(by):
        return _("Über Einträge dieser Art entscheidet eine andere Redaktion.")
    return ""


def _no_author(request: ChangeRequest, by: User | None) -> str:
    wrote_it = not request.author_id if by is None else request.is_by(by)
    return "" if wrote_it else _("Das kann nur, wer den Antrag gestellt hat.")


def allowed(request: ChangeRequest, *, by: User | None) -> list[str]:
    """Return the actions that ``by`` may take now."""
    return [action for action in TRANSITIONS if not why_not(request, action, by=by)]


def document() -> str:
    """Return the page of the documentation that shows the states, with a diagram."""
    lines = [
        "# The states of a change request",
        "",
        "Drawn from `vielfalt/listings/review.py` by `manage.py draw_review_states`; do not edit.",
        "",
        "```mermaid",
        "stateDiagram-v2",
    ]
    lines += [f"    {state.name} : {state.label}<br/>({OWNERS[state].label})" for state in RequestState]
    lines += [
        f"    [*] --> {RequestState.UNCONFIRMED.name} : ohne Konto",
        f"    [*] --> {RequestState.SUBMITTED.name} : mit Konto",
    ]
    for transition in TRANSITIONS.values():
        reason = " (mit Begründung)" if transition.needs_reason else ""
        lines += [
            f"    {source.name} --> {transition.target.name} : {transition.label}{reason}"
            for source in transition.sources
        ]
    lines += [f"    {state.name} --> [*]" for state in RequestState if OWNERS[state] == Side.NOBODY]
    lines += ["```", "", "| state | on screen | whose turn |", "|---|---|---|"]
    lines += [f"| `{state.value}` | {state.label} | {OWNERS[state].label} |" for state in RequestState]
    return "\n".join([*lines, ""])
