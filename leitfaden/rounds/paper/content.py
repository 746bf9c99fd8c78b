"""What stands on the paper of a round: the passages in question, what is proposed for them, and room to answer.

A paper goes from hand to hand, so whoever asks for it, it says what everybody may read.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from leitfaden.rounds.cards import Card, cards_of, with_authors
from leitfaden.rounds.consensus import Consensus
from leitfaden.rounds.models import Decision, Operation, Phase, Proposal, ProposalState, Round, Stance
from leitfaden.rounds.models.positions import MOST_RESISTANCE
from leitfaden.rounds.reading.stages import Stage, stages
from leitfaden.rounds.scope import Scope
from leitfaden.rounds.showing import ShownChange, heading_of
from leitfaden.rounds.voting import disputed
from leitfaden.trees import Node, Tree
from vielfalt.operators.models import Operator, Strand

BEFORE = (Phase.PLANNED, Phase.WAITING, Phase.COLLECT)
"""While anything can still be proposed, all that is open is printed; later, what something is proposed for."""

ASKING = (*BEFORE, Phase.DISCUSS, Phase.VOTE)
SHOWN = (ProposalState.ADMITTED, ProposalState.DECIDED, ProposalState.CARRIED)
"""What was merged into another stands there, with its carrier."""

EVERYBODY = AnonymousUser()
DEEPEST = 6


@dataclass(frozen=True)
class Printed:
    """A proposal on paper."""

    card: Card
    decisions: dict[int, Decision]
    level: int
    """Of its heading."""

    @property
    def proposal(self) -> Proposal:
        return self.card.proposal

    @property
    def anchor(self) -> str:
        return f"vorschlag-{self.proposal.number}"

    @property
    def changes(self) -> list[tuple[ShownChange, Decision | None]]:
        return [(shown, self.decisions.get(shown.change.pk)) for shown in self.card.changes]

    @property
    def consensus(self) -> Consensus | None:
        """How carriers stand; what is decided keeps what was true at that moment."""
        if self.decisions:
            return Consensus(**next(iter(self.decisions.values())).consensus)
        return self.card.consensus

    @property
    def recommendation(self) -> object:
        return getattr(self.proposal.current, "recommendation", None)


@dataclass
class Spot:
    """A passage on paper, with what is proposed for it."""

    node: Node
    is_asked: bool
    """Whether it stands there for itself; otherwise it is the heading of such a passage."""
    proposals: list[Printed] = field(default_factory=list)
    elsewhere: list[Proposal] = field(default_factory=list)
    """Proposals that are printed with another passage and change this one, too."""
    rivals: list[Proposal] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return heading_of(self.node)

    @property
    def level(self) -> int:
        """Of its heading."""
        return _level(self.node)


def _level(node: Node) -> int:
    return min(len(node.path) + 2, DEEPEST)


@dataclass(frozen=True)
class Paper:
    """The paper of a round as it is at a moment, or the part of it about one chapter."""

    round: Round
    on: date
    chapter: Node | None = None
    scope: Scope = field(kw_only=True)

    @property
    def tree(self) -> Tree:
        return self.scope.tree

    @property
    def title(self) -> str:
        """The title of the document; tells of which day it is."""
        about = f", {self.part}" if self.chapter else ""
        return _("{round}{about}: Arbeitspapier").format(round=self.round.title, about=about)

    @property
    def chapters(self) -> list[tuple[str, str]]:
        """What of the text can be printed by itself."""
        open_ = [one for one in self.tree.chapters if any(self.scope.is_open(node.id) for node in one.walk())]
        return [(one.anchor, heading_of(one)) for one in open_]

    @property
    def address(self) -> str:
        return f"{settings.PORTAL_URL}{self.round.get_absolute_url()}"

    @property
    def part(self) -> str:
        """What the chapter is called, if it is about one only."""
        return heading_of(self.chapter) if self.chapter else ""

    @property
    def stages(self) -> list[Stage]:
        return stages(self.round)

    @cached_property
    def phase(self) -> Phase:
        return self.round.phase

    @property
    def is_collecting(self) -> bool:
        return self.phase in BEFORE

    @property
    def is_asking(self) -> bool:
        """Whether carriers can still say what they think of a proposal."""
        return self.phase in ASKING

    @cached_property
    def operators(self) -> list[Operator]:
        """Where the paper is handed in."""
        return list(Operator.objects.running(Strand.LEITFADEN))

    @cached_property
    def entitled(self) -> int:
        return self.round.participants.count()

    @property
    def stances(self) -> list[str]:
        return [str(label) for label in Stance.labels]

    @property
    def scale(self) -> range:
        return range(MOST_RESISTANCE + 1)

    @cached_property
    def cards(self) -> list[Card]:
        visible = Proposal.objects.public().filter(round=self.round, state__in=SHOWN)
        return cards_of(self.round, list(with_authors(visible).order_by("number")), self.tree, EVERYBODY)

    @cached_property
    def decisions(self) -> dict[int, Decision]:
        """What was decided, by the key of the change."""
        rows = Decision.objects.filter(change__version__proposal__round=self.round)
        return {one.change_id: one for one in rows.select_related("settled_by__version__proposal")}

    @property
    def preceding(self) -> list[Printed]:
        """What is proposed for the very beginning of the text."""
        if self.chapter is not None:
            return []
        return [self._printed(card, 2) for card, places in self._places if places[0] is None]

    @cached_property
    def spots(self) -> list[Spot]:
        """The passages in the order of reading, each with the headings above it."""
        printed, mentioned = self._by_place()
        rivals = disputed([card.proposal for card in self.cards])
        asked = [node for node in self._nodes() if self._is_asked(node, printed, mentioned)]
        kept = {above.id for node in asked for above in node.path} | {node.id for node in asked}
        chosen = {node.id for node in asked}
        return [
            Spot(
                node,
                node.id in chosen,
                [self._printed(card, min(_level(node) + node.is_heading, DEEPEST)) for card in printed[node.id]],
                mentioned[node.id],
                rivals.get(node.id, []) if self.phase in ASKING else [],
            )
            for node in self.tree.walk()
            if node.id in kept
        ]

    def _nodes(self) -> Iterator[Node]:
        return self.chapter.walk() if self.chapter else self.tree.walk()

    def _is_asked(
        self, node: Node, *by_place: dict[UUID | None, list[Card]] | dict[UUID | None, list[Proposal]]
    ) -> bool:
        if any(places[node.id] for places in by_place):
            return True
        return self.is_collecting and self.scope.is_open(node.id)

    def _by_place(self) -> tuple[dict[UUID | None, list[Card]], dict[UUID | None, list[Proposal]]]:
        """Where proposals are printed, and where else they are mentioned."""
        printed: dict[UUID | None, list[Card]] = defaultdict(list)
        mentioned: dict[UUID | None, list[Proposal]] = defaultdict(list)
        inside = {node.id for node in self._nodes()}
        for card, places in self._places:
            here = [place for place in places if place in inside] if self.chapter else places
            if not here:
                continue
            printed[here[0]].append(card)
            for place in here[1:]:
                mentioned[place].append(card.proposal)
        return printed, mentioned

    @cached_property
    def _places(self) -> list[tuple[Card, list[UUID | None]]]:
        """Each proposal with the passages that it is about, in the order of reading."""
        order: dict[UUID | None, int] = {key: at for at, key in enumerate(self.tree.by_id, 1)}
        order[None] = 0
        return [
            (card, sorted({self._place(shown) for shown in card.changes}, key=lambda place: order[place]))
            for card in self.cards
            if card.changes
        ]

    def _place(self, shown: ShownChange) -> UUID | None:
        """The passage with which a change is printed; ``None``: before all of them."""
        change = shown.change
        asked: Sequence[UUID | None] = (change.block_id,)
        if shown.operation == Operation.INSERT:
            asked = (change.after_id, change.parent_id)
        return next((key for key in asked if key in self.tree.by_id), None)

    def _printed(self, card: Card, level: int) -> Printed:
        own = {one.change.pk: self.decisions[one.change.pk] for one in card.changes if one.change.pk in self.decisions}
        return Printed(card, own, level)
