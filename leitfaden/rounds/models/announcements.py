"""What people were written to about, so that nobody is about the same again."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitfaden.rounds.models.rounds import Round


class Occasion(models.TextChoices):
    """What everybody concerned is written to about once, by the clock."""

    DISCUSS = "besprechen", _("Die Besprechung hat begonnen")
    VOTE = "abstimmen", _("Die Abstimmung hat begonnen")
    WEEK = "woche", _("In einer Woche endet eine Phase")
    DAY = "tag", _("Morgen endet eine Phase")


class Announcement(models.Model):
    """That people were written to on an occasion; written down in the transaction that queues the mails.

    ``moment`` is when the phase begins or ends: one that is prolonged has another end, of which people are
    reminded again.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="announcements", verbose_name=_("Runde"))
    occasion = models.CharField(_("Anlass"), max_length=20, choices=Occasion)
    moment = models.DateTimeField(_("Zeitpunkt"))
    at = models.DateTimeField(_("am"), auto_now_add=True)

    class Meta:
        verbose_name = _("Benachrichtigung")
        verbose_name_plural = _("Benachrichtigungen")
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "occasion", "moment"], name="announcement_once")
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.get_occasion_display()}"
