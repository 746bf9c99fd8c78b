"""How a proposal moves: its states, whose turn it is in each, who may do what in which phase, and whom it tells.

``docs/proposal-states.md`` is drawn from these tables (``manage.py draw_proposal_states``).
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitfaden.rounds.models import Phase, Proposal, ProposalState
from leitfaden.rounds.permissions import conducts, speaks_for


class Side(models.TextChoices):
    """Who acts, or has to."""

    CARRIER = "traeger", gettext_lazy("Leitung des Trägers")
    STAFF = "redaktion", gettext_lazy("Redaktion")
    EVERYBODY = "alle", gettext_lazy("alle beteiligten Träger")
    NOBODY = "niemand", gettext_lazy("niemand mehr")


OWNERS = {
    ProposalState.DRAFT: Side.CARRIER,
    ProposalState.UNCONFIRMED: Side.CARRIER,
    ProposalState.SUBMITTED: Side.STAFF,
    ProposalState.QUESTION: Side.CARRIER,
    ProposalState.ADMITTED: Side.EVERYBODY,
    ProposalState.REFUSED: Side.NOBODY,
    ProposalState.MERGED: Side.NOBODY,
    ProposalState.WITHDRAWN: Side.NOBODY,
    ProposalState.DECIDED: Side.NOBODY,
    ProposalState.CARRIED: Side.NOBODY,
}
"""Whose turn it is."""

STATUS = {
    Phase.DISCUSS: gettext_lazy("In Diskussion"),
    Phase.VOTE: gettext_lazy("In Abstimmung"),
    Phase.CONSOLIDATE: gettext_lazy("Wird entschieden"),
}
"""What an admitted proposal is called once its round has gone on."""

PROPOSING = (Phase.COLLECT,)
IMPROVING = (Phase.COLLECT, Phase.DISCUSS)
UNDECIDED = (Phase.COLLECT, Phase.DISCUSS, Phase.VOTE, Phase.CONSOLIDATE)
DECIDING = (Phase.CONSOLIDATE,)


class Told(models.TextChoices):
    """Who gets a mail about a move."""

    TEAM = "team", gettext_lazy("Team des Trägers")
    LEADS = "leitung", gettext_lazy("Leitung des Trägers")
    STAFF = "redaktion", gettext_lazy("Redaktion, einmal am Tag")
    VOTERS = "positionen", gettext_lazy("Träger, die eine Position abgegeben haben")
    NOBODY = "niemand", gettext_lazy("niemand")


@dataclass(frozen=True)
class Transition:
    """One thing that somebody may do with a proposal."""

    action: str
    label: Any
    sources: tuple[ProposalState, ...]
    target: ProposalState
    side: Side
    phases: tuple[Phase, ...]
    needs_reason: bool = False
    tells: Told = Told.NOBODY


_UNDECIDED = (ProposalState.UNCONFIRMED, ProposalState.SUBMITTED, ProposalState.QUESTION, ProposalState.ADMITTED)

TRANSITIONS = {
    transition.action: transition
    for transition in (
        Transition(
            "submit",
            gettext_lazy("Eingereicht"),
            (ProposalState.DRAFT,),
            ProposalState.SUBMITTED,
            Side.CARRIER,
            PROPOSING,
            tells=Told.STAFF,
        ),
        Transition(
            "enter",
            gettext_lazy("Im Auftrag eingetragen"),
            (ProposalState.DRAFT,),
            ProposalState.UNCONFIRMED,
            Side.STAFF,
            IMPROVING,
            tells=Told.LEADS,
        ),
        Transition(
            "confirm",
            gettext_lazy("Bestätigt"),
            (ProposalState.UNCONFIRMED,),
            ProposalState.SUBMITTED,
            Side.CARRIER,
            IMPROVING,
            tells=Told.STAFF,
        ),
        Transition(
            "ask",
            gettext_lazy("Rückfrage gestellt"),
            (ProposalState.SUBMITTED,),
            ProposalState.QUESTION,
            Side.STAFF,
            IMPROVING,
            needs_reason=True,
            tells=Told.TEAM,
        ),
        Transition(
            "answer",
            gettext_lazy("Rückfrage beantwortet"),
            (ProposalState.QUESTION,),
            ProposalState.SUBMITTED,
            Side.CARRIER,
            IMPROVING,
            needs_reason=True,
            tells=Told.STAFF,
        ),
        Transition(
            "revise",
            gettext_lazy("Neue Fassung eingereicht"),
            (ProposalState.SUBMITTED, ProposalState.QUESTION),
            ProposalState.SUBMITTED,
            Side.CARRIER,
            IMPROVING,
            tells=Told.STAFF,
        ),
        Transition(
            "reword",
            gettext_lazy("Neue Fassung zur Diskussion gestellt"),
            (ProposalState.ADMITTED,),
            ProposalState.ADMITTED,
            Side.CARRIER,
            IMPROVING,
            tells=Told.VOTERS,
        ),
        Transition(
            "admit",
            gettext_lazy("Zugelassen"),
            (ProposalState.SUBMITTED,),
            ProposalState.ADMITTED,
            Side.STAFF,
            IMPROVING,
            tells=Told.TEAM,
        ),
        Transition(
            "refuse",
            gettext_lazy("Nicht zugelassen"),
            (ProposalState.SUBMITTED, ProposalState.QUESTION),
            ProposalState.REFUSED,
            Side.STAFF,
            IMPROVING,
            needs_reason=True,
            tells=Told.TEAM,
        ),
        Transition(
            "merge",
            gettext_lazy("Mit einem anderen Vorschlag zusammengeführt"),
            (ProposalState.SUBMITTED, ProposalState.ADMITTED),
            ProposalState.MERGED,
            Side.STAFF,
            IMPROVING,
            needs_reason=True,
            tells=Told.TEAM,
        ),
        Transition(
            "part",
            gettext_lazy("Wieder eigenständig"),
            (ProposalState.MERGED,),
            ProposalState.SUBMITTED,
            Side.STAFF,
            UNDECIDED,
            needs_reason=True,
            tells=Told.TEAM,
        ),
        Transition(
            "withdraw",
            gettext_lazy("Zurückgezogen"),
            _UNDECIDED,
            ProposalState.WITHDRAWN,
            Side.CARRIER,
            UNDECIDED,
        ),
        Transition(
            "decide",
            gettext_lazy("Entschieden"),
            (ProposalState.ADMITTED,),
            ProposalState.DECIDED,
            Side.STAFF,
            DECIDING,
            tells=Told.TEAM,
        ),
        Transition(
            "carry",
            gettext_lazy("In die nächste Runde mitgenommen"),
            _UNDECIDED,
            ProposalState.CARRIED,
            Side.STAFF,
            DECIDING,
            tells=Told.TEAM,
        ),
    )
}

BY_CONSOLIDATING = ("decide", "carry")
"""Moves that only consolidating a round makes; nobody does them one by one."""

BY_ITSELF = (*BY_CONSOLIDATING, "part")
"""Moves that follow from something else: a proposal goes on alone when the one it was merged into is given up."""


def status(proposal: Proposal) -> str:
    """Return where a proposal stands in words, as the clock has it: "In Diskussion"."""
    if proposal.state == ProposalState.ADMITTED and proposal.round.phase in STATUS:
        return str(STATUS[proposal.round.phase])
    return str(proposal.get_state_display())


def why_not(proposal: Proposal, action: str, *, by: Any) -> str:
    """Return why ``by`` may not do this now, as a sentence for the screen; empty when they may."""
    transition = TRANSITIONS[action]
    if proposal.state not in transition.sources:
        return _("Das geht nicht mehr: Der Vorschlag ist inzwischen „{state}“.").format(state=status(proposal))
    if transition.side == Side.STAFF and not conducts(by):
        return _("Das macht die Redaktion des Leitfadens.")
    if action == "enter" and proposal.entered_by_id is None:
        return _("Diesen Entwurf schreibt der Träger selbst; nur er kann ihn einreichen.")
    if transition.side == Side.CARRIER and not speaks_for(by, proposal.participant):
        return _("Das kann nur die Leitung des Trägers, von dem der Vorschlag kommt.")
    return out_of_phase(proposal, transition)


def out_of_phase(proposal: Proposal, transition: Transition) -> str:
    """Return why a move is not possible at this moment of the round; empty when it is."""
    phase = proposal.round.phase
    if phase in transition.phases:
        return ""
    if phase in (Phase.CONCLUDED, Phase.CANCELLED):
        return _("Diese Runde ist beendet.")
    if phase in (Phase.PLANNED, Phase.WAITING):
        return _("Diese Runde hat noch nicht begonnen.")
    if transition.phases == DECIDING:
        return _("Das geht erst, wenn die Abstimmung zu Ende ist.")
    return _("Dafür ist die Frist vorbei. Was Sie geschrieben haben, bleibt als Entwurf erhalten.")


def allowed(proposal: Proposal, *, by: Any) -> list[str]:
    """Return the actions that ``by`` may take now."""
    return [action for action in TRANSITIONS if action not in BY_ITSELF and not why_not(proposal, action, by=by)]


def document() -> str:
    """Return the page of the documentation that shows the states, with a diagram and a table of all moves."""
    lines = [
        "# The states of a proposal",
        "",
        "Drawn from `leitfaden/rounds/states.py` by `manage.py draw_proposal_states`; do not edit.",
        "",
        "An admitted proposal is called by the phase of its round: "
        + ", ".join(f"„{name}“ ({phase.label})" for phase, name in STATUS.items())
        + ".",
        "",
        "```mermaid",
        "stateDiagram-v2",
        f"    [*] --> {ProposalState.DRAFT.name}",
    ]
    lines += [f"    {state.name} : {state.label}<br/>({OWNERS[state].label})" for state in ProposalState]
    lines += [
        f"    {source.name} --> {transition.target.name} : {transition.label}"
        for transition in TRANSITIONS.values()
        for source in transition.sources
    ]
    lines += [f"    {state.name} --> [*]" for state in ProposalState if OWNERS[state] == Side.NOBODY]
    lines += [
        "```",
        "",
        "| move | from | to | who | in which phases | reason | mail to |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {move.label} | {', '.join(str(source.label) for source in move.sources)} | {move.target.label} "
        f"| {move.side.label} | {', '.join(str(phase.label) for phase in move.phases)} "
        f"| {'ja' if move.needs_reason else '–'} | {move.tells.label} |"
        for move in TRANSITIONS.values()
    ]
    return "\n".join([*lines, ""])
