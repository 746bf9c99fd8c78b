"""Which carriers and programmes of the database a file means."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from lotsen.models import Carrier, Programme
from vielfalt.places.models import District, Municipality
from vielfalt.text import match_key


def with_spreadsheet_columns() -> QuerySet[Carrier]:
    """Carriers with everything that stands in a spreadsheet's row, in a fixed number of queries."""
    programmes = Programme.objects.defer("search").prefetch_related(
        "fields_of_work",
        "target_groups",
        "offered_languages__language",
        "annual_figures",
        Prefetch("covered_municipalities", Municipality.objects.only("ags")),
        Prefetch("covered_districts", District.objects.only("ags")),
    )
    return (
        Carrier.objects.defer("search")
        .select_related("carrier_type", "umbrella", "postal_code", "municipality", "internal")
        .prefetch_related(Prefetch("programmes", programmes))
    )


class ByName[Thing: (Carrier, Programme)]:
    """Carriers or programmes, found by exactly their name, or else by a name that reads the same."""

    def __init__(self, things: Iterable[Thing], field: str) -> None:
        self.exact: dict[str, Thing] = {}
        self.alike: dict[str, Thing] = {}
        for thing in things:
            name = getattr(thing, field)
            self.exact[name] = thing
            self.alike.setdefault(match_key(name), thing)

    def find(self, name: str) -> Thing | None:
        return self.exact.get(name) or self.alike.get(match_key(name))


class ExistingCarriers(ByName[Carrier]):
    """The carriers of the database that a file names."""

    def __init__(self, names: Iterable[str]) -> None:
        wanted = {match_key(name) for name in names}
        pairs = Carrier.objects.values_list("pk", "name")
        keys = [pk for pk, name in pairs if match_key(name) in wanted]
        super().__init__(with_spreadsheet_columns().filter(pk__in=keys), "name")
