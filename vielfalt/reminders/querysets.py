"""The words in which one asks for reminders."""

from datetime import date, timedelta
from typing import Self, cast

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from vielfalt.listings.querysets import OrganisationQuerySet

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


class AskedQuerySet(OrganisationQuerySet):
    """Organisations whose people are reminded."""

    def said_to_be_gone(self) -> Self:
        """Organisations whose people say that they no longer exist."""
        return self.filter(said_to_be_gone(self._reminders()))

    def with_questions(self) -> Self:
        """Organisations that the staff should ask: two reminders without an answer, or ``said_gone``."""
        reminders = self._reminders()
        return self.filter(in_the_hands_of_staff(reminders)).annotate(said_gone=said_to_be_gone(reminders))

    def left_to_their_people(self) -> Self:
        """Organisations about which the staff have nothing to ask yet."""
        return self.exclude(in_the_hands_of_staff(self._reminders()))

    def _reminders(self) -> ReminderQuerySet:
        """The reminders about these; looked up late, because their model needs this module first."""
        reminders = cast("ReminderQuerySet", apps.get_model("reminders", "Reminder")._default_manager.all())
        return reminders.about(self.model)
