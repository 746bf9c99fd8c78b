"""Decisions as the ledger shows them. It names carriers, never people."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leitfaden.rounds.consensus import Consensus
from leitfaden.rounds.models import Decision, Outcome, Participant, Proposal, ProposedChange, Round
from leitfaden.rounds.models.decisions import TAKEN
from leitfaden.rounds.showing import ShownChange
from leitfaden.trees import Node, load_tree


@dataclass(frozen=True)
class Entry:
    """What became of a change, through whom, and why."""

    decision: Decision
    shown: ShownChange
    order: int
    """Where it stands among all others, in the order of the text."""

    @property
    def change(self) -> ProposedChange:
        return self.decision.change

    @property
    def proposal(self) -> Proposal:
        proposal: Proposal = self.change.version.proposal
        return proposal

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.decision.outcome)

    @property
    def is_taken(self) -> bool:
        return self.outcome in TAKEN

    @property
    def participants(self) -> list[Participant]:
        """The carriers from which it comes, also those whose proposals were merged into it."""
        found = [self.proposal.participant, *(one.participant for one in self.proposal.merged.all())]
        return list({one.name: one for one in found}.values())

    @property
    def consensus(self) -> Consensus:
        """How carriers stood at that moment."""
        return Consensus(**self.decision.consensus)

    @property
    def chapter(self) -> Node | None:
        """The module or chapter in which the passage is; ``None`` before the first one."""
        own = self.shown.node
        top = next(iter([*self.shown.path, *([own] if own else [])]), None)
        return top if top is not None and top.is_heading else None


def entries_of(rounds: Sequence[Round], user: Any) -> list[Entry]:
    """Return all decisions of some rounds in the order of the text. Only more rounds take more queries."""
    visible = Proposal.objects.visible_to(user).filter(round__in=rounds)
    decisions = (
        Decision.objects.filter(change__version__proposal__in=visible.order_by().values("pk"))
        .select_related(
            "change__block",
            "change__seen",
            "change__version__proposal__participant",
            "change__version__proposal__round",
            "settled_by__version__proposal",
        )
        .defer("change__seen__search", "change__seen__match_key", "change__version__search")
        .prefetch_related("change__version__proposal__merged__participant")
    )
    trees = {round_.pk: load_tree(round_.base) for round_ in rounds}
    order = {key: {node.id: at for at, node in enumerate(tree.walk())} for key, tree in trees.items()}
    found = []
    for one in decisions:
        key = one.change.version.proposal.round_id
        at = order[key].get(one.change.shown_at, len(order[key]))
        found.append(Entry(one, ShownChange(one.change, trees[key]), at))
    found.sort(key=lambda entry: (entry.order, entry.proposal.round_id, entry.proposal.number or 0))
    return found


def by_carrier(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    """Return the names of all carriers with the number of changes that come from them."""
    number = Counter(one.name for entry in entries for one in entry.participants)
    return sorted(number.items())
