"""The question a reader asks of a directory: place, words, options. One GET form, every state an address."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from vielfalt.answers.values import kept
from vielfalt.listings.facets import Facet, Option, count_options, load_options
from vielfalt.listings.layers import ShownLayer, registered
from vielfalt.listings.querysets import EntryQuerySet
from vielfalt.places.filters import RADIUSES, PlaceFilter, RadiusFilter, radius_label
from vielfalt.places.forms import ChosenPlace

if TYPE_CHECKING:
    from vielfalt.accounts.models import User

PAGE = "seite"
"""The parameter with the number of the page, which any other change takes back to the first."""


class FacetField(forms.MultipleChoiceField):
    """Several options; what is not among them is named by :class:`SearchForm` and left out."""

    def valid_value(self, value: str) -> bool:
        return "\x00" not in value


class FacetFilter(django_filters.MultipleChoiceFilter):
    field_class = FacetField


class SearchForm(forms.Form):
    """Checks what fields can't check alone; right values stay in force beside wrong ones."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("umkreis") and not self["ort"].data:
            self.add_error("umkreis", _("Für einen Umkreis brauchen wir auch einen Ort."))
        for name, field in self.fields.items():
            if isinstance(field, FacetField):
                self._leave_out_unknown(name, field, cleaned)
        return cleaned

    def _leave_out_unknown(self, name: str, field: FacetField, cleaned: dict[str, Any]) -> None:
        known = dict(field.choices)
        chosen = cleaned.get(name, [])
        unknown = [value for value in chosen if known and value not in known]
        if unknown:
            message = _("„{value}“ gibt es hier nicht und zählt deshalb nicht.")
            self.add_error(name, [message.format(value=value) for value in unknown])
            cleaned[name] = [value for value in chosen if value in known]


class EntryFilter(django_filters.FilterSet):
    """Entries narrowed by what stands in the address.

    A wrong value never empties the page: it is named at its field and left out of account. Only
    with ``options`` does the form know them, their labels and counts; without, it costs no query.
    """

    q = django_filters.CharFilter(label=_("Suchwort"), max_length=100)
    ort = PlaceFilter(label=_("Ort oder Postleitzahl"), max_length=100)
    umkreis = RadiusFilter(label=_("Umkreis"))

    offered_facets: ClassVar[tuple[Facet, ...]] = ()
    """What a domain lets its readers choose, in the order of the form."""
    reading_order: ClassVar[tuple[str, ...]] = ("sort_key", "pk")
    """The order of the list where nothing else decides."""

    class Meta:
        fields: tuple[str, ...] = ()
        form = SearchForm

    def __init__(self, data: QueryDict, queryset: EntryQuerySet, *, options: bool) -> None:
        super().__init__(data, queryset)
        self.counts_options = options
        facets = self.offered_facets
        self.options = load_options(facets) if options else {facet.name: [] for facet in facets}
        for facet in facets:
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
    def qs(self) -> EntryQuerySet:
        return self.narrowed()

    def narrowed(self, without: str = "") -> EntryQuerySet:
        """Return the entries that all filters leave, ``without`` one facet."""
        entries = self._found
        for facet in self.offered_facets:
            if facet.name in self.chosen and facet.name != without:
                entries = facet.narrow(entries, self.chosen[facet.name])
        return entries

    @cached_property
    def _found(self) -> EntryQuerySet:
        """The entries that the words and the radius leave.

        Looking for words takes longest, and who counts options needs the entries again and again: hence their keys.
        """
        entries = self.queryset
        if "q" in self.chosen:
            entries = entries.search(self.chosen["q"])
        if self.place and "umkreis" in self.chosen:
            entries = self.near(entries, self.place, self.chosen["umkreis"])
        if "q" not in self.chosen or not self.counts_options:
            return entries
        return entries.model._default_manager.filter(pk__among=list(entries.order_by().values_list("pk", flat=True)))

    def near(self, entries: EntryQuerySet, place: ChosenPlace, kilometres: int) -> EntryQuerySet:
        """Return the entries that belong to a place and the radius around it."""
        return entries.within(kilometres, place.latitude, place.longitude)

    def ordered(self) -> EntryQuerySet:
        """Return the entries in the order of the list: by distance from the place, else by ``reading_order``."""
        if not self.place:
            return self.qs.order_by(*self.reading_order)
        near = self.qs.with_distance(self.place.latitude, self.place.longitude)
        return near.order_by("distance", *self.reading_order)

    @cached_property
    def _counts(self) -> tuple[dict[tuple[str, str], int], int]:
        # What may be found depends on the reader, and stands in the query.
        readable = self.queryset.query.sql_with_params()
        return kept(("counts", readable, repr(self._narrowing)), self._count)

    def _count(self) -> tuple[dict[tuple[str, str], int], int]:
        narrowed = {facet.name: self.narrowed(without=facet.name) for facet in self.offered_facets}
        return count_options(self.offered_facets, narrowed, self.qs)

    @property
    def question(self) -> str:
        """What was asked for and makes sense, in one word for all its wordings."""
        return repr(sorted(self.chosen.items()))

    @property
    def _narrowing(self) -> list[tuple[str, Any]]:
        """What was chosen and leaves fewer entries; a place alone only puts them in another order."""
        names = {"q", *(facet.name for facet in self.offered_facets)}
        if self.place and "umkreis" in self.chosen:
            names |= {"ort", "umkreis"}
        return sorted((name, value) for name, value in self.chosen.items() if name in names)

    @property
    def total(self) -> int:
        """The number of entries found."""
        return self._counts[1]

    @cached_property
    def facets(self) -> list[dict[str, Any]]:
        """The facets as the form shows them: label, options with counts, errors; empty options only if chosen.

        Where "state" is the same, the facet looks the same.
        """
        counts, _total = self._counts
        shown = []
        for facet in self.offered_facets:
            chosen = self.chosen.get(facet.name, [])
            for option in self.options[facet.name]:
                option.count = counts.get((facet.name, option.value), 0)
                option.chosen = option.value in chosen
            options = [option for option in self.options[facet.name] if option.count or option.chosen]
            errors = self.form.errors.get(facet.name, [])
            shown.append(
                {
                    "name": facet.name,
                    "label": facet.label,
                    "options": options,
                    "errors": errors,
                    "chosen": len(chosen),
                    "state": (*((option.value, option.count, option.chosen) for option in options), *errors),
                }
            )
        return shown

    @cached_property
    def chips(self) -> list[dict[str, str]]:
        """The chosen filters, each with the address that the page has without it."""
        chips = []
        if "q" in self.chosen:
            chips.append({"label": f"„{self.chosen['q']}“", "url": self.address_without("q")})
        if self.place:
            chips.append({"label": self.place.label, "url": self.address_without("ort", "umkreis")})
        if "umkreis" in self.chosen and self.place:
            label = _("bis {km} km").format(km=self.chosen["umkreis"])
            chips.append({"label": label, "url": self.address_without("umkreis")})
        for facet in self.offered_facets:
            options = {option.value: option for option in self.options[facet.name]}
            for value in self.chosen.get(facet.name, []):
                chips.append({"label": options[value].label, "url": self.address_without(facet.name, value=value)})
        return chips

    def address_without(self, *names: str, value: str = "") -> str:
        """Return the page's address without what was chosen in the fields, or without one ``value`` of them."""
        data = self.data.copy()
        for name in (*names, PAGE):
            left = [other for other in data.getlist(name) if value and name != PAGE and other != value]
            data.setlist(name, left)
        filled = [(name, value) for name, values in data.lists() for value in values if value]
        return "?" + urlencode(filled)

    @property
    def chosen_in_panel(self) -> int:
        """The number of chosen filters in the form's folded part."""
        return ("q" in self.chosen) + sum(len(self.chosen.get(facet.name, [])) for facet in self.offered_facets)

    @property
    def radiuses(self) -> list[Option]:
        """The options of the field "umkreis"."""
        wanted = self.form["umkreis"].value()
        return [Option(str(km), radius_label(km), chosen=str(km) == wanted) for km in RADIUSES]

    @property
    def facet_errors(self) -> bool:
        """Whether something went wrong in the form's folded part, which then opens."""
        return any(name in self.form.errors for name in ("q", *(facet.name for facet in self.offered_facets)))


class MapFilter(EntryFilter):
    """The question of a page whose map can show further layers, where a domain has registered one.

    As with options, only a page asks for them, and says who its reader is.
    """

    def __init__(
        self, data: QueryDict, queryset: EntryQuerySet, *, options: bool, user: "User | AnonymousUser | None" = None
    ) -> None:
        super().__init__(data, queryset, options=options)
        self.user = user or AnonymousUser()
        self.offered_layers = registered() if options else ()
        if self.offered_layers:
            self.filters["ebene"] = FacetFilter(
                label=_("Auf der Karte auch zeigen"), choices=[(each.slug, each.plural) for each in self.offered_layers]
            )

    @cached_property
    def layers(self) -> list[ShownLayer]:
        """The layers that are switched on."""
        chosen = self.chosen.get("ebene", [])
        return [ShownLayer(each, self.data, self.user) for each in self.offered_layers if each.slug in chosen]

    @property
    def layer_options(self) -> list[Option]:
        """The layers as options of the field "ebene"."""
        chosen = self.chosen.get("ebene", [])
        return [Option(each.slug, str(each.plural), chosen=each.slug in chosen) for each in self.offered_layers]

    @cached_property
    def chips(self) -> list[dict[str, str]]:
        """The chosen filters, then the layers that are switched on."""
        shown = [
            {"label": str(each.layer.plural), "url": self.address_without("ebene", value=each.layer.slug)}
            for each in self.layers
        ]
        return [*super().chips, *shown]
