"""What changes texts. The head of a document moves here and nowhere else."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from leitfaden import anchors, commenting
from leitfaden.changes import Change, Conflict, carry, check_seen
from leitfaden.content import Content
from leitfaden.models import Block, BlockVersion, Document, Draft, Entry, Kind, Origin, Revision
from leitfaden.outline import Outline
from leitfaden.permissions import require_editor
from leitfaden.trees import load_tree
from leitfaden.writing import Writing, check_content
from vielfalt.accounts.models import User
from vielfalt.locks import lock_for_transaction

MOST_BLOCKS = 10_000
"""Of one document."""

MOST_TRIES = 10
"""How often a change is carried over what others save at the same moment."""


class HeadMovedError(Exception):
    """Somebody else changed the same blocks meanwhile; a person has to look. Views answer 409 with all of this.

    ``base`` is what the author saw, ``theirs`` what is there now, ``mine`` what was to be saved.
    """

    def __init__(
        self, *, base: Revision, theirs: Revision, mine: Sequence[Change], conflicts: Sequence[Conflict]
    ) -> None:
        super().__init__(base, theirs, mine)
        self.base = base
        self.theirs = theirs
        self.mine = mine
        self.conflicts = conflicts


class _HeadMoved(Exception):  # noqa: N818 - no error: the same is tried again on the new head
    """The head is not what this was put together for."""


@transaction.atomic
def create_document(*, slug: str, title: str, by: User | None = None) -> Document:
    """Make a document without any text."""
    document = Document.objects.create(slug=slug, title=title)
    first = Revision.objects.create(document=document, number=1, note=_("Angelegt"), author=by)
    _move_head(document, expected=None, revision=first)
    return document


def save_revision(
    *, document: Document, base: Revision, changes: Sequence[Change], note: str = "", by: User
) -> Revision:
    """Save changes to the text that ``by`` saw in ``base``, and return the new revision.

    What others saved meanwhile stays: changes to different blocks go together by themselves. Raises
    ``HeadMovedError`` if they changed the same ones, and ``ValidationError`` with a sentence for what
    cannot be. Where nothing changes there is no new revision.
    """
    require_editor(by)

    def put(outline: Outline, saving: Saving) -> None:
        fitting = _carried(document, base, saving.parent, outline, changes)
        writing = Writing(outline, saving.new_version)
        for change in fitting:
            writing.apply(change)
        saving.changes = fitting

    return _save(document, base=base, put=put, origin=Origin.EDIT, note=note, by=by)


def restore_revision(*, document: Document, revision: Revision, base: Revision, note: str = "", by: User) -> Revision:
    """Make the text again what it was in ``revision``, as a new revision.

    Whoever goes back has to have seen what they go back from: ``base`` must be the head.
    """
    require_editor(by)

    def put(outline: Outline, saving: Saving) -> None:
        if saving.parent != base:
            raise HeadMovedError(base=base, theirs=saving.parent, mine=[], conflicts=[])
        earlier = Outline(load_tree(revision))
        for block in [block for block in outline if block not in earlier]:
            if block in outline:
                outline.remove(block)
        for item in list(earlier.in_order()):
            version = item.version
            if item.block in outline and outline[item.block].version.content != version.content:
                previous = outline[item.block].version
                version = saving.new_version(
                    block=item.block, content=version.content, previous=previous, restores=version
                )
            elif item.block in outline:
                version = outline[item.block].version
            item.version = version
        outline.become(earlier)

    note = note or _("Wiederhergestellt: Stand {number}").format(number=revision.number)
    return _save(document, base=base, put=put, origin=Origin.RESTORED, note=note, by=by)


def write_revision(
    *,
    document: Document,
    base: Revision,
    put: "Callable[[Outline, Saving], None]",
    origin: Origin,
    note: str,
    by: User | None,
) -> Revision:
    """Save whatever ``put`` makes of the present text: for imports, and for the decisions of a round."""
    return _save(document, base=base, put=put, origin=origin, note=note, by=by)


@dataclass
class Saving:
    """A revision that is being put together on ``parent``, and what is new in it."""

    document: Document
    parent: Revision
    revision: Revision
    origin: Origin
    by: User | None
    changes: Sequence[Change] = ()
    blocks: list[Block] = field(default_factory=list)
    versions: list[BlockVersion] = field(default_factory=list)

    def new_version(
        self,
        *,
        block: UUID,
        content: Content,
        previous: BlockVersion | None = None,
        kind: Kind | None = None,
        restores: BlockVersion | None = None,
        origin: Origin | None = None,
    ) -> BlockVersion:
        """Return a new wording of a block, which is new, too, where ``kind`` says what it is for.

        ``origin`` says where this one comes from, if from elsewhere than the others of this revision.
        """
        if kind is not None:
            self.blocks.append(Block(id=block, document=self.document, kind=kind))
        known = kind or (previous.block.kind if previous else None)
        if known is not None:
            check_content(Kind(known), content)
        version = BlockVersion(
            block_id=block,
            title=content.title,
            html=content.html,
            fields=content.fields,
            plain=content.plain,
            sha256=content.sha256,
            previous=previous,
            origin=origin or (Origin.RESTORED if restores else self.origin),
            revision=self.revision,
            created_by=self.by,
        )
        self.versions.append(version)
        return version


def _save(
    document: Document,
    *,
    base: Revision,
    put: Callable[[Outline, Saving], None],
    origin: Origin,
    note: str,
    by: User | None,
) -> Revision:
    if base.document_id != document.pk:
        raise ValidationError(_("Dieser Stand gehört zu einem anderen Dokument."), code="other_document")
    for _try in range(MOST_TRIES):
        try:
            with transaction.atomic():
                return _save_on_head(document, base=base, put=put, origin=origin, note=note, by=by)
        except _HeadMoved:
            continue
    raise HeadMovedError(base=base, theirs=_head_of(document), mine=[], conflicts=[])


def _save_on_head(
    document: Document,
    *,
    base: Revision,
    put: Callable[[Outline, Saving], None],
    origin: Origin,
    note: str,
    by: User | None,
) -> Revision:
    head = _head_of(document)
    before = Outline(load_tree(head))
    after = before.copy()
    revision = Revision(
        document=document, number=head.number + 1, parent=head, base=base, note=" ".join(note.split())[:500], author=by
    )
    saving = Saving(document, head, revision, origin, by)
    put(after, saving)
    if not saving.versions and after.signature() == before.signature():
        return head
    _check_size(after)
    _claim_head(document, expected=head)
    _write(saving, after)
    _move_head(document, expected=head, revision=revision)
    commenting.follow(before=before, after=after, changes=saving.changes)
    return revision


def _head_of(document: Document) -> Revision:
    return Revision.objects.get(pk=Document.objects.values("head").get(pk=document.pk)["head"])


def _carried(
    document: Document, base: Revision, head: Revision, outline: Outline, changes: Sequence[Change]
) -> list[Change]:
    seen = outline if base == head else Outline(load_tree(base))
    check_seen(changes, seen)
    if base == head:
        return list(changes)
    carried = [carry(change, base=seen, head=outline) for change in changes]
    conflicts = [one for one in carried if isinstance(one, Conflict)]
    if conflicts:
        raise HeadMovedError(base=base, theirs=head, mine=changes, conflicts=conflicts)
    return [one for one in carried if one is not None and not isinstance(one, Conflict)]


def _check_size(outline: Outline) -> None:
    if len(outline) > MOST_BLOCKS:
        raise ValidationError(
            _("Das wären {number} Abschnitte. Ein Dokument hat höchstens {most}.").format(
                number=number_format(len(outline), force_grouping=True),
                most=number_format(MOST_BLOCKS, force_grouping=True),
            ),
            code="too_many",
        )


def _write(saving: Saving, outline: Outline) -> None:
    saving.revision.save(force_insert=True)
    _name(saving.blocks)
    Block.objects.bulk_create(saving.blocks)
    for version in saving.versions:
        version.revision = saving.revision
    # One upon the other: what was edited by hand after a decision comes after what was decided.
    later = [version for version in saving.versions if version.previous is not None and version.previous.pk is None]
    BlockVersion.objects.bulk_create([version for version in saving.versions if version not in later])
    BlockVersion.objects.bulk_create(later)
    Entry.objects.bulk_create(
        [
            Entry(
                revision=saving.revision,
                block_id=item.block,
                version=item.version,
                parent_id=item.parent,
                position=position,
            )
            for item, position in outline.places()
        ],
        batch_size=2_000,
    )


def _name(blocks: Collection[Block]) -> None:
    """Give new blocks anchors that no block ever had. One after the other: two at once could choose the same."""
    if not blocks:
        return
    lock_for_transaction("leitfaden: anchors")
    free: set[str] = set()
    for length in anchors.lengths(Block.objects.count() + len(blocks)):
        names = anchors.propose(len(blocks) - len(free), length)
        free |= names - set(Block.objects.filter(anchor__in=names).values_list("anchor", flat=True))
        if len(free) == len(blocks):
            break
    for block, anchor in zip(blocks, free, strict=True):
        block.anchor = anchor


def _claim_head(document: Document, *, expected: Revision) -> None:
    """Let nobody else move the head until this transaction ends.

    Before the first row is written: two that have written the same number would wait for each other.
    """
    unmoved = Document.objects.filter(pk=document.pk, head=expected).select_for_update(of=("self",), no_key=True)
    if unmoved.first() is None:
        raise _HeadMoved


def _move_head(document: Document, *, expected: Revision | None, revision: Revision) -> None:
    """Let ``revision`` be the head if ``expected`` still is; the database compares and moves in one step."""
    if not Document.objects.filter(pk=document.pk, head=expected).update(head=revision):
        raise _HeadMoved
    document.head = revision


def save_draft(
    *,
    document: Document,
    base: Revision,
    content: Content,
    seen: BlockVersion | None = None,
    kind: Kind = Kind.TEXT,
    parent: Block | None = None,
    after: Block | None = None,
    by: User,
) -> Draft:
    """Keep what ``by`` is writing about a block (``seen``) or, without one, for a new block at a place."""
    require_editor(by)
    values: dict[str, Any] = {"title": content.title, "html": content.html, "fields": content.fields, "base": base}
    if seen is not None:
        key: dict[str, Any] = {"user": by, "document": document, "block": seen.block}
        draft, _is_new = Draft.objects.update_or_create(**key, defaults={**values, "seen": seen})
    else:
        key = {"user": by, "document": document, "block": None, "parent": parent, "after": after}
        draft, _is_new = Draft.objects.update_or_create(**key, defaults={**values, "kind": kind})
    return draft


def drop_draft(*, draft: Draft, by: User) -> None:
    """Forget a draft of one's own."""
    Draft.objects.of(by).filter(pk=draft.pk).delete()
