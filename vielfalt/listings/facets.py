"""The filters that offer a list of options, and how many entries each option would show."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import CharField, Count, Exists, F, Model, Q, QuerySet, TextChoices, TextField, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils.functional import Promise

from vielfalt.answers.values import kept
from vielfalt.listings.models import Language
from vielfalt.listings.querysets import EntryQuerySet
from vielfalt.places.models import District


@dataclass
class Option:
    """One option of a facet as the page shows it; ``own_name`` is a language's name in that language."""

    value: str
    label: str
    own_name: str = ""
    count: int = 0
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A filter with options.

    ``path`` leads from an entry to an option's value in the address; the options are the terms of
    a vocabulary or fixed choices. ``condition`` says which of the relations on that path count, so
    two facets may offer one vocabulary in two senses. Narrowing and counting use the same two, so
    an option's count is always what choosing it shows. Only where an entry may meet an option more than
    once (``repeats``) does counting have to tell them apart, which takes three times as long.
    """

    name: str
    label: str | Promise
    path: str
    vocabulary: type[Model] | type[TextChoices]
    condition: Q = field(default_factory=Q)
    repeats: bool = False

    def narrow(self, entries: EntryQuerySet, values: list[str]) -> EntryQuerySet:
        """Return those of ``entries`` that have at least one of the options; options nobody knows do not count."""
        chosen = entries.any(self.condition, **{f"{self.path}__in": values})
        if not issubclass(self.vocabulary, Model):
            return entries.filter(chosen) if set(values) & set(self.vocabulary.values) else entries
        known = self.vocabulary._default_manager.filter(**{f"{self._columns[0]}__in": values})
        return entries.filter(chosen | ~Exists(known))

    def counts(self, entries: EntryQuerySet) -> QuerySet[Model]:
        """Return rows of (facet, option, number of ``entries``)."""
        return (
            entries.filter(self.condition)
            .order_by()
            .annotate(option=Cast(F(self.path), TextField()))
            .exclude(option=None)
            .values("option")
            .annotate(facet=Value(self.name, TextField()), number=Count("pk", distinct=self.repeats))
            .values_list("facet", "option", "number")
        )

    def fixed_options(self) -> list[Option]:
        """Return the options that need no query."""
        if issubclass(self.vocabulary, Model):
            return []
        return [Option(value, str(label)) for value, label in self.vocabulary.choices]

    def stored_options(self) -> QuerySet[Model] | None:
        """Return rows of (facet, option, label, kind or own name, sort key), where the options are stored."""
        if not issubclass(self.vocabulary, Model):
            return None
        value, label, extra, key = self._columns
        return self.vocabulary._default_manager.order_by().values_list(
            Value(self.name, TextField()), _text(value), _text(label), _text(extra), _text(key)
        )

    def option(self, value: str, label: str, extra: str) -> Option:
        """Return the option that a row of ``stored_options`` stands for."""
        if self.vocabulary is District:
            return Option(value, District(name=label, kind=extra).label)
        return Option(value, label, own_name=extra)

    @property
    def _columns(self) -> tuple:
        return _OPTION_COLUMNS.get(self.vocabulary, _TERM_COLUMNS)


def _text(expression: object) -> Cast:
    return Cast(expression, TextField())


_TERM_COLUMNS = ("slug", "name", Value(""), Concat(LPad(Cast("position", CharField()), 5, Value("0")), "name"))
_OPTION_COLUMNS: dict[type, tuple] = {
    Language: ("code", "name", "own_name", "sort_key"),
    District: ("ags", "name", "kind", "sort_key"),
}


def load_options(facets: Iterable[Facet]) -> dict[str, list[Option]]:
    """Return the options of every facet, by its name and in reading order. One query."""
    by_name = {facet.name: facet for facet in facets}
    options = {name: facet.fixed_options() for name, facet in by_name.items()}
    for name, value, label, extra, _key in kept(("options", *by_name.values()), lambda: _stored(by_name.values())):
        options[name].append(by_name[name].option(value, label, extra))
    return options


def _stored(facets: Iterable[Facet]) -> list[tuple[str, str, str, str, str]]:
    """Return the rows of all facets whose options are stored, in reading order."""
    stored = [rows for facet in facets if (rows := facet.stored_options()) is not None]
    if not stored:
        return []
    first, *others = stored
    return sorted(first.union(*others, all=True).order_by(), key=lambda row: row[4])


def count_options(
    facets: Iterable[Facet], narrowed: dict[str, EntryQuerySet], everything: EntryQuerySet
) -> tuple[dict[tuple[str, str], int], int]:
    """Return how many entries each (facet, option) would show, and how many there are now. One query.

    ``narrowed`` holds for each facet the entries that all *other* filters leave, because choosing
    a second option of the same facet adds to the first.
    """
    total = (
        everything.order_by()
        .annotate(facet=Value("", TextField()), option=Value("", TextField()))
        .values("facet", "option")
        .annotate(number=Count("pk"))
        .values_list("facet", "option", "number")
    )
    rows = total.union(*(facet.counts(narrowed[facet.name]) for facet in facets), all=True).order_by()
    counts = {(facet, option): number for facet, option, number in rows}
    return counts, counts.pop(("", ""), 0)
