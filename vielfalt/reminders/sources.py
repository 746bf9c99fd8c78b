"""Which entries want to be confirmed. Each domain registers a function that knows its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Due:
    """An entry that its people should look at."""

    entry: Model
    name: str
    confirmed_on: date | None
    people: frozenset[str]
    confirm_page: str
    """Names of three addresses, each with a token as its only part."""
    change_page: str
    gone_page: str


_sources: list[str] = []


def register(source: str) -> None:
    """Add a function from a day to a list of ``Due``, by its dotted path, in ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)


def due(day: date) -> Iterator[Due]:
    """Yield what is due on ``day`` in all domains."""
    for source in _sources:
        yield from import_string(source)(day)
