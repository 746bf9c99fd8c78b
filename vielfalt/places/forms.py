"""The field in which somebody names a place."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vielfalt.answers.values import kept
from vielfalt.places.models import Municipality
from vielfalt.places.search import find_place


@dataclass(frozen=True)
class ChosenPlace:
    """The place that a question is about; ``alternatives`` are what else may have been meant."""

    label: str
    municipality: Municipality
    latitude: float
    longitude: float
    is_guess: bool = False
    alternatives: tuple[str, ...] = ()


class PlaceField(forms.CharField):
    """A postal code or the name of a municipality; its value is the :class:`ChosenPlace` that is meant most likely."""

    def clean(self, value: Any) -> ChosenPlace | None:
        text = super().clean(value)
        if not text:
            return None
        found = kept(("place", text), lambda: find_place(text))
        if found.municipality:
            return ChosenPlace(found.label, found.municipality, *found.point)
        if not found.municipalities:
            raise ValidationError(
                _("Diesen Ort finden wir in Hessen nicht. Bitte prüfen Sie die Schreibweise oder die Postleitzahl.")
            )
        best, label, others = found.municipalities[0], found.choices[0], found.choices[1:]
        return ChosenPlace(label, best, best.latitude, best.longitude, is_guess=True, alternatives=others)


class PlaceForm(forms.Form):
    """The question of the home page."""

    ort = PlaceField(label=_("Ort oder Postleitzahl"), required=False, max_length=100)
