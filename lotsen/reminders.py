"""Which carriers want to be confirmed, and who can say so."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings

from lotsen.models import Carrier, CarrierInternal, CarrierMembership
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
    """Return the addresses of those who answer for each carrier, by its key, in two queries.

    These are its members. Where nobody has joined yet, they are the contacts that the staff wrote down.
    """
    keys = [carrier.pk for carrier in carriers]
    people: dict[int, set[str]] = defaultdict(set)
    members = CarrierMembership.objects.active().filter(organisation__in=keys)
    for carrier, address in members.values_list("organisation", "user__email"):
        people[carrier].add(address.lower())
    contacts = CarrierInternal.objects.filter(carrier__in=set(keys) - set(people))
    for carrier, *addresses in contacts.values_list("carrier", "contact_email", "deputy_email"):
        people[carrier] = {address.lower() for address in addresses if address}
    return {carrier: frozenset(addresses) for carrier, addresses in people.items()}
