"""How carriers stand to a proposal: all that the reader may see, and the reader's own with its history."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from leitfaden.rounds.models import Participant, Position, Proposal, ProposalState, RoundState, Stance
from leitfaden.rounds.reading.forms import PositionForm
from leitfaden.rounds.voting import fast_lane_ends, takes_positions


@dataclass(frozen=True)
class Said:
    """What a carrier said at a time."""

    at: Any
    what: str
    reason: str
    by: Any
    wording: int


@dataclass
class Own:
    """How one carrier in whose name the reader speaks stands to the proposal, and its form."""

    participant: Participant
    position: Position | None
    """About the present wording."""
    earlier: Position | None
    """About a former wording, where there is none about the present one. It does not count any more."""
    history: list[Said] = field(default_factory=list)
    form: PositionForm | None = None
    """``None`` where nobody is asked now."""
    kept: PositionForm | None = None
    """What was typed and could not be taken, because it was too late."""

    @property
    def is_asked_again(self) -> bool:
        return self.position is None and self.earlier is not None

    @property
    def awaits_confirmation(self) -> bool:
        return self.position is not None and not self.position.is_confirmed


@dataclass(frozen=True)
class Refused:
    """A form that could not be taken, with what was typed."""

    form: PositionForm
    is_late: bool = False
    """Whether it cannot be sent again."""


def positions_on(proposal: Proposal, user: Any) -> list[Position]:
    """Return the single positions on the present wording that ``user`` may read, those that worry most first."""
    visible = Position.objects.visible_to(user).filter(version=proposal.current_id)
    found = list(visible.select_related("participant").order_by("participant__name"))
    order = [Stance.VETO, Stance.MAJOR, Stance.MINOR, Stance.AGREE, Stance.ABSTAIN]
    return sorted(found, key=lambda one: order.index(Stance(one.stance)))


def own_positions(proposal: Proposal, led: Sequence[Participant], refused: Refused | None) -> list[Own]:
    """Return what the reader's carriers have said and may say. At most two queries."""
    if not led or proposal.current is None:
        return []
    said: dict[int, list[Position]] = defaultdict(list)
    rows = Position.objects.filter(participant__in=led, version__proposal=proposal).select_related("version", "by")
    for position in rows.order_by("-version__number"):
        said[position.participant_id].append(position)
    history = _history([position for positions in said.values() for position in positions])
    is_open = takes_positions(proposal)
    return [_own(proposal, one, said[one.pk], history[one.pk], refused, is_open=is_open) for one in led]


def _own(
    proposal: Proposal,
    participant: Participant,
    said: list[Position],
    history: list[Said],
    refused: Refused | None,
    *,
    is_open: bool,
) -> Own:
    present = next((one for one in said if one.version_id == proposal.current_id), None)
    earlier = next((one for one in said if one.version_id != proposal.current_id), None) if present is None else None
    own = Own(participant, present, earlier, history)
    mine = refused if refused is not None and refused.form.participant == participant else None
    if mine is not None and (mine.is_late or not is_open):
        own.kept = mine.form
    elif mine is not None:
        own.form = mine.form
    elif is_open:
        own.form = form_for(proposal, participant, present)
    return own


def form_for(proposal: Proposal, participant: Participant, present: Position | None) -> PositionForm:
    """Return the form with what the carrier says now; what it said to a former wording is not filled in."""
    said = {"stance": present.stance, "reason": present.reason} if present else {}
    return PositionForm(participant=participant, initial={**said, "version": proposal.current_id})


def closes_at(proposal: Proposal) -> datetime:
    """Return until when carriers can change their positions, as things are now."""
    until = proposal.round.vote_until
    ends = fast_lane_ends(proposal)
    return min(ends, until) if ends else until


def may_confirm(proposal: Proposal) -> bool:
    """Whether what the staff entered on behalf of a carrier can still be confirmed."""
    return proposal.state == ProposalState.ADMITTED and proposal.round.state == RoundState.RUNNING


def _history(positions: list[Position]) -> dict[int, list[Said]]:
    """Return everything that carriers ever said, the latest first, by carrier."""
    if not positions:
        return defaultdict(list)
    wordings = {one.version_id: one.version.number for one in positions}
    events: Any = apps.get_model("rounds", "PositionEvent")
    found: dict[int, list[Said]] = defaultdict(list)
    rows = events.objects.filter(pgh_obj_id__in=[one.pk for one in positions]).select_related("by")
    for event in rows.order_by("-pgh_id"):
        said = Said(event.pgh_created_at, _what(event), event.reason, event.by, wordings[event.version_id])
        found[event.participant_id].append(said)
    return found


def _what(event: Any) -> str:
    stance = str(Stance(event.stance).label)
    if event.pgh_label == "delete":
        return _("Zurückgewiesen: {stance}").format(stance=stance)
    return stance if event.is_confirmed else _("Im Auftrag eingetragen: {stance}").format(stance=stance)
