"""What the map knows of each migrant organisation."""

from django.db.models import Case, F, When
from django.db.models.functions import JSONObject

from migrantenorgs.querysets import consented, language_names
from vielfalt.listings.geojson import page_of


def properties() -> JSONObject:
    """What the pop-up of an organisation shows: of its contact only what it has agreed to."""
    return JSONObject(
        title=F("name"),
        place=F("municipality__name"),
        phone=Case(When(consented(), then=F("phone"))),
        email=Case(When(consented(), then=F("email"))),
        url=page_of("migrantenorgs:organisation_detail"),
        languages=language_names(),
    )
