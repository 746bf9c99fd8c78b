"""The small picture that shows where a carrier's programmes work."""

from typing import Any

from lotsen.models import Carrier, Programme
from vielfalt.places.geometry import VIEW_BOX, svg_position


def area_map(carrier: Carrier, programmes: list[Programme]) -> dict[str, Any]:
    """Return what ``components/small_map.html`` draws: covered districts and municipalities, and the places."""
    districts = {district for programme in programmes for district in programme.districts}
    municipalities = {place for programme in programmes for place in programme.municipalities}
    at = {programme.municipality for programme in programmes} | {carrier.municipality}
    return {
        "view_box": VIEW_BOX,
        "districts": sorted(district.ags for district in districts),
        "outlines": [place.outline for place in sorted(municipalities, key=lambda place: place.ags)],
        "points": [svg_position(place.latitude, place.longitude) for place in sorted(at, key=lambda place: place.ags)],
        "words": sorted({district.label for district in districts} | {place.name for place in municipalities}),
    }
