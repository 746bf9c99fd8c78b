"""The order of a document while the next revision is being put together."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from leitfaden.models import BlockVersion, Kind
from leitfaden.trees import Tree


@dataclass
class Item:
    """A block in its present wording and place."""

    block: UUID
    kind: Kind
    version: BlockVersion
    parent: UUID | None = None


class Outline:
    """Which block stands under which, and in what order."""

    def __init__(self, tree: Tree) -> None:
        self._items: dict[UUID, Item] = {}
        self._children: dict[UUID | None, list[UUID]] = defaultdict(list)
        for node in tree.walk():
            parent = node.parent.id if node.parent else None
            self._items[node.id] = Item(node.id, node.kind, node.version, parent)
            self._children[parent].append(node.id)

    def __contains__(self, block: object) -> bool:
        return block in self._items

    def __getitem__(self, block: UUID) -> Item:
        return self._items[block]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._items)

    def copy(self) -> "Outline":
        """Return an outline that can be changed without changing this one."""
        other = Outline.__new__(Outline)
        other.become(self)
        return other

    def become(self, other: "Outline") -> None:
        """Take over everything from ``other``."""
        self._items = {block: replace(item) for block, item in other._items.items()}
        self._children = defaultdict(list, {parent: list(blocks) for parent, blocks in other._children.items()})

    def in_order(self, parent: UUID | None = None) -> Iterator[Item]:
        """All blocks below ``parent`` in the order of reading."""
        for block in self.children(parent):
            yield self._items[block]
            yield from self.in_order(block)

    def children(self, parent: UUID | None) -> Sequence[UUID]:
        return self._children.get(parent, [])

    def last(self, parent: UUID | None) -> UUID | None:
        children = self.children(parent)
        return children[-1] if children else None

    def before(self, block: UUID) -> UUID | None:
        """The block before, under the same parent."""
        siblings = self.children(self._items[block].parent)
        at = siblings.index(block)
        return siblings[at - 1] if at else None

    def neighbour(self, block: UUID) -> UUID | None:
        """The block after, under the same parent."""
        siblings = self.children(self._items[block].parent)
        at = siblings.index(block)
        return siblings[at + 1] if at + 1 < len(siblings) else None

    def under(self, block: UUID) -> list[tuple[UUID, int]]:
        """Everything below a block with its wording, in order."""
        found: list[tuple[UUID, int]] = []
        for child in self.children(block):
            found += [(child, self._items[child].version.pk), *self.under(child)]
        return found

    def place(self, item: Item, parent: UUID | None, after: UUID | None) -> None:
        """Put a block under ``parent``, after ``after`` or, where that is not there, as the first."""
        siblings = self._children[parent]
        at = siblings.index(after) + 1 if after in siblings else 0
        siblings.insert(at, item.block)
        item.parent = parent
        self._items[item.block] = item

    def move(self, block: UUID, parent: UUID | None, after: UUID | None) -> None:
        item = self._items[block]
        if after == block:
            after = self.before(block)
        self._children[item.parent].remove(block)
        self.place(item, parent, after)

    def remove(self, block: UUID) -> None:
        """Take out a block with all below it."""
        for child in list(self.children(block)):
            self.remove(child)
        item = self._items.pop(block)
        self._children[item.parent].remove(block)
        self._children.pop(block, None)

    def places(self) -> Iterator[tuple[Item, int]]:
        """All blocks with their position among their siblings."""
        for siblings in self._children.values():
            for position, block in enumerate(siblings):
                yield self._items[block], position

    def signature(self) -> set[tuple[UUID, int, UUID | None, int]]:
        """What two outlines have in common if they are the same text in the same order."""
        return {(item.block, item.version.pk or 0, item.parent, position) for item, position in self.places()}

    def moved(self, other: "Outline") -> set[UUID]:
        """The blocks that have another place in ``other``, as few as explain the difference."""
        both = [block for block in self if block in other]
        moved = {block for block in both if self[block].parent != other[block].parent}
        for parent in {self[block].parent for block in both}:
            stayed = [block for block in self.children(parent) if block in other and block not in moved]
            order = {block: at for at, block in enumerate(other.children(parent))}
            moved |= set(stayed) - {stayed[at] for at in longest_rising([order[block] for block in stayed])}
        return moved


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """Return the indexes of a longest rising run of different ``numbers``, not necessarily next to each other."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        before.append(ends[at - 1] if at else None)
        ends[at : at + 1] = [index]
    run: list[int] = []
    last = ends[-1] if ends else None
    while last is not None:
        run.append(last)
        last = before[last]
    return run[::-1]
