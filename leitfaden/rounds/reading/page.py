"""What the page of a proposal shows to somebody. The number of queries does not grow with what there is to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitfaden.models import Document
from leitfaden.outline import Outline
from leitfaden.rounds.cards import carriers_of
from leitfaden.rounds.consensus import Consensus, consensus_of
from leitfaden.rounds.fitting import Fit, fit
from leitfaden.rounds.models import (
    Decision,
    Participant,
    Proposal,
    ProposalState,
    ProposalStep,
    ProposalVersion,
    ProposedChange,
    Remark,
)
from leitfaden.rounds.models.proposals import PUBLIC
from leitfaden.rounds.people import side_of
from leitfaden.rounds.permissions import conducts
from leitfaden.rounds.reading.finding import carriers_of_user
from leitfaden.rounds.reading.forms import RemarkForm
from leitfaden.rounds.reading.positions import Refused, closes_at, may_confirm, own_positions, positions_on
from leitfaden.rounds.reading.wordings import chosen_pair, compare_wordings, readable_wordings
from leitfaden.rounds.showing import ShownChange, show
from leitfaden.rounds.similar import rivals
from leitfaden.rounds.states import TRANSITIONS, Side, out_of_phase, status
from leitfaden.rounds.voting import fast_lane_ends, has_passed
from leitfaden.trees import Tree, load_tree
from vielfalt.listings.permissions import in_network

OTHER_STEPS = {"concern": gettext_lazy("Es gibt Bedenken: Der Vorschlag gilt nicht mehr als nur sprachlich")}
"""Steps that no move makes."""


@dataclass
class Reader:
    """Who looks at a proposal."""

    user: Any
    led: list[Participant]
    """The carriers of the round in whose name they speak."""
    worked_for: list[Participant]
    conducts: bool
    is_network: bool

    @classmethod
    def of(cls, user: Any, proposal: Proposal) -> "Reader":
        led, worked_for = carriers_of_user(proposal.round, user)
        return cls(user, led, worked_for, conducts(user), in_network(user))

    def is_inside(self, proposal: Proposal) -> bool:
        """Whether they read what is between a carrier and the staff."""
        return self.conducts or proposal.participant in self.worked_for


def page_of(proposal: Proposal, reader: Reader, query: Any, refused: Refused | None = None) -> dict[str, Any]:
    """Return everything that ``templates/rounds/reading/proposal.html`` needs, but for the remarks."""
    round_, user, is_inside = proposal.round, reader.user, reader.is_inside(proposal)
    tree = load_tree(round_.base)
    wording = proposal.current or proposal.versions.first()
    changes = _changes(wording)
    shown = show(changes, tree, user)
    decisions = _decisions(proposal)
    wordings = readable_wordings(proposal, is_inside=is_inside)
    pair = chosen_pair(wordings, query.get("fassung"), query.get("mit"))
    return {
        "proposal": proposal,
        "round": round_,
        "wording": wording,
        "status": status(proposal),
        "carriers": carriers_of(proposal),
        "author": proposal.author if proposal.names_author or is_inside else None,
        "is_inside": is_inside,
        "changes": [(one, decisions.get(one.change.pk)) for one in shown],
        "recommendation": getattr(proposal.current, "recommendation", None),
        "consensus": _consensus(proposal, decisions),
        "is_decided": bool(decisions),
        "fast_lane_ends": fast_lane_ends(proposal),
        "has_passed": has_passed(proposal),
        "fit": _fit(proposal, changes, tree) if is_inside or reader.is_network else None,
        "rivals": _rivals(proposal, shown, user),
        "relatives": _relatives(proposal, user),
        "positions": positions_on(proposal, user),
        "own": own_positions(proposal, reader.led, refused),
        "may_confirm": may_confirm(proposal),
        "closes_at": closes_at(proposal),
        "wordings": wordings,
        "comparison": compare_wordings(*pair, tree, user) if pair else None,
        "steps": _steps(proposal) if is_inside else [],
        "moves": _moves(proposal, reader),
    }


def _changes(wording: ProposalVersion | None) -> Sequence[ProposedChange]:
    return list(wording.changes.all()) if wording else []


def _decisions(proposal: Proposal) -> dict[int, Decision]:
    """What was decided, by the key of the change."""
    if proposal.state not in (ProposalState.DECIDED, ProposalState.CARRIED):
        return {}
    rows = Decision.objects.filter(change__version=proposal.current_id)
    return {one.change_id: one for one in rows.select_related("settled_by__version__proposal")}


def _consensus(proposal: Proposal, decisions: dict[int, Decision]) -> Consensus | None:
    """How carriers stand; what is decided keeps what was true at that moment."""
    if decisions:
        return Consensus(**next(iter(decisions.values())).consensus)
    if proposal.state not in PUBLIC or proposal.state == ProposalState.MERGED:
        return None
    return consensus_of(proposal.round, [proposal])[proposal.pk]


def _fit(proposal: Proposal, changes: Sequence[ProposedChange], tree: Tree) -> Fit | None:
    """How a proposal that is still open fits the text as it is now."""
    if not proposal.is_open or not changes:
        return None
    document: Document = proposal.round.document
    base = Outline(tree)
    if document.head_id == proposal.round.base_id:
        return fit(changes, base, base)
    return fit(changes, base, Outline(load_tree(document.head)))


@dataclass(frozen=True)
class Rivals:
    """Other proposals for a passage that this one changes, too."""

    shown_name: str
    anchor: str
    proposals: list[Proposal]


def _rivals(proposal: Proposal, shown: Sequence[ShownChange], user: Any) -> list[Rivals]:
    """The passages for which other proposals compete with this one. Two queries."""
    if proposal.state != ProposalState.ADMITTED:
        return []
    others = Proposal.objects.visible_to(user).filter(round=proposal.round).admitted().exclude(pk=proposal.pk)
    by_passage = rivals(others, [one.change for one in shown])
    return [
        Rivals(one.name, one.anchor, by_passage[one.change.block_id])
        for one in shown
        if one.change.block_id in by_passage
    ]


def _relatives(proposal: Proposal, user: Any) -> list[tuple[str, Proposal]]:
    """The same proposal in other rounds, as far as one may read it. One query."""
    visible = Proposal.objects.visible_to(user).select_related("round")
    found = list(visible.filter(pk=proposal.origin_id or 0) | visible.filter(origin=proposal))
    return [
        (_("Aus der Runde davor") if one.pk == proposal.origin_id else _("Weiter in der nächsten Runde"), one)
        for one in found
    ]


def _steps(proposal: Proposal) -> list[tuple[ProposalStep, str, str]]:
    """The moves with what was done, and who: a side, never a person."""
    sides = {Side.STAFF: str(Side.STAFF.label), Side.CARRIER: proposal.participant.name}
    found = []
    for step in proposal.steps.order_by("-pk"):
        move = TRANSITIONS.get(step.action)
        label = move.label if move else OTHER_STEPS.get(step.action, step.action)
        side = sides.get(move.side, "") if move else str(_("Träger"))
        found.append((step, str(label), side))
    return found


@dataclass(frozen=True)
class Move:
    """What the reader may do with a proposal of an own carrier, and where."""

    label: str
    url: str
    needs_post: bool = False


_PAGES = {
    "confirm": ("bestaetigen", gettext_lazy("Bestätigen")),
    "answer": ("antworten", gettext_lazy("Rückfrage beantworten")),
    "withdraw": ("zurueckziehen", gettext_lazy("Zurückziehen")),
}
_REWORDING = ("revise", "reword")


def _moves(proposal: Proposal, reader: Reader) -> list[Move]:
    """What people of the carrier can do now. What a manager has to do comes first."""
    if proposal.participant not in reader.worked_for:
        return []
    if proposal.state == ProposalState.DRAFT:
        return [Move(_("Weiterschreiben"), reverse("rounds:draft", args=[proposal.pk]))]
    open_now = [
        name
        for name, move in TRANSITIONS.items()
        if move.side == Side.CARRIER and proposal.state in move.sources and not out_of_phase(proposal, move)
    ]
    speaks = proposal.participant in reader.led
    found = [
        Move(str(label), reverse("rounds:own_move", args=[proposal.pk, word]))
        for name, (word, label) in _PAGES.items()
        if name in open_now and speaks
    ]
    if any(name in open_now for name in _REWORDING):
        found.insert(-1, Move(_("Überarbeiten"), reverse("rounds:reopen", args=[proposal.pk]), needs_post=True))
    return found


@dataclass(frozen=True)
class Said:
    """A remark, and from whom it comes as the reader may know it."""

    remark: Remark
    who: str


def remarks_on(proposal: Proposal, reader: Reader) -> list[Said]:
    """Return what people said, in the order in which they did. One query."""
    visible = Remark.objects.visible_to(reader.user).filter(proposal=proposal)
    return [Said(one, _who(one, reader)) for one in visible.select_related("participant", "author", "version")]


def _who(remark: Remark, reader: Reader) -> str:
    """Persons are named to their own team and to the staff only."""
    side = side_of(remark)
    is_known = reader.conducts or remark.author_id == reader.user.pk or remark.participant in reader.worked_for
    return f"{remark.author}, {side}" if is_known and str(remark.author) != side else side


def remark_form(reader: Reader, data: Any = None) -> RemarkForm | None:
    """Return the form for a remark, for those who may write one."""
    if not (reader.conducts or reader.is_network):
        return None
    return RemarkForm(data, participants=reader.worked_for, conducts=reader.conducts)
