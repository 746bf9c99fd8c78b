"""Spreadsheets that somebody has uploaded and not yet confirmed."""

from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PendingImportQuerySet(models.QuerySet):
    def forgotten(self) -> Self:
        """Files that nobody confirmed within a day; they may hold internal notes and must not stay."""
        return self.filter(created_at__lt=timezone.now() - timedelta(days=1))


class PendingImport(models.Model):
    """A file between check and confirmation.

    It lies in the database, not in a folder: every process of the server finds it there, and only
    the account that uploaded it may go on with it.
    """

    kind = models.CharField(_("Art"), max_length=100)
    """Which kind of entry it holds, such as "lotsen.carrier"."""
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("hochgeladen von")
    )
    file_name = models.CharField(_("Dateiname"), max_length=200)
    content = models.BinaryField(_("Inhalt"))
    publish = models.BooleanField(_("neue Einträge veröffentlichen"), default=False)
    created_at = models.DateTimeField(_("hochgeladen am"), auto_now_add=True)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("noch nicht bestätigter Import")
        verbose_name_plural = _("noch nicht bestätigte Importe")
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name
