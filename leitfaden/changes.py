"""What somebody wants to change, and whether it still fits. Nothing here writes.

Every change names what its author saw. ``carry`` says whether it still fits a newer text: changes in
different blocks merge by themselves, in the same block a person has to look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leitfaden.content import Content
from leitfaden.models import BlockVersion, Kind
from leitfaden.outline import Outline


@dataclass(frozen=True)
class Edit:
    """Another wording of a block."""

    seen: BlockVersion
    content: Content


@dataclass(frozen=True)
class Insert:
    """A new block under ``parent`` (``None``: the document), after ``after`` (``None``: as the first)."""

    kind: Kind
    content: Content
    parent: UUID | None = None
    after: UUID | None = None
    block: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Move:
    """A block with all below it goes under ``parent``, after ``after``."""

    block: UUID
    parent: UUID | None = None
    after: UUID | None = None


@dataclass(frozen=True)
class Remove:
    """A block leaves the next revision, with all below it."""

    seen: BlockVersion


@dataclass(frozen=True)
class Split:
    """A block becomes several: the first keeps its identity, the others are new and follow it."""

    seen: BlockVersion
    contents: Sequence[Content]
    blocks: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        if len(self.contents) < 2:  # noqa: PLR2004 - one part is no splitting
            raise ValidationError(_("Zum Teilen braucht es mindestens zwei Teile."), code="split")
        if not self.blocks:
            object.__setattr__(self, "blocks", tuple(uuid4() for _content in self.contents[1:]))


@dataclass(frozen=True)
class Merge:
    """Two neighbours become one: the first keeps its identity and gets the text of both."""

    first: BlockVersion
    second: BlockVersion


@dataclass(frozen=True)
class Restore:
    """A block says again what it said in ``version``."""

    seen: BlockVersion
    version: BlockVersion


@dataclass(frozen=True)
class Reinstate:
    """A block that had been removed comes back as it was in ``version``, without what stood below it."""

    version: BlockVersion
    kind: Kind
    parent: UUID | None = None
    after: UUID | None = None


type Change = Edit | Insert | Move | Remove | Split | Merge | Restore | Reinstate
type Placed = Insert | Move | Reinstate


@dataclass(frozen=True)
class Conflict:
    """What two people did to the same block: what both saw, what is there now, and what was to be saved."""

    change: Change
    reason: str
    block: UUID | None = None
    base: BlockVersion | None = None
    theirs: BlockVersion | None = None
    mine: Content | None = None


def merged(first: Content, second: Content) -> Content:
    """Return the text of two blocks as one."""
    title = first.title or second.title
    return Content.clean(title=title, html=first.html + second.html, fields={**second.fields, **first.fields})


def touched(change: Change) -> Iterator[BlockVersion]:
    """The versions that a change replaces or takes away."""
    match change:
        case Edit(seen) | Remove(seen) | Split(seen) | Restore(seen):
            yield seen
        case Merge(first, second):
            yield first
            yield second


def check_seen(changes: Sequence[Change], base: Outline) -> None:
    """Refuse changes that claim to have seen what was not in their base, or that change a block twice."""
    versions = [version for change in changes for version in touched(change)]
    if len(set(versions)) < len(versions):
        raise ValidationError(_("Jeder Abschnitt lässt sich nur einmal auf einmal ändern."), code="twice")
    for version in versions:
        if version.block_id not in base or base[version.block_id].version != version:
            raise ValidationError(
                _("Diese Änderung passt nicht zu dem Stand, auf dem sie beruht. Bitte laden Sie die Seite neu."),
                code="not_seen",
            )
    if any(isinstance(change, Move) and change.block not in base for change in changes):
        raise ValidationError(_("Diesen Abschnitt gibt es in diesem Stand nicht."), code="not_seen")


def is_done(change: Change, head: Outline) -> bool:
    """Whether ``head`` is already what the change would make of it: somebody sent the same twice."""
    match change:
        case Insert(block=block):
            return block in head
        case Split(seen, contents, blocks):
            parts = zip((seen.block_id, *blocks), contents, strict=True)
            return all(block in head and head[block].version.content == content for block, content in parts)
        case Merge(first, second):
            whole = merged(first.content, second.content)
            return (
                second.block_id not in head and first.block_id in head and head[first.block_id].version.content == whole
            )
        case Move(block, parent, after):
            return block in head and head[block].parent == parent and head.before(block) == after
    return False


def carry(change: Change, *, base: Outline, head: Outline) -> "Change | Conflict | None":
    """Return the change as it applies to ``head``, a conflict, or ``None`` where it has been done already."""
    if is_done(change, head):
        return None
    match change:
        case Edit() | Split() | Restore():
            return _carry_wording(change, head)
        case Merge():
            return _carry_merge(change, base, head)
        case Remove():
            return _carry_removal(change, base, head)
        case Insert() | Reinstate():
            return _carry_place(change, base, head)
        case Move():
            return _carry_move(change, base, head)


def _wording(change: Change) -> Content | None:
    match change:
        case Edit() | Insert():
            return change.content
        case Split():
            return change.contents[0]
        case Restore() | Reinstate():
            return change.version.content
        case Merge(first, second):
            return merged(first.content, second.content)
    return None


def _conflict(change: Change, seen: BlockVersion, head: Outline, reason: str = "") -> Conflict:
    theirs = head[seen.block_id].version if seen.block_id in head else None
    if not reason:
        reason = (
            _("Diesen Abschnitt hat inzwischen jemand anderes geändert.")
            if theirs
            else _("Diesen Abschnitt hat inzwischen jemand anderes entfernt.")
        )
    return Conflict(change, reason, seen.block_id, seen, theirs, _wording(change))


def _is_as_seen(seen: BlockVersion, head: Outline) -> bool:
    return seen.block_id in head and head[seen.block_id].version == seen


def _carry_wording(change: Edit | Split | Restore, head: Outline) -> Change | Conflict | None:
    if _is_as_seen(change.seen, head):
        return change
    theirs = head[change.seen.block_id].version if change.seen.block_id in head else None
    if theirs and not isinstance(change, Split) and theirs.content == _wording(change):
        return None
    return _conflict(change, change.seen, head)


def _carry_merge(change: Merge, base: Outline, head: Outline) -> Change | Conflict:
    for version in (change.first, change.second):
        if not _is_as_seen(version, head):
            return _conflict(change, version, head)
    second = change.second.block_id
    if head.neighbour(change.first.block_id) != second or head.under(second) != base.under(second):
        reason = _("Zwischen diesen Abschnitten hat inzwischen jemand anderes etwas geändert.")
        return _conflict(change, change.second, head, reason)
    return change


def _carry_removal(change: Remove, base: Outline, head: Outline) -> Change | Conflict | None:
    block = change.seen.block_id
    if block not in head:
        return None
    if not _is_as_seen(change.seen, head):
        return _conflict(change, change.seen, head)
    if head.under(block) != base.under(block):
        reason = _("In diesem Abschnitt hat inzwischen jemand anderes etwas geändert.")
        return _conflict(change, change.seen, head, reason)
    return change


def _carry_place(change: Placed, base: Outline, head: Outline) -> Change | Conflict | None:
    if isinstance(change, Reinstate) and change.version.block_id in head:
        return None if _is_as_seen(change.version, head) else _conflict(change, change.version, head)
    # What is in neither text is new with the same changes.
    if change.parent in base and change.parent not in head:
        reason = _("Den Abschnitt darüber hat inzwischen jemand anderes entfernt.")
        return Conflict(change, reason, mine=_wording(change))
    after = change.after
    # What this was to follow may be gone or elsewhere; then it follows what stood before that.
    while after in base and (after not in head or head[after].parent != change.parent):
        after = base.before(after) if base[after].parent == change.parent else None
    return replace(change, after=after)


def _carry_move(change: Move, base: Outline, head: Outline) -> Change | Conflict:
    seen = base[change.block].version
    if change.block not in head:
        return _conflict(change, seen, head)
    if change.block in base.moved(head):
        return _conflict(change, seen, head, _("Diesen Abschnitt hat inzwischen jemand anderes verschoben."))
    return _carry_place(change, base, head)
