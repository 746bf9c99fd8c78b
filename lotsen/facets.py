"""The filters that offer a list of options, and how many programmes each option would show."""

from dataclasses import dataclass, field

from django.db.models import CharField, Count, Exists, F, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lotsen.models import CarrierType, FieldOfWork, TargetGroup
from lotsen.models.vocabularies import AVAILABLE
from lotsen.querysets import ProgrammeQuerySet
from vielfalt.listings.models import Language
from vielfalt.places.models import District


@dataclass(frozen=True)
class Facet:
    """A filter with options.

    ``path`` leads from a programme to an option's value in the address, ``condition`` says which
    of the relations on that path count. Narrowing and counting use the same two, so an option's
    count is always what choosing it shows.
    """

    name: str
    label: str | Promise
    path: str
    model: type[Model]
    condition: Q = field(default_factory=Q)

    def narrow(self, programmes: ProgrammeQuerySet, values: list[str]) -> ProgrammeQuerySet:
        """Return those of ``programmes`` that have at least one of the options; options nobody knows do not count."""
        known = self.model._default_manager.filter(**{f"{self._key}__in": values})
        return programmes.filter(programmes.any(self.condition, **{f"{self.path}__in": values}) | ~Exists(known))

    def counts(self, programmes: ProgrammeQuerySet) -> QuerySet[Model]:
        """Return rows of (facet, option, number of ``programmes``)."""
        return (
            programmes.filter(self.condition)
            .order_by()
            .annotate(option=Cast(F(self.path), TextField()))
            .exclude(option=None)
            .values("option")
            .annotate(facet=Value(self.name, TextField()), number=Count("pk", distinct=True))
            .values_list("facet", "option", "number")
        )

    def options(self) -> QuerySet[Model]:
        """Return rows of (facet, option, label, kind or own name, sort key)."""
        value, label, extra, key = self._columns
        return self.model._default_manager.order_by().values_list(
            Value(self.name, TextField()), _text(value), _text(label), _text(extra), _text(key)
        )

    @property
    def _columns(self) -> tuple:
        return _OPTION_COLUMNS.get(self.model, _TERM_COLUMNS)

    @property
    def _key(self) -> str:
        return self._columns[0]


def _text(expression: object) -> Cast:
    return Cast(expression, TextField())


_TERM_COLUMNS = ("slug", "name", Value(""), Concat(LPad(Cast("position", CharField()), 5, Value("0")), "name"))
_OPTION_COLUMNS = {Language: ("code", "name", "own_name", "sort_key"), District: ("ags", "name", "kind", "sort_key")}

FACETS = (
    Facet(
        "sprache",
        _("Sprache"),
        "offered_languages__language",
        Language,
        Q(offered_languages__availability__in=AVAILABLE),
    ),
    Facet("einsatzfeld", _("Wobei brauchen Sie Hilfe?"), "fields_of_work__slug", FieldOfWork),
    Facet("zielgruppe", _("Für wen?"), "target_groups__slug", TargetGroup),
    Facet("kreis", _("Landkreis oder Stadt"), "reach__district", District),
    Facet("traegerart", _("Art des Trägers"), "carrier__carrier_type__slug", CarrierType),
)


@dataclass
class Option:
    """One option of a facet as the page shows it; ``own_name`` is a language's name in that language."""

    value: str
    label: str
    own_name: str = ""
    count: int = 0
    chosen: bool = False


def load_options() -> dict[str, list[Option]]:
    """Return the options of every facet, by its name and in reading order. One query."""
    first, *others = (facet.options() for facet in FACETS)
    rows = sorted(first.union(*others, all=True).order_by(), key=lambda row: row[4])
    options: dict[str, list[Option]] = {facet.name: [] for facet in FACETS}
    for facet, value, label, extra, _key in rows:
        if facet == "kreis":
            options[facet].append(Option(value, District(name=label, kind=extra).label))
        else:
            options[facet].append(Option(value, label, own_name=extra))
    return options


def count_options(narrowed: dict[str, ProgrammeQuerySet], everything: ProgrammeQuerySet) -> tuple[dict, int]:
    """Return how many programmes each (facet, option) would show, and how many there are now. One query.

    ``narrowed`` holds for each facet the programmes that all *other* filters leave, because
    choosing a second option of the same facet adds to the first.
    """
    total = (
        everything.order_by()
        .annotate(facet=Value("", TextField()), option=Value("", TextField()))
        .values("facet", "option")
        .annotate(number=Count("pk", distinct=True))
        .values_list("facet", "option", "number")
    )
    rows = total.union(*(facet.counts(narrowed[facet.name]) for facet in FACETS), all=True).order_by()
    counts = {(facet, option): number for facet, option, number in rows}
    return counts, counts.pop(("", ""), 0)
