"""Who was asked when whether an entry is still right, and when nobody is to be asked."""

from typing import ClassVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from vielfalt.reminders.querysets import QuietTimeQuerySet, ReminderQuerySet


class Reminder(models.Model):
    """One entry in one digest to one person.

    There is no foreign key to the entry, so that this works for every domain and never blocks a
    deletion. Whether a reminder was answered follows from the day on which the entry was confirmed.
    """

    kind = models.CharField(_("Art"), max_length=100)
    object_id = models.BigIntegerField(_("Nummer des Eintrags"))
    address = models.EmailField(_("E-Mail-Adresse"))
    sent_on = models.DateField(_("verschickt am"))
    said_gone_on = models.DateField(
        _("gemeldet: gibt es nicht mehr"), null=True, blank=True, help_text=_("Antwort über den Link in der Mail.")
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("Erinnerung")
        verbose_name_plural = _("Erinnerungen")
        ordering: ClassVar = ["-sent_on", "address"]
        indexes: ClassVar = [models.Index(fields=["address", "sent_on"], name="reminder_address")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "object_id", "address", "sent_on"], name="reminder_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.address}, {self.sent_on}"


class QuietTime(models.Model):
    """Days on which nobody is reminded, such as school holidays."""

    starts_on = models.DateField(_("vom"))
    ends_on = models.DateField(_("bis einschließlich"))
    reason = models.CharField(_("Anlass"), max_length=100, blank=True, help_text=_("z. B. Sommerferien"))

    objects = QuietTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Ruhezeit")
        verbose_name_plural = _("Ruhezeiten")
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=F("starts_on")),
                name="quiet_time_ends_after_start",
                violation_error_message=_("Das Ende liegt vor dem Anfang."),
            )
        ]

    def __str__(self) -> str:
        return self.reason or f"{self.starts_on} – {self.ends_on}"
