"""Proposals as lists show them, with a number of queries that does not grow: ``templates/rounds/_card.html``."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leitfaden.rounds.consensus import Consensus, consensus_of
from leitfaden.rounds.models import Participant, Position, Proposal, ProposalState, ProposedChange, Round
from leitfaden.rounds.models.proposals import PUBLIC
from leitfaden.rounds.showing import ShownChange, show_all
from leitfaden.rounds.states import status
from leitfaden.rounds.voting import takes_positions
from leitfaden.rounds.wording import Weighing
from leitfaden.trees import Tree


@dataclass(frozen=True)
class OwnPosition:
    """How a carrier for which the reader works stands to the present wording; ``None``: it has not said yet."""

    participant: Participant
    position: Position | None


@dataclass(frozen=True)
class Card:
    """A proposal in a list."""

    proposal: Proposal
    changes: list[ShownChange]
    consensus: Consensus | None
    """``None`` where nobody is asked, be it not yet or not any more."""
    own: list[OwnPosition] = field(default_factory=list)

    @property
    def status(self) -> str:
        return status(self.proposal)

    @property
    def carriers(self) -> str:
        return carriers_of(self.proposal)

    @property
    def flags(self) -> list[Weighing]:
        """What weighs of all its changes together."""
        return flags_of(self.changes)

    @property
    def is_asking(self) -> bool:
        """Whether a carrier of the reader has still to say how it stands to this."""
        return takes_positions(self.proposal) and any(one.position is None for one in self.own)


def flags_of(changes: Iterable[ShownChange | ProposedChange]) -> list[Weighing]:
    """Return what weighs of some changes together."""
    found = {weight.kind for change in changes for weight in change.weights}
    return [kind for kind in Weighing if kind in found]


def carriers_of(proposal: Proposal) -> str:
    """Return from whom a proposal comes: its carrier, and those whose proposals went into it."""
    names = [proposal.participant.name, *(one.participant.name for one in proposal.merged.all())]
    return _(" und ").join(dict.fromkeys(names))


def with_authors(proposals: Any) -> Any:
    """Load what ``cards_of`` needs of some proposals."""
    return proposals.for_cards().prefetch_related("merged__participant")


def cards_of(
    round_: Round, proposals: Sequence[Proposal], tree: Tree, user: Any, led: Sequence[Participant] = ()
) -> list[Card]:
    """Return proposals of a round as ``user`` sees them; they come from ``with_authors``. At most four queries.

    ``led`` are the carriers of the round in whose name ``user`` speaks.
    """
    for proposal in proposals:
        proposal.round = round_
    changes = show_all(proposals, tree, user)
    # One that was merged into another is answered there.
    asked = [one for one in proposals if one.state in PUBLIC and one.state != ProposalState.MERGED]
    consensus = consensus_of(round_, asked) if asked else {}
    own = own_positions(asked, led)
    return [
        Card(proposal, changes[proposal.pk], consensus.get(proposal.pk), own.get(proposal.pk, []))
        for proposal in proposals
    ]


def own_positions(proposals: Sequence[Proposal], led: Sequence[Participant]) -> dict[int, list[OwnPosition]]:
    """Return how carriers stand to the present wordings of proposals. At most one query."""
    if not proposals or not led:
        return {}
    keys = [proposal.current_id for proposal in proposals]
    known = {
        (one.participant_id, one.version_id): one
        for one in Position.objects.filter(participant__in=led, version__in=keys).order_by()
    }
    found: dict[int, list[OwnPosition]] = defaultdict(list)
    for proposal in proposals:
        for participant in led:
            position = known.get((participant.pk, proposal.current_id))
            found[proposal.pk].append(OwnPosition(participant, position))
    return found
