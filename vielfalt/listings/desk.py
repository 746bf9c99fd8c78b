"""The staff's start page as a desk: what waits, what is missing, how fresh, what is new.

The desk knows no domain. Each domain registers, in its ``AppConfig.ready``, a function that
returns its panels for a request; the admin's start page shows them all.
"""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Figure:
    """A number that leads to the list it counts."""

    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Item:
    """One entry with what is to be said about it."""

    text: str
    detail: str
    url: str


@dataclass(frozen=True)
class Panel:
    """One question the desk answers."""

    slug: str
    title: str
    hint: str
    nothing: str
    """What stands here when there is nothing to do, with the next step."""
    figures: list[Figure] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    strand: str = ""
    """Which strand asks; the label of its app, where several strands ask the same."""

    @property
    def key(self) -> str:
        """What tells this panel from all others."""
        return "-".join(filter(None, [self.strand, self.slug]))

    @property
    def is_empty(self) -> bool:
        return not self.items


_sources: list[str] = []


def register(source: str) -> None:
    """Add a domain's panels to the desk: the dotted path of a function from a request to a list of panels.

    A path, because apps register before models may be imported.
    """
    if source not in _sources:
        _sources.append(source)


def panels(request: HttpRequest) -> list[Panel]:
    """Return everything the desk shows to the person of this request."""
    return [panel for source in _sources for panel in import_string(source)(request)]
