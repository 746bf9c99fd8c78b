"""Finds the place that somebody means by what they typed."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from vielfalt.places.models import Municipality

LONGEST_TEXT = 100
"""No name of a place is longer; what comes after is not read."""

SUGGESTIONS = 8
MOST_NAMESAKES = 20
ALTERNATIVES = 5

CLEARLY_WORSE = 0.1
"""A name that is by so much less similar than the best one is not worth offering beside it."""


class Certainty(Enum):
    """How sure it is which place is meant."""

    EXACT = "exact"
    AMBIGUOUS = "ambiguous"
    SIMILAR = "similar"
    NOTHING = "nothing"


@dataclass(frozen=True)
class FoundPlace:
    """What ``find_place`` found: one municipality when it is exact, else those to choose from, best first."""

    certainty: Certainty
    municipalities: tuple[Municipality, ...] = ()
    postal_code: str = ""

    @property
    def municipality(self) -> Municipality | None:
        """The municipality that is meant, or ``None`` while that is not certain."""
        return self.municipalities[0] if self.certainty is Certainty.EXACT else None

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude of the postal code, else of the municipality."""
        if self.municipality is None:
            return None
        if self.postal_code:
            return self.municipality.point_latitude, self.municipality.point_longitude
        return self.municipality.latitude, self.municipality.longitude

    @property
    def label(self) -> str:
        """How to write the place back: "63065 Offenbach am Main"; empty while it is not certain."""
        return f"{self.postal_code} {self.municipality}".strip() if self.municipality else ""

    @property
    def choices(self) -> tuple[str, ...]:
        """What ``find_place`` understands as each of the municipalities, to be offered as links or options."""
        return tuple(f"{self.postal_code} {place}".strip() for place in self.municipalities)


def find_place(text: str) -> FoundPlace:
    """Find the municipality that ``text`` means: a postal code, a name, or both.

    A postal code outranks a name that is unknown; a name that belongs to another municipality makes
    the answer ambiguous. One query.
    """
    text = text[:LONGEST_TEXT].strip()
    postal_code = re.search(r"(?<![0-9])[0-9]{5}(?![0-9])", text)
    if postal_code:
        name = text.replace(postal_code[0], " ", 1)
        return _find_postal_code(postal_code[0], _without_additions(name))
    name = _without_additions(text)
    if not name:
        return FoundPlace(Certainty.NOTHING)
    places = Municipality.objects.select_related("district").with_name_rank(name).called_or_similar_to(name)
    found = list(places[:MOST_NAMESAKES])
    named = _best_named(found)
    return _one_or_several(named) if named else _only_similar(_most_similar(found))


def _find_postal_code(code: str, name: str) -> FoundPlace:
    places = Municipality.objects.select_related("district").around_or_called(code[:3], name)
    rows = list(places)
    within = [place for place in rows if place.postal_code == code]
    called = _once(place for place in rows if name and place.is_called)
    if not within:
        return _only_similar(_best_named(called) or _most_similar(called) or _once(rows))
    named = [place for place in within if place.name_rank is not None]
    if named or not name:
        return _one_or_several(named or within, code)
    elsewhere = _best_named(called)
    if elsewhere:
        return FoundPlace(Certainty.AMBIGUOUS, (*within, *elsewhere))
    return _one_or_several(within, code)


def _once(places: Iterable[Municipality]) -> list[Municipality]:
    return list({place.pk: place for place in places}.values())


def _best_named(found: Iterable[Municipality]) -> list[Municipality]:
    named = [place for place in found if place.name_rank is not None]
    return [place for place in named if place.name_rank == named[0].name_rank]


def _one_or_several(found: list[Municipality], postal_code: str = "") -> FoundPlace:
    certainty = Certainty.EXACT if len(found) == 1 else Certainty.AMBIGUOUS
    return FoundPlace(certainty, tuple(found), postal_code)


def _most_similar(found: list[Municipality]) -> list[Municipality]:
    return [place for place in found if place.similarity > found[0].similarity - CLEARLY_WORSE]


def _only_similar(found: list[Municipality]) -> FoundPlace:
    places = tuple(found[:ALTERNATIVES])
    return FoundPlace(Certainty.SIMILAR if places else Certainty.NOTHING, places)


@dataclass(frozen=True)
class Suggestion:
    """A place offered while somebody types; ``value`` is what ``find_place`` then understands."""

    label: str
    value: str
    plz: str
    ags: str
    district: str
    lat: float
    lon: float


def suggest_places(text: str) -> list[Suggestion]:
    """Return what ``text`` may become when typing goes on, best first; at most two queries."""
    text = text[:LONGEST_TEXT].strip()
    parts = re.match(r"(?:D\s*-\s*)?([0-9]{1,5})(?![0-9])\s*(.*)", text)
    if parts:
        return [_suggest_postal_code(place) for place in _in_postal_codes(parts[1], _without_additions(parts[2]))]
    name = _without_additions(text)
    if not name:
        return []
    places = Municipality.objects.select_related("district")
    going_on = places.with_prefix_rank(name).filter(name_rank__isnull=False).order_by("name_rank", "sort_key")
    found = list(going_on[:SUGGESTIONS]) or _most_similar(list(places.similar_to(name)[:SUGGESTIONS]))
    namesakes = Counter(_first_word(place) for place in found)
    return [_suggest_name(place, alone=namesakes[_first_word(place)] == 1) for place in found]


def _in_postal_codes(start: str, name: str) -> list[Municipality]:
    places = Municipality.objects.select_related("district").in_postal_codes_from(start)
    named = places.with_prefix_rank(name).filter(name_rank__isnull=False)[:SUGGESTIONS] if name else ()
    return list(named) or list(places[:SUGGESTIONS])


def _suggest_postal_code(place: Municipality) -> Suggestion:
    text = f"{place.postal_code} {place.name}"
    return Suggestion(
        label=text,
        value=text,
        plz=place.postal_code,
        ags=place.ags,
        district=place.district.label,
        lat=place.point_latitude,
        lon=place.point_longitude,
    )


def _suggest_name(place: Municipality, *, alone: bool) -> Suggestion:
    return Suggestion(
        label=place.name if alone else f"{place.name}, {place.district.label}",
        value=place.name,
        plz="",
        ags=place.ags,
        district=place.district.label,
        lat=place.latitude,
        lon=place.longitude,
    )


def _first_word(place: Municipality) -> str:
    return place.match_key.partition(" ")[0]


def _without_additions(name: str) -> str:
    """Return the words of ``name`` without what people add to it: "Stadt Kassel", "D-34117"."""
    words = re.findall(r"[^\W_]+", name)
    telling = [word for word in words if word.lower() not in {"stadt", "gemeinde", "d"}]
    return " ".join(telling or words)
