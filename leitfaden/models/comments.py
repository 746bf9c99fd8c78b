"""Comments on passages. They outlive the passage, its wordings and their author's account."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitfaden.models.documents import Block, BlockVersion
from leitfaden.models.immutable import kept
from leitfaden.querysets import CommentQuerySet

LONGEST_COMMENT = 5_000


class Visibility(models.TextChoices):
    """Who reads a comment, beside its author."""

    EDITORS = "redaktion", _("nur die Redaktion")
    NETWORK = "netzwerk", _("alle, die im Netzwerk mitarbeiten")
    PUBLIC = "oeffentlich", _("öffentlich")


class CommentState(models.TextChoices):
    OPEN = "offen", _("Offen")
    RESOLVED = "erledigt", _("Erledigt")
    ORPHANED = "verwaist", _("Abschnitt entfernt")


class Comment(models.Model):
    """What somebody says about a passage, or answers to that.

    ``block`` is where it stands now, ``version`` the wording it is about: they differ when passages
    were merged or split. An answer has no visibility or state of its own; it follows its thread.
    """

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="comments", verbose_name=_("Abschnitt"))
    version = models.ForeignKey(BlockVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("Fassung"))
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replies", verbose_name=_("Antwort auf")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("von")
    )
    text = models.TextField(_("Kommentar"), max_length=LONGEST_COMMENT)
    quote = models.TextField(_("Zitat"), max_length=2_000, blank=True)
    quote_before = models.CharField(_("davor"), max_length=100, blank=True)
    quote_after = models.CharField(_("danach"), max_length=100, blank=True)
    visibility = models.CharField(_("sichtbar für"), max_length=20, choices=Visibility, blank=True)
    state = models.CharField(_("Status"), max_length=20, choices=CommentState, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("erledigt von")
    )
    settled_at = models.DateTimeField(_("erledigt am"), null=True)
    created_at = models.DateTimeField(_("geschrieben am"), auto_now_add=True)
    mentioned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Mention", related_name="+", verbose_name=_("erwähnt")
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Kommentar")
        verbose_name_plural = _("Kommentare")
        ordering: ClassVar = ["pk"]
        default_permissions = ("view", "change")
        triggers: ClassVar = kept()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(parent=None, visibility__in=Visibility.values, state__in=CommentState.values)
                | Q(parent__isnull=False, visibility="", state="", quote=""),
                name="comment_answer_follows_its_thread",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def thread(self) -> "Comment":
        """The comment that this answers, or this one."""
        return self.parent or self


class Mention(models.Model):
    """That a comment names somebody, who is told by mail."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leitfaden_mentions")
    told_at = models.DateTimeField(_("benachrichtigt am"), null=True)

    class Meta:
        verbose_name = _("Erwähnung")
        verbose_name_plural = _("Erwähnungen")
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "user"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.comment}"
