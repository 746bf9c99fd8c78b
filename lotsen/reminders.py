"""How the people of carriers are asked whether their entries are right."""

from typing import Any

from django.db.models import QuerySet

from lotsen.models import Carrier, Programme
from vielfalt.reminders.sources import Asked


def _entries(carriers: QuerySet) -> QuerySet:
    return carriers.select_related("carrier_type", "municipality__district")


def _shown(carrier: Carrier) -> dict[str, Any]:
    return {"programmes": Programme.objects.of(carrier).maintained().for_detail()}


carriers = Asked(
    model=Carrier,
    template="lotsen/_reminded.html",
    report_page="lotsen:carrier_report",
    entries=_entries,
    shown=_shown,
)
