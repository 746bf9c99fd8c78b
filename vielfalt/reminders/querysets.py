"""The words in which one asks for reminders."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

PATIENCE = 2
"""After that many unanswered reminders the staff take over."""

PAUSE = timedelta(days=30)
"""How long each person is left in peace after a digest."""


class ReminderQuerySet(models.QuerySet):
    def about(self, model: type[models.Model]) -> Self:
        return self.filter(kind=model._meta.label_lower)

    def within_pause(self, day: date) -> Self:
        """Reminders so recent that their people are not to be asked again on ``day``."""
        return self.filter(sent_on__gt=day - PAUSE)

    def since_confirmation(self) -> Self:
        """For a subquery: the reminders about the outer entry that were sent after it was last confirmed."""
        confirmed = Coalesce(OuterRef("confirmed_on"), Value(date.min))
        return self.filter(object_id=OuterRef("pk"), sent_on__gt=confirmed)


class QuietTimeQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """Quiet times to which ``day`` belongs."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


def asked_in_vain(reminders: ReminderQuerySet) -> Exists:
    """The entries of which somebody was reminded twice and nobody has answered."""
    people = reminders.since_confirmation().order_by().values("address").annotate(number=Count("pk"))
    return Exists(people.filter(number__gte=PATIENCE))


def said_to_be_gone(reminders: ReminderQuerySet) -> Exists:
    """The entries of which somebody answered: "gibt es nicht mehr"."""
    return Exists(reminders.since_confirmation().filter(said_gone_on__isnull=False))


def in_the_hands_of_staff(reminders: ReminderQuerySet) -> Q:
    """The entries about which nobody is reminded any more, because the staff have to look into them."""
    return Q(asked_in_vain(reminders)) | Q(said_to_be_gone(reminders))
