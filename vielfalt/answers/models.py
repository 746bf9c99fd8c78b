"""How often what readers see has changed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """A transaction that changed something; the triggers of ``watching`` write it.

    Each has a row of its own, so that nobody waits for another's end. The number of all changes only
    ever grows, and grows at the very moment at which a change becomes visible.
    """

    transaction = models.BigIntegerField(_("Transaktion"), primary_key=True)
    number = models.PositiveBigIntegerField(_("Anzahl"), default=1, db_default=1)

    class Meta:
        verbose_name = _("Änderung")
        verbose_name_plural = _("Änderungen")
        ordering: ClassVar = ["transaction"]

    def __str__(self) -> str:
        return str(self.transaction)
