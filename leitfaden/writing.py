"""Puts the next revision together: applies changes to an outline. Nothing here writes to the database."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leitfaden.changes import Change, Edit, Insert, Merge, Move, Reinstate, Remove, Restore, Split, merged
from leitfaden.content import Content
from leitfaden.models import HEADINGS, PLACES, BlockVersion, Kind
from leitfaden.outline import Item, Outline


class Writing:
    """Applies changes to an outline; ``version`` makes the new versions."""

    def __init__(self, outline: Outline, version: Callable[..., BlockVersion]) -> None:
        self.outline = outline
        self.version = version

    def apply(self, change: Change) -> None:
        match change:
            case Edit():
                self._reword(change.seen, change.content)
            case Restore():
                self._reword(change.seen, change.version.content, restores=change.version)
            case Insert():
                self._insert(change)
            case Reinstate():
                self._reinstate(change)
            case Move():
                check_place(self.outline, self._present(change.block).kind, change.parent)
                self.outline.move(change.block, change.parent, change.after)
            case Remove():
                self.outline.remove(self._present(change.seen.block_id).block)
            case Split():
                self._split(change)
            case Merge():
                self._merge(change)

    def _present(self, block: UUID) -> Item:
        if block not in self.outline:
            raise ValidationError(_("Diesen Abschnitt entfernt schon eine andere Ihrer Änderungen."), code="gone")
        return self.outline[block]

    def _reword(self, seen: BlockVersion, content: Content, **details: object) -> None:
        item = self._present(seen.block_id)
        if content != seen.content:
            item.version = self.version(block=seen.block_id, content=content, previous=seen, **details)

    def _insert(self, change: Insert) -> None:
        if change.block in self.outline:
            raise ValidationError(_("Dieser Abschnitt steht schon im Text."), code="present")
        version = self.version(block=change.block, content=change.content, kind=change.kind)
        self._place(Item(change.block, change.kind, version), change.parent, change.after)

    def _reinstate(self, change: Reinstate) -> None:
        if change.version.block_id in self.outline:
            raise ValidationError(_("Dieser Abschnitt steht schon im Text."), code="present")
        self._place(Item(change.version.block_id, change.kind, change.version), change.parent, change.after)

    def _place(self, item: Item, parent: UUID | None, after: UUID | None) -> None:
        check_place(self.outline, item.kind, parent)
        self.outline.place(item, parent, after)

    def _split(self, change: Split) -> None:
        item = self._present(change.seen.block_id)
        after = item.block
        self._reword(change.seen, change.contents[0])
        for block, content in zip(change.blocks, change.contents[1:], strict=True):
            # What is split off a heading is another heading of its kind; what stood below stays with the first.
            self._insert(Insert(item.kind, content, item.parent, after, block))
            after = block

    def _merge(self, change: Merge) -> None:
        outline = self.outline
        first, second = self._present(change.first.block_id), self._present(change.second.block_id)
        if outline.neighbour(first.block) != second.block:
            raise ValidationError(_("Nur Abschnitte, die aufeinander folgen, lassen sich verbinden."), code="merge")
        if first.kind != second.kind:
            raise ValidationError(_("Nur Abschnitte derselben Art lassen sich verbinden."), code="merge")
        self._reword(change.first, merged(change.first.content, change.second.content))
        for child in list(outline.children(second.block)):
            outline.move(child, first.block, outline.last(first.block))
        outline.remove(second.block)


def check_place(outline: Outline, kind: Kind, parent: UUID | None) -> None:
    """Refuse a block where its kind may not stand."""
    if parent is not None and parent not in outline:
        raise ValidationError(_("Den Abschnitt darüber gibt es nicht mehr."), code="no_parent")
    above = "" if parent is None else outline[parent].kind
    if above not in PLACES[kind]:
        name = _("dem Dokument selbst") if not above else f"„{Kind(above).label}“"
        raise ValidationError(
            _("„{kind}“ kann nicht direkt unter {parent} stehen.").format(kind=Kind(kind).label, parent=name),
            code="wrong_place",
        )


def check_content(kind: Kind, content: Content) -> None:
    """Refuse an empty block."""
    if kind in (*HEADINGS, Kind.TERM) and not content.title:
        raise ValidationError(
            _("Bitte geben Sie „{kind}“ eine Überschrift.").format(kind=Kind(kind).label), code="empty"
        )
    if kind == Kind.TEXT and not content.html:
        raise ValidationError(
            _("Dieser Abschnitt ist leer. Bitte schreiben Sie etwas hinein, oder entfernen Sie ihn."), code="empty"
        )
