"""The words in which one asks for notices."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import F
from django.utils import timezone

from vielfalt.listings.holders import held_by
from vielfalt.listings.models import Organisation, organisation_models
from vielfalt.listings.querysets import EntryQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from vielfalt.accounts.models import User

REMIND_BEFORE = timedelta(days=7)
"""How long before its end the people of a notice are told."""


class NoticeQuerySet(EntryQuerySet):
    def running(self) -> Self:
        """Notices whose end has not come."""
        return self.filter(ends_on__gte=timezone.localdate())

    def current(self) -> Self:
        """Running notices, unless the centre withholds them."""
        return self.running().filter(withheld_because="")

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Current notices of organisations that lists show to ``user``."""
        shown = held_by(lambda model: model.objects.listed_for(user))
        return self.current().filter(shown)

    def editable_by(self, user: object) -> Self:
        """Notices, running or not, of the organisations that ``user`` looks after."""
        return self.filter(held_by(lambda model: model.objects.editable_by(user)))

    def of(self, organisation: Organisation) -> Self:
        """Notices of one organisation."""
        meta = organisation._meta
        kind = {"content_type__app_label": meta.app_label, "content_type__model": meta.model_name}
        return self.filter(**kind, object_id=organisation.pk)

    def ending_soon(self, day: date) -> Self:
        """Notices that end within the next days and of whose present end nobody was told."""
        return self.filter(ends_on__range=(day, day + REMIND_BEFORE)).exclude(told_of_end=F("ends_on"))

    def with_point(self) -> Self:
        """Annotate ``point_latitude`` and ``point_longitude``: the municipality's, never those of an address."""
        return self.annotate(point_latitude=F("municipality__latitude"), point_longitude=F("municipality__longitude"))

    def for_cards(self) -> Self:
        """Load what a card shows, in one query for each kind of organisation."""
        organisations = [model._base_manager.defer("search") for model in organisation_models()]
        return self.select_related("subject", "municipality__district").prefetch_related(
            GenericPrefetch("organisation", organisations)
        )
