"""What municipalities and postal codes are called, and which municipality an address lies in."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from vielfalt.listings.spreadsheets.words import Words
from vielfalt.places.models import Municipality, PostalCode

_QUALIFIER = re.compile(r"\s(\(|a\.|am |an |v\.|vor |i\.|im |in ).*")

type Names = list[tuple[Municipality, str]]


def names(towns: Iterable[Municipality]) -> Names:
    return [(town, town.name) for town in towns]


def other_names(towns: Iterable[Municipality]) -> Names:
    """Return what people call towns for short, what they were called, and their keys."""
    towns = list(towns)
    return [(town, _QUALIFIER.sub("", town.name)) for town in towns] + [
        (town, word) for town in towns for word in (*town.former_names.split("|"), town.ags) if word
    ]


def town_words() -> Words[Municipality]:
    towns = list(Municipality.objects.only("ags", "name", "former_names"))
    return Words(names(towns), other_names(towns))


def postal_code_words() -> Words[PostalCode]:
    return Words([(code, code.code) for code in PostalCode.objects.prefetch_related("municipalities")])


def town_of_code(code: PostalCode, wanted: Municipality | None) -> tuple[Municipality, str]:
    """Return the municipality that ``code`` belongs to, if possible ``wanted``, and a doubt where it is a guess."""
    inside = sorted(code.municipalities.all(), key=lambda town: (town != wanted, town.name))
    if len(inside) == 1 or inside[0] == wanted:
        return inside[0], ""
    doubt = _("Zu {code} gehören {names}. Eingetragen wird {name}, bitte prüfen Sie das.").format(
        code=code, names=", ".join(town.name for town in inside), name=inside[0].name
    )
    return inside[0], doubt
