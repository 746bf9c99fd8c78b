"""From degrees to the coordinates of the pictures of Hesse (``outline``, ``static/karte/hessen.svg``)."""

import json
from math import log, pi, radians, tan
from pathlib import Path

_FRAME = json.loads((Path(__file__).parent / "data" / "geometry.json").read_text(encoding="utf-8"))

VIEW_BOX: str = _FRAME["viewBox"]
"""The ``viewBox`` of every picture that shows outlines."""


def svg_position(latitude: float, longitude: float) -> tuple[float, float]:
    """Return x and y of a point on the earth in the pictures of Hesse (Mercator, as in the maps of the web)."""
    across = (longitude - _FRAME["west"]) / (_FRAME["east"] - _FRAME["west"])
    top, bottom = _mercator(_FRAME["north"]), _mercator(_FRAME["south"])
    down = (top - _mercator(latitude)) / (top - bottom)
    return round(across * _FRAME["width"], 1), round(down * _FRAME["height"], 1)


def _mercator(latitude: float) -> float:
    return log(tan(pi / 4 + radians(latitude) / 2))
