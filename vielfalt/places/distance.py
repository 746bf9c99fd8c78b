"""Distances as expressions of the database."""

from django.db.models import Expression, F, FloatField, Value
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

EARTH_RADIUS_KM = 6371.0088


def distance_km(latitude: str | Expression, longitude: str | Expression, *, to: tuple[float, float]) -> Expression:
    """Return the distance as the crow flies between two columns and the point ``to`` (latitude, longitude)."""
    here_latitude, here_longitude = (Radians(F(e) if isinstance(e, str) else e) for e in (latitude, longitude))
    there_latitude, there_longitude = (Radians(Value(degrees, output_field=FloatField())) for degrees in to)
    haversine = Power(Sin((here_latitude - there_latitude) / 2.0), 2) + Cos(here_latitude) * Cos(
        there_latitude
    ) * Power(Sin((here_longitude - there_longitude) / 2.0), 2)
    # Rounding may lead a hair beyond 1, where the arc sine ends.
    return 2 * EARTH_RADIUS_KM * ASin(Sqrt(Least(haversine, Value(1.0))), output_field=FloatField())
