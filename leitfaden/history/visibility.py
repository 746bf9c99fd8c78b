"""What of the history people read: editors everything, others what stood in an edition that they may read."""

from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from leitfaden.models import Block, BlockVersion, Document, Edition, Entry, Revision
from leitfaden.permissions import edits


def revisions_visible_to(user: Any, document: Document) -> QuerySet[Revision]:
    history = document.revisions.history()
    if edits(user):
        return history
    return history.filter(Exists(Edition.objects.readable().filter(revision=OuterRef("pk"))))


def versions_visible_to(user: Any) -> QuerySet[BlockVersion]:
    versions = BlockVersion.objects.all()
    if edits(user):
        return versions
    entries = Entry.objects.filter(version=OuterRef("pk"), revision__editions__in=Edition.objects.readable().order_by())
    return versions.filter(Exists(entries))


def blocks_visible_to(user: Any) -> QuerySet[Block]:
    blocks = Block.objects.all()
    if edits(user):
        return blocks
    entries = Entry.objects.filter(block=OuterRef("pk"), revision__editions__in=Edition.objects.readable().order_by())
    return blocks.filter(Exists(entries))


def editions_by_version(block: Block) -> dict[int, list[Edition]]:
    """The public editions in which each version of a block stood."""
    found: dict[int, list[Edition]] = defaultdict(list)
    rows = Edition.objects.readable().filter(revision__entries__block=block).order_by("published_at")
    versions = dict(
        Entry.objects.filter(block=block, revision__editions__in=rows).values_list("revision_id", "version_id")
    )
    for edition in rows:
        found[versions[edition.revision_id]].append(edition)
    return found
