"""The carrier map as GeoJSON (RFC 7946), put together by the database."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, JSONField, OuterRef, TextField, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.urls import reverse

from lotsen.models import ProgrammeLanguage
from lotsen.querysets import ProgrammeQuerySet


def feature_collection(programmes: ProgrammeQuerySet) -> str:
    """Return ``programmes`` as a FeatureCollection: a point each, with what the pop-up shows. One query."""
    features = programmes.with_point().annotate(feature=Cast(_feature(), TextField())).order_by("pk")
    return '{"type":"FeatureCollection","features":[' + ",".join(features.values_list("feature", flat=True)) + "]}"


def _feature() -> JSONObject:
    carrier_pages = reverse("lotsen:carrier_detail", args=["x"]).removesuffix("x/")
    offers = ProgrammeLanguage.objects.available().filter(programme=OuterRef("pk")).order_by("language__sort_key")
    return JSONObject(
        type=Value("Feature"),
        id=F("pk"),
        geometry=JSONObject(
            type=Value("Point"),
            coordinates=Func(F("longitude"), F("latitude"), function="json_build_array", output_field=JSONField()),
        ),
        properties=JSONObject(
            title=F("title"),
            carrier=F("carrier__name"),
            place=F("municipality__name"),
            phone=F("carrier__phone"),
            email=F("carrier__email"),
            url=Concat(
                Value(carrier_pages),
                F("carrier__slug"),
                Value("/#programm-"),
                Cast("pk", TextField()),
                output_field=TextField(),
            ),
            languages=ArraySubquery(offers.values("language__name")),
        ),
    )
