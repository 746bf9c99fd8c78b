"""The log of all mails, and who does not want to be reminded."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from post_office.models import STATUS, Email

from vielfalt.mail.kinds import KIND_HEADER, Kind
from vielfalt.mail.querysets import DeliveryQuerySet


class Delivery(Email):
    """A mail in the queue or on its way, as the staff's log shows it: never with its content."""

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("verschickte E-Mail")
        verbose_name_plural = _("verschickte E-Mails")
        ordering: ClassVar = ["-created", "-pk"]

    @property
    def kind(self) -> Kind:
        """The class of the mail; what says nothing is an account mail."""
        return Kind((self.headers or {}).get(KIND_HEADER, Kind.ACCOUNT))

    @property
    def has_content(self) -> bool:
        return bool(self.message or self.html_message)

    @property
    def can_be_sent_again(self) -> bool:
        return self.status == STATUS.failed and self.has_content


class ReminderOptOut(models.Model):
    """An address without an account that wants no reminders; accounts say so themselves."""

    address = models.EmailField(_("E-Mail-Adresse"), unique=True)
    created_at = models.DateTimeField(_("seit"), auto_now_add=True)

    class Meta:
        verbose_name = _("abbestellte Erinnerung")
        verbose_name_plural = _("abbestellte Erinnerungen")
        ordering: ClassVar = ["address"]

    def __str__(self) -> str:
        return self.address
