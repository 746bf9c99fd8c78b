"""Entries as points of a map: GeoJSON (RFC 7946), put together by the database."""

from django.db.models import Expression, F, Func, JSONField, TextField, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.http import HttpResponse
from django.urls import reverse

from vielfalt.listings.querysets import EntryQuerySet


def answer(entries: EntryQuerySet, properties: JSONObject) -> HttpResponse:
    """Answer with ``entries`` as GeoJSON."""
    return HttpResponse(feature_collection(entries, properties), content_type="application/geo+json")


def feature_collection(entries: EntryQuerySet, properties: JSONObject) -> str:
    """Return ``entries`` as a FeatureCollection: the point each has for readers, with ``properties``. One query.

    The pop-up of the map (``static/portal/map.js``) shows of the properties ``title`` with ``url``,
    ``organisation``, ``place``, ``languages`` (a list) and ``phone``, or else ``email``.
    """
    feature = JSONObject(
        type=Value("Feature"),
        id=F("pk"),
        geometry=JSONObject(
            type=Value("Point"),
            coordinates=Func(
                F("point_longitude"), F("point_latitude"), function="json_build_array", output_field=JSONField()
            ),
        ),
        properties=properties,
    )
    features = entries.with_point().annotate(feature=Cast(feature, TextField())).order_by("pk")
    return '{"type":"FeatureCollection","features":[' + ",".join(features.values_list("feature", flat=True)) + "]}"


def page_of(view: str, slug: str = "slug", *after: Expression) -> Concat:
    """Return the address of an entry's page as the database puts it together: ``view`` has the slug at its end."""
    start = reverse(view, args=["x"]).removesuffix("x/")
    return Concat(Value(start), F(slug), Value("/"), *after, output_field=TextField())
