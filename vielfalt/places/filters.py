"""The filters that ask for a place and what is near it."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from vielfalt.places.forms import PlaceField

RADIUSES = (5, 10, 20, 30, 50, 100)
"""Kilometres that the form offers."""


def radius_label(km: int) -> str:
    return _("{km} km").format(km=km)


class PlaceFilter(django_filters.CharFilter):
    field_class = PlaceField


class RadiusFilter(django_filters.TypedChoiceFilter):
    """One of ``RADIUSES``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            coerce=int,
            choices=[(km, radius_label(km)) for km in RADIUSES],
            error_messages={
                "invalid_choice": _("Bitte wählen Sie {choices} oder {largest} km. „{value}“ zählt nicht.").format(
                    choices=", ".join(map(str, RADIUSES[:-1])), largest=RADIUSES[-1], value="%(value)s"
                )
            },
            **kwargs,
        )
