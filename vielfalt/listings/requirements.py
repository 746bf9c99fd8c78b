"""What an entry needs before the public has any use for it. Each domain registers its kinds in ``AppConfig.ready``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from vielfalt.listings.models import Entry


def _no_parts(entry: Any) -> "Iterable[Entry]":
    return ()


@dataclass(frozen=True)
class Requirements:
    """When entries of one kind are complete: said for one object, and for the database."""

    lacks: Callable[[Any], list[str]]
    """Returns what one entry lacks, in words."""
    incomplete: Callable[[], Q]
    """The entries that lack something."""
    parts: "Callable[[Any], Iterable[Entry]]" = _no_parts
    """Returns what belongs to an entry, has a state of its own, and is published and confirmed with it."""


_kinds: dict[str, str] = {}


def register(label: str, source: str) -> None:
    """Let entries of a model ("lotsen.carrier") be published: ``source`` is the dotted path of :class:`Requirements`.

    A path, because apps register before models may be imported.
    """
    _kinds[label] = source


def requirements_of(model: type[Model]) -> Requirements:
    """Return what entries of ``model`` need; raises ``KeyError`` where nobody registered it."""
    found: Any = import_string(_kinds[model._meta.label_lower])
    if not isinstance(found, Requirements):
        raise TypeError(f"{_kinds[model._meta.label_lower]} is no Requirements.")
    return found


def lacks(entry: "Entry") -> list[str]:
    """Return what ``entry`` lacks for publication, in words."""
    return requirements_of(type(entry)).lacks(entry)
