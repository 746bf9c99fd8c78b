"""Reads the points of a map."""

import json

from django.http import HttpResponse


def points_of(answer: HttpResponse | str) -> dict[int, list[float]]:
    """Return longitude and latitude of every entry of ``daten.geojson``, by its key and in its order."""
    collection = json.loads(answer if isinstance(answer, str) else answer.content)
    assert collection["type"] == "FeatureCollection"
    (feature,) = collection["features"]
    assert feature["geometry"]["type"] == "MultiPoint"
    return dict(zip(feature["properties"]["ids"], feature["geometry"]["coordinates"], strict=True))
