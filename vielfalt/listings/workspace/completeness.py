"""How complete an entry is, and why each part matters to somebody who is looking."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

ENOUGH_PEOPLE = 2
"""Two people, so that an entry is looked after when one of them is ill or leaves."""


@dataclass(frozen=True)
class Item:
    """One part of a complete entry."""

    label: str | Promise
    reason: str | Promise
    is_there: bool
    url: str
    about: str = ""
    """The part it belongs to, by name."""


def percentage(items: Sequence[Item]) -> int:
    """Return how much of an entry is there."""
    return round(100 * sum(item.is_there for item in items) / len(items))
