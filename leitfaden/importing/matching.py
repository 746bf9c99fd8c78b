"""Finds out which passage of a file is which block of the text that is there already.

What says the same is the same block, wherever it stands now; what says nearly the same in the same
place, too. So comments and addresses of passages survive an import.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from leitfaden.importing.structure import Passage
from leitfaden.trees import Node
from vielfalt.listings.differences import split

NEARLY = 0.5
"""How much of their words two passages must have in common."""

MOST_PAIRS = 250_000
"""How many pairs are weighed in one gap between passages that stayed."""

type Key = tuple[str, str]


def match(nodes: Sequence[Node], passages: Sequence[Passage]) -> dict[int, Node]:
    """Return the blocks of passages by the passages' numbers."""
    old = [(str(node.kind), node.version.sha256) for node in nodes]
    new = [(str(passage.kind), passage.content.sha256) for passage in passages]
    pairs: dict[int, int] = {}
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        pairs |= {block.b + at: block.a + at for at in range(block.size)}
    _match_moved(old, new, pairs)
    _match_gaps(nodes, passages, pairs)
    return {at: nodes[other] for at, other in pairs.items()}


def _match_moved(old: Sequence[Key], new: Sequence[Key], pairs: dict[int, int]) -> None:
    """Add what says the same but stands elsewhere."""
    taken = set(pairs.values())
    free: dict[Key, list[int]] = defaultdict(list)
    for other in range(len(old) - 1, -1, -1):
        if other not in taken:
            free[old[other]].append(other)
    for at, key in enumerate(new):
        if at not in pairs and free[key]:
            pairs[at] = free[key].pop()


def _match_gaps(nodes: Sequence[Node], passages: Sequence[Passage], pairs: dict[int, int]) -> None:
    """Add what says nearly the same between the same neighbours: what was edited in the file."""
    taken = set(pairs.values())
    bounds = [(-1, -1), *_in_order(pairs), (len(passages), len(nodes))]
    for (at, other), (next_at, next_other) in pairwise(bounds):
        new = [n for n in range(at + 1, next_at) if n not in pairs]
        old = [n for n in range(other + 1, next_other) if n not in taken]
        if new and old and len(new) * len(old) <= MOST_PAIRS:
            _match_nearly(nodes, passages, old, new, pairs)


def _in_order(pairs: dict[int, int]) -> list[tuple[int, int]]:
    """The pairs that stand in the same order in both; those that moved say nothing about their neighbours."""
    bounds: list[tuple[int, int]] = []
    for at, other in sorted(pairs.items()):
        if not bounds or other > bounds[-1][1]:
            bounds.append((at, other))
    return bounds


def _match_nearly(
    nodes: Sequence[Node], passages: Sequence[Passage], old: list[int], new: list[int], pairs: dict[int, int]
) -> None:
    words_old = {n: Counter(split(f"{nodes[n].title} {nodes[n].version.plain}")) for n in old}
    words_new = {n: Counter(split(f"{passages[n].content.title} {passages[n].content.plain}")) for n in new}
    weighed = [
        (_likeness(words_old[other], words_new[at]), -abs(at - new[0] - other + old[0]), at, other)
        for at in new
        for other in old
        if passages[at].kind == nodes[other].kind
    ]
    taken: set[int] = set()
    for likeness, _distance, at, other in sorted(weighed, reverse=True):
        if likeness >= NEARLY and at not in pairs and other not in taken:
            pairs[at] = other
            taken.add(other)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
