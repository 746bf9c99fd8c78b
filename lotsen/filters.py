"""The question a visitor asks of the map: place, language, need. One GET form, every state an address."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lotsen.facets import FACETS, Option, count_options, load_options
from lotsen.models import Programme
from lotsen.querysets import ProgrammeQuerySet
from vielfalt.places.models import Municipality
from vielfalt.places.search import find_place

RADIUSES = (5, 10, 20, 30, 50, 100)
"""Kilometres that the form offers."""


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
        found = find_place(text)
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


class FacetField(forms.MultipleChoiceField):
    """Several options; what is not among them is named by :class:`SearchForm` and left out."""

    def valid_value(self, value: str) -> bool:
        return "\x00" not in value


class PlaceFilter(django_filters.CharFilter):
    field_class = PlaceField


class FacetFilter(django_filters.MultipleChoiceFilter):
    field_class = FacetField


class SearchForm(forms.Form):
    """Checks what fields can't check alone; right values stay in force beside wrong ones."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("umkreis") and not self["ort"].data:
            self.add_error("umkreis", _("Für einen Umkreis brauchen wir auch einen Ort."))
        for facet in FACETS:
            known = dict(self.fields[facet.name].choices)
            chosen = cleaned.get(facet.name, [])
            unknown = [value for value in chosen if known and value not in known]
            if unknown:
                message = _("„{value}“ gibt es hier nicht und zählt deshalb nicht.")
                self.add_error(facet.name, [message.format(value=value) for value in unknown])
                cleaned[facet.name] = [value for value in chosen if value in known]
        return cleaned


class ProgrammeFilter(django_filters.FilterSet):
    """Programmes narrowed by what stands in the address.

    A wrong value never empties the page: it is named at its field and left out of account. Only
    with ``options`` does the form know them, their labels and counts; without, it costs no query.
    """

    q = django_filters.CharFilter(label=_("Suchwort"), max_length=100)
    ort = PlaceFilter(label=_("Ort oder Postleitzahl"), max_length=100)
    umkreis = django_filters.TypedChoiceFilter(
        label=_("Umkreis"),
        coerce=int,
        choices=[(km, _("{km} km").format(km=km)) for km in RADIUSES],
        error_messages={
            "invalid_choice": _("Bitte wählen Sie {choices} oder {largest} km. „{value}“ zählt nicht.").format(
                choices=", ".join(map(str, RADIUSES[:-1])), largest=RADIUSES[-1], value="%(value)s"
            )
        },
    )

    class Meta:
        model = Programme
        fields: tuple[str, ...] = ()
        form = SearchForm

    def __init__(self, data: QueryDict, queryset: ProgrammeQuerySet, *, options: bool) -> None:
        super().__init__(data, queryset)
        self.options = load_options() if options else {facet.name: [] for facet in FACETS}
        for facet in FACETS:
            self.filters[facet.name] = FacetFilter(
                label=facet.label, choices=[(option.value, option.label) for option in self.options[facet.name]]
            )

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What was asked for and makes sense, by the name of its field."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def place(self) -> ChosenPlace | None:
        return self.chosen.get("ort")

    @cached_property
    def qs(self) -> ProgrammeQuerySet:
        return self.narrowed()

    def narrowed(self, without: str = "") -> ProgrammeQuerySet:
        """Return the programmes that all filters leave, ``without`` one facet."""
        programmes = self.queryset
        if "q" in self.chosen:
            programmes = programmes.search(self.chosen["q"])
        if self.place and "umkreis" in self.chosen:
            near = programmes.within(self.chosen["umkreis"], self.place.latitude, self.place.longitude)
            programmes = near | programmes.covering(self.place.municipality)
        for facet in FACETS:
            if facet.name in self.chosen and facet.name != without:
                programmes = facet.narrow(programmes, self.chosen[facet.name])
        return programmes

    def ordered(self) -> ProgrammeQuerySet:
        """Return the programmes in the order of the list: responsible ones first, then by distance, else by name."""
        if not self.place:
            return self.qs.with_point().order_by("carrier__sort_key", "sort_key", "pk")
        return (
            self.qs.with_distance(self.place.latitude, self.place.longitude)
            .annotate(responsible=Case(When(self.qs.covers(self.place.municipality), then=True), default=False))
            .order_by("-responsible", "distance", "carrier__sort_key", "sort_key", "pk")
        )

    @cached_property
    def _counts(self) -> tuple[dict, int]:
        return count_options({facet.name: self.narrowed(without=facet.name) for facet in FACETS}, self.qs)

    @property
    def total(self) -> int:
        """The number of programmes found."""
        return self._counts[1]

    @cached_property
    def facets(self) -> list[dict[str, Any]]:
        """The facets as the form shows them: label, options with counts, errors; empty options only if chosen."""
        counts, _total = self._counts
        shown = []
        for facet in FACETS:
            chosen = self.chosen.get(facet.name, [])
            options = self.options[facet.name]
            for option in options:
                option.count = counts.get((facet.name, option.value), 0)
                option.chosen = option.value in chosen
            shown.append(
                {
                    "name": facet.name,
                    "label": facet.label,
                    "options": [option for option in options if option.count or option.chosen],
                    "errors": self.form.errors.get(facet.name, []),
                    "chosen": len(chosen),
                }
            )
        return shown

    @cached_property
    def chips(self) -> list[dict[str, str]]:
        """The chosen filters, each with the address that the page has without it."""
        chips = []
        if "q" in self.chosen:
            chips.append({"label": f"„{self.chosen['q']}“", "url": self._address_without("q")})
        if self.place:
            chips.append({"label": self.place.label, "url": self._address_without("ort", "umkreis")})
        if "umkreis" in self.chosen and self.place:
            label = _("bis {km} km").format(km=self.chosen["umkreis"])
            chips.append({"label": label, "url": self._address_without("umkreis")})
        for facet in FACETS:
            options = {option.value: option for option in self.options[facet.name]}
            for value in self.chosen.get(facet.name, []):
                chips.append({"label": options[value].label, "url": self._address_without(facet.name, value=value)})
        return chips

    def _address_without(self, *names: str, value: str = "") -> str:
        data = self.data.copy()
        for name in (*names, "seite"):
            left = [other for other in data.getlist(name) if value and name != "seite" and other != value]
            data.setlist(name, left)
        filled = [(name, value) for name, values in data.lists() for value in values if value]
        return "?" + urlencode(filled)

    @property
    def chosen_in_panel(self) -> int:
        """The number of chosen filters in the form's folded part."""
        return ("q" in self.chosen) + sum(len(self.chosen.get(facet.name, [])) for facet in FACETS)

    @property
    def radiuses(self) -> list[Option]:
        """The options of the field "umkreis"."""
        wanted = self.form["umkreis"].value()
        return [Option(str(km), _("{km} km").format(km=km), chosen=str(km) == wanted) for km in RADIUSES]

    @property
    def facet_errors(self) -> bool:
        """Whether something went wrong in the form's folded part, which then opens."""
        return any(name in self.form.errors for name in ("q", *(facet.name for facet in FACETS)))
