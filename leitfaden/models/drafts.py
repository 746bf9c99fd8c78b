"""Drafts: what somebody is writing and has not saved as a revision yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitfaden.models.documents import Block, BlockVersion, Document, Kind
from leitfaden.querysets import DraftQuerySet


class Draft(models.Model):
    """One person's unsaved text: for a block, or for a new one at a place. Nobody else reads it.

    ``seen`` is the version that stood before the author's eyes, ``base`` the revision it stood in.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leitfaden_drafts")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="drafts")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, null=True, related_name="drafts")
    seen = models.ForeignKey(BlockVersion, on_delete=models.CASCADE, null=True, related_name="+")
    base = models.ForeignKey("Revision", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("Art"), max_length=20, choices=Kind, default=Kind.TEXT)
    parent = models.ForeignKey(Block, on_delete=models.CASCADE, null=True, related_name="+")
    after = models.ForeignKey(Block, on_delete=models.CASCADE, null=True, related_name="+")
    title = models.CharField(_("Überschrift"), max_length=300, blank=True)
    html = models.TextField(_("Text"), blank=True)
    fields = models.JSONField(_("Angaben"), default=dict, blank=True)
    started_at = models.DateTimeField(_("begonnen am"), auto_now_add=True)
    updated_at = models.DateTimeField(_("zuletzt am"), auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("Entwurf")
        verbose_name_plural = _("Entwürfe")
        ordering: ClassVar = ["-updated_at"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "block"], condition=Q(block__isnull=False), name="draft_once"),
            models.UniqueConstraint(
                fields=["user", "document", "parent", "after"],
                condition=Q(block=None),
                nulls_distinct=False,
                name="draft_of_new_block_once",
            ),
            models.CheckConstraint(
                condition=Q(block=None, seen=None) | Q(block__isnull=False, seen__isnull=False),
                name="draft_names_what_was_seen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.block or self.document}"
