"""The question a visitor asks of the map: place, language, need."""

from typing import ClassVar

from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from lotsen.models import CarrierType, FieldOfWork, Programme, TargetGroup
from lotsen.models.vocabularies import AVAILABLE
from lotsen.querysets import ProgrammeQuerySet
from vielfalt.listings.facets import Facet
from vielfalt.listings.filters import EntryFilter, MapFilter
from vielfalt.listings.models import Language
from vielfalt.places.forms import ChosenPlace
from vielfalt.places.models import District

FACETS = (
    Facet(
        "sprache",
        _("Sprache"),
        "offered_languages__language",
        Language,
        Q(offered_languages__availability__in=AVAILABLE),
    ),
    Facet("einsatzfeld", _("Wobei brauchen Sie Hilfe?"), "fields_of_work__slug", FieldOfWork),
    Facet("zielgruppe", _("Für wen?"), "target_groups__slug", TargetGroup),
    Facet("kreis", _("Landkreis oder Stadt"), "reach__district", District),
    Facet("traegerart", _("Art des Trägers"), "carrier__carrier_type__slug", CarrierType),
)


class ProgrammeFilter(MapFilter):
    """Programmes, with those responsible for the place before those near it."""

    offered_facets: ClassVar = FACETS
    reading_order: ClassVar = ("carrier__sort_key", "sort_key", "pk")

    class Meta(EntryFilter.Meta):
        model = Programme

    def near(self, entries: ProgrammeQuerySet, place: ChosenPlace, kilometres: int) -> ProgrammeQuerySet:
        """Return the programmes based near the place, and those responsible for it from wherever."""
        return super().near(entries, place, kilometres) | entries.covering(place.municipality)

    def ordered(self) -> ProgrammeQuerySet:
        """Return the programmes in the order of the list: responsible ones first, then by distance, else by name."""
        programmes = super().ordered()
        if not self.place:
            return programmes
        covers = self.qs.covers(self.place.municipality)
        responsible = programmes.annotate(responsible=Case(When(covers, then=True), default=False))
        return responsible.order_by("-responsible", "distance", *self.reading_order)
