"""Who answers for an organisation, and which of them want to be asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from vielfalt.listings.freshness import DAYS_A_MONTH
from vielfalt.listings.models import Organisation
from vielfalt.listings.teams import members_of
from vielfalt.reminders import sources


@dataclass(frozen=True)
class Due:
    """An entry that its people should look at."""

    entry: Organisation
    people: frozenset[str]


def due(day: date) -> Iterator[Due]:
    """Yield, over all kinds, what nobody has confirmed for ``REMIND_MONTHS``, with the people to ask."""
    since = day - timedelta(days=round(settings.REMIND_MONTHS * DAYS_A_MONTH))
    for asked in sources.all_asked():
        old = asked.maintained().with_doubts_since(since).left_to_their_people()
        entries = list(old.order_by("sort_key"))
        people = people_of(entries)
        for entry in entries:
            yield Due(entry, people.get(entry.pk, frozenset()))


def people_of(entries: Sequence[Organisation]) -> dict[int, frozenset[str]]:
    """Return the addresses of those who answer for each of ``entries``, all of one kind, by its key.

    These are the members of its team and of its twin's. Where nobody has joined yet, they are the
    contacts that the staff wrote down. The number of queries is fixed.
    """
    if not entries:
        return {}
    model, keys = type(entries[0]), [entry.pk for entry in entries]
    people: dict[int, set[str]] = defaultdict(set)
    for key, member in members_of(model, keys):
        people[key].add(member.user.email.lower())
    for key, addresses in _contacts(model, set(keys) - set(people)):
        people[key] = {address.lower() for address in addresses if address}
    return {key: frozenset(addresses) for key, addresses in people.items()}


def _contacts(model: type[Organisation], keys: Iterable[int]) -> Iterator[tuple[int, list[str]]]:
    relation = model._meta.get_field("internal")
    owner = relation.field.name
    notes = relation.related_model._default_manager.filter(**{f"{owner}__in": keys})
    for key, *addresses in notes.values_list(owner, "contact_email", "deputy_email"):
        yield key, addresses
