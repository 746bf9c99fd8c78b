"""What the map knows of each programme."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, TextField, Value
from django.db.models.functions import Cast, JSONObject

from lotsen.models import ProgrammeLanguage
from vielfalt.listings.geojson import page_of


def properties() -> JSONObject:
    """What the pop-up of a programme shows."""
    offers = ProgrammeLanguage.objects.available().filter(programme=OuterRef("pk")).order_by("language__sort_key")
    return JSONObject(
        title=F("title"),
        organisation=F("carrier__name"),
        place=F("municipality__name"),
        phone=F("carrier__phone"),
        email=F("carrier__email"),
        url=page_of("lotsen:carrier_detail", "carrier__slug", Value("#programm-"), Cast("pk", TextField())),
        languages=ArraySubquery(offers.values("language__name")),
    )
