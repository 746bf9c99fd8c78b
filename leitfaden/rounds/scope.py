"""Which passages are open in a round, and what its text would become by some changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from leitfaden.changes import Change, check_seen
from leitfaden.content import Content
from leitfaden.models import BlockVersion, Entry, Kind
from leitfaden.outline import Outline
from leitfaden.rounds.models import Operation, ProposedChange, Round
from leitfaden.trees import Tree, load_tree
from leitfaden.writing import Writing, check_content

PLACED = (Operation.INSERT, Operation.MOVE)
"""What puts a passage somewhere."""


@dataclass
class Scope:
    """The text of a round as everybody reads it, and what of it may be changed."""

    round: Round

    @cached_property
    def tree(self) -> Tree:
        return load_tree(self.round.base)

    @cached_property
    def outline(self) -> Outline:
        return Outline(self.tree)

    @cached_property
    def chosen(self) -> set[UUID]:
        """The passages that the staff opened; none means all."""
        return set(self.round.open_blocks.values_list("block", flat=True))

    @cached_property
    def parents(self) -> dict[UUID, UUID | None]:
        """Which passage stands under which, without what they say."""
        entries = Entry.objects.filter(revision=self.round.base_id).order_by()
        return dict(entries.values_list("block", "parent"))

    def is_open(self, block: UUID | None) -> bool:
        """Whether a passage, or the document itself (``None``), may be changed."""
        if not self.chosen:
            return block is None or block in self.parents
        while block is not None and block in self.parents:
            if block in self.chosen:
                return True
            block = self.parents[block]
        return False

    def is_open_at(self, parent: UUID | None, after: UUID | None) -> bool:
        """Whether something may be put under ``parent``, after ``after``."""
        return self.is_open(parent) or (after is not None and self.is_open(after))

    def opens(self, changes: Iterable[ProposedChange]) -> bool:
        """Whether all of these changes are of passages, and at places, that are open."""
        return all(
            (one.block_id is None or self.is_open(one.block_id))
            and (one.operation not in PLACED or self.is_open_at(one.parent_id, one.after_id))
            for one in changes
        )

    def after(self, changes: Sequence[Change]) -> Outline:
        """Return what the text would become; raise ``ValidationError`` with a sentence where that cannot be."""
        check_seen(changes, self.outline)
        outline = self.outline.copy()
        writing = Writing(outline, _unsaved)
        for change in changes:
            writing.apply(change)
        return outline


def _unsaved(
    *, block: UUID, content: Content, previous: Any = None, kind: Kind | None = None, **_more: Any
) -> BlockVersion:
    known = kind or (previous.block.kind if previous else None)
    if known:
        check_content(Kind(known), content)
    return BlockVersion(
        block_id=block, title=content.title, html=content.html, fields=content.fields, plain=content.plain
    )
