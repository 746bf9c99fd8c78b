"""Entries as points of a map: GeoJSON (RFC 7946), put together by the database.

A map shows many points and says something of few. So it gets the points of all entries first, and what
its markers and pop-ups say when somebody looks at them (ADR 23).
"""

import re

from django.db.models import Expression, F, Func, JSONField, StringAgg, TextField, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from vielfalt.listings.querysets import EntryQuerySet

MOST_AT_ONCE = 50
"""For so many entries a map may ask at once (``static/portal/map.js``); further ones do not count."""

PER_DEGREE = 100_000
"""Coordinates have five decimals: about a metre."""

POINTS = '{"type":"Feature","geometry":{"type":"MultiPoint","coordinates":[%s]},"properties":{"ids":[%s]}}'


def answer_points(entries: EntryQuerySet) -> HttpResponse:
    """Answer with the points of ``entries``."""
    return _answer(points(entries))


def answer_details(question: QueryDict, entries: EntryQuerySet, properties: JSONObject) -> HttpResponse:
    """Answer with those of ``entries`` that the question names as ``id``, and their ``properties``.

    Whatever the question names beyond them is left out, so that nobody learns whether it exists.
    """
    return _answer(details(entries.filter(pk__in=_named(question)), properties))


def points(entries: EntryQuerySet) -> str:
    """Return ``entries`` as a FeatureCollection: the point each has for readers and nothing else. One query.

    It is one feature for all, because one for each is four times as long: its property ``ids`` names them in the
    order of the coordinates.
    """
    point = Func(Value("[%s,%s]"), *_coordinates(), function="format", output_field=TextField())
    found = entries.with_point().aggregate(
        points=StringAgg(point, Value(","), order_by="pk"),
        ids=StringAgg(Cast("pk", TextField()), Value(","), order_by="pk"),
    )
    return _collection(POINTS % (found["points"] or "", found["ids"] or ""))


def details(entries: EntryQuerySet, properties: JSONObject) -> str:
    """Return ``entries`` as a FeatureCollection: the point each has for readers, with ``properties``. One query.

    The map shows of the properties ``title`` with ``url``, ``organisation``, ``place``, ``languages`` (a list)
    and ``phone``, or else ``email``.
    """
    feature = JSONObject(
        type=Value("Feature"),
        id=F("pk"),
        geometry=JSONObject(
            type=Value("Point"),
            coordinates=Func(*_coordinates(), function="json_build_array", output_field=JSONField()),
        ),
        properties=properties,
    )
    features = entries.with_point().annotate(feature=Cast(feature, TextField())).order_by("pk")
    return _collection(",".join(features.values_list("feature", flat=True)))


def page_of(view: str, slug: str = "slug", *after: Expression) -> Concat:
    """Return the address of an entry's page as the database puts it together: ``view`` has the slug at its end."""
    start = reverse(view, args=["x"]).removesuffix("x/")
    return Concat(Value(start), F(slug), Value("/"), *after, output_field=TextField())


def _answer(collection: str) -> HttpResponse:
    return HttpResponse(collection, content_type="application/geo+json")


def _collection(features: str) -> str:
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


def _coordinates() -> list[Expression]:
    """Longitude and latitude for readers, rounded as numbers, because ``numeric`` takes the database twice as long."""
    return [Func(F(f"point_{name}") * PER_DEGREE, function="round") / PER_DEGREE for name in ("longitude", "latitude")]


def _named(question: QueryDict) -> list[int]:
    values = question.getlist("id")[:MOST_AT_ONCE]
    return [int(value) for value in values if re.fullmatch("[0-9]{1,18}", value)]
