"""The words in which one asks for mails."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat, Lower
from post_office.models import STATUS, Log

from vielfalt.mail.kinds import KIND_HEADER, Kind

WAITING = (STATUS.queued, STATUS.requeued)


class DeliveryQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Mails that have still to go out."""
        return self.filter(status__in=WAITING)

    def with_content(self) -> Self:
        return self.exclude(message="", html_message="")

    def sent_with_secrets(self) -> Self:
        """Account mails that went out and still hold their links and codes."""
        reminders = Q(headers__contains={KIND_HEADER: Kind.REMINDER.value})
        return self.filter(status=STATUS.sent).exclude(reminders).with_content()

    def older_than(self, moment: datetime) -> Self:
        return self.filter(created__lt=moment)

    def to_address(self, address: str) -> Self:
        """Mails to exactly this address, whatever else stands in the list of recipients."""
        everybody = Concat(Value(", "), Lower("to"), Value(", "), output_field=TextField())
        return self.alias(everybody=everybody).filter(everybody__contains=f", {address.lower()}, ")

    def without_content(self) -> int:
        """Remove texts, links and what servers answered; return the number of mails."""
        Log.objects.filter(email__in=self.values("pk")).update(message="")
        return self.update(message="", html_message="", context=None)
