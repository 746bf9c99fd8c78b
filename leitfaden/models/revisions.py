"""Revisions: what a document consisted of at a time, as a list of entries that never changes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitfaden.models.documents import Block, BlockVersion, Document
from leitfaden.models.immutable import immutable
from leitfaden.querysets import EntryQuerySet, RevisionQuerySet


class Revision(models.Model):
    """One state of a document. ``parent`` is the state before it; ``base`` is what its author had seen.

    They differ where the change was carried over what others had saved meanwhile.
    """

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("Dokument")
    )
    number = models.PositiveIntegerField(_("Nummer"))
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="children", verbose_name=_("vorher")
    )
    base = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("geschrieben auf der Grundlage")
    )
    note = models.CharField(_("Notiz"), max_length=500, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("von")
    )
    created_at = models.DateTimeField(_("gespeichert am"), auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Stand")
        verbose_name_plural = _("Stände")
        ordering: ClassVar = ["document", "-number"]
        default_permissions = ("view",)
        triggers: ClassVar = immutable()
        constraints: ClassVar = [
            # Deferred: of two who save at once the head decides first, by comparing, not a duplicate number.
            models.UniqueConstraint(
                fields=["document", "number"], name="revision_number_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["parent"], name="revision_line", deferrable=models.Deferrable.DEFERRED),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"

    @property
    def is_carried_over(self) -> bool:
        """Whether others had saved something while this was being written."""
        return self.base_id != self.parent_id


class Entry(models.Model):
    """That a block stood in a revision: in which wording, under which block, in which place.

    The migration ties three columns together in the database: the version is one of the block, and
    the parent stands in the same revision.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="entries")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="entries")
    version = models.ForeignKey(BlockVersion, on_delete=models.PROTECT, related_name="entries")
    parent = models.ForeignKey(Block, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Eintrag")
        verbose_name_plural = _("Einträge")
        default_permissions = ()
        triggers: ClassVar = immutable()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "block"], name="entry_block_once"),
            models.UniqueConstraint(
                fields=["revision", "parent", "position"], name="entry_place_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.block_id}"
