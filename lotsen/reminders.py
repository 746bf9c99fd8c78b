"""Which carriers want to be confirmed, and who can say so."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings

from lotsen.models import Carrier, CarrierInternal
from vielfalt.listings.freshness import DAYS_A_MONTH
from vielfalt.reminders.sources import Due


def due(day: date) -> list[Due]:
    """Return the carriers that nobody has confirmed for ``REMIND_MONTHS`` and that have people to ask."""
    since = day - timedelta(days=round(settings.REMIND_MONTHS * DAYS_A_MONTH))
    carriers = list(Carrier.objects.maintained().with_doubts_since(since).left_to_their_people().order_by("sort_key"))
    people = people_of(carriers)
    return [
        Due(
            entry=carrier,
            name=carrier.name,
            confirmed_on=carrier.confirmed_on,
            people=people.get(carrier.pk, frozenset()),
            confirm_page="lotsen:confirm_entry",
            change_page="lotsen:change_entry",
            gone_page="lotsen:report_gone",
        )
        for carrier in carriers
    ]


def people_of(carriers: Iterable[Carrier]) -> dict[int, frozenset[str]]:
    """Return the addresses of those who answer for each carrier, by its key, in one query."""
    contacts = CarrierInternal.objects.filter(carrier__in=list(carriers))
    rows = contacts.values_list("carrier", "contact_email", "deputy_email")
    return {carrier: frozenset(address.lower() for address in addresses if address) for carrier, *addresses in rows}
