"""Proposals that may want the same: they change the same passages, or are called alike."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet

from leitfaden.rounds.models import Operation, Proposal, ProposedChange
from leitfaden.trees import Tree

ALIKE = 0.3
"""How much of their trigrams two titles share that are worth a look."""

SHOWN = 5


def overlapping(proposals: QuerySet[Proposal], blocks: Collection[UUID]) -> list[Proposal]:
    """Return those of ``proposals`` that change one of the passages. One query."""
    return list(_named(proposals.touching(*blocks)).order_by("number")) if blocks else []


def rivals(proposals: QuerySet[Proposal], changes: Iterable[ProposedChange]) -> dict[UUID, list[Proposal]]:
    """Return those of ``proposals`` that change what ``changes`` do, too, by passage. Two queries."""
    blocks = {change.block_id for change in changes if change.block_id}
    found: dict[UUID, list[Proposal]] = defaultdict(list)
    for rival in overlapping(proposals.prefetch_related("current__changes"), blocks):
        for change in rival.current.changes.all() if rival.current else ():
            if change.block_id in blocks:
                found[change.block_id].append(rival)
    return found


def called_alike(proposals: QuerySet[Proposal], title: str) -> list[Proposal]:
    """Return those of ``proposals`` whose titles are most like this one. One query."""
    alike = proposals.annotate(likeness=TrigramSimilarity("current__title", title)).filter(likeness__gte=ALIKE)
    return list(_named(alike).order_by("-likeness", "number")[:SHOWN])


def touched_by(changes: Iterable[ProposedChange], tree: Tree) -> set[UUID]:
    """Return the passages that changes touch: what goes or moves takes along what stands below it."""
    found: set[UUID] = set()
    for change in changes:
        node = tree.by_id.get(change.target)
        if node is None:
            continue
        goes = change.operation in (Operation.REMOVE, Operation.MOVE)
        found |= {one.id for one in node.walk()} if goes else {node.id}
    return found


def _named(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With what names a proposal: its title, its carrier, and the round."""
    return proposals.select_related("participant", "current", "round")
