"""A record of what was done on which day."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyRun(models.Model):
    """One step on one day. A step that failed runs again with the next call."""

    step = models.CharField(_("Aufgabe"), max_length=100)
    day = models.DateField(_("Tag"))
    succeeded = models.BooleanField(_("erledigt"))
    result = models.TextField(_("Ergebnis"), blank=True)
    finished_at = models.DateTimeField(_("beendet am"), auto_now=True)

    class Meta:
        verbose_name = _("tägliche Aufgabe")
        verbose_name_plural = _("tägliche Aufgaben")
        ordering: ClassVar = ["-day", "step"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["step", "day"], name="daily_step_once_a_day")]

    def __str__(self) -> str:
        return f"{self.step}, {self.day}"
