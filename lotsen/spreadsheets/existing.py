"""What a spreadsheet shows of carriers, loaded at once."""

from django.db.models import Prefetch, QuerySet

from lotsen.models import Carrier, Programme
from vielfalt.places.models import District, Municipality


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
