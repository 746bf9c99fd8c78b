"""What the menu of every passage offers besides reading: each part of the portal that adds to it registers here.

A source is asked once for a page and answers for each of its passages, so that the number of queries
does not grow with the text.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from leitfaden.trees import Node


@dataclass(frozen=True)
class Offer:
    """A link in the menu of a passage."""

    label: str
    url: str


type Source = Callable[["Node"], Iterable[Offer]]
"""What one part offers on a page, passage by passage."""

_sources: list[str] = []


def register(source: str) -> None:
    """Add a source: the dotted path of a function from user and document to a :data:`Source`, or ``None``."""
    if source not in _sources:
        _sources.append(source)


class Offers:
    """What ``user`` is offered on a page about a document. Nobody is asked before a passage is shown."""

    def __init__(self, user: Any, document: int) -> None:
        self.user, self.document = user, document

    @cached_property
    def _asked(self) -> list[Source]:
        answers = (import_string(source)(self.user, self.document) for source in _sources)
        return [answer for answer in answers if answer is not None]

    def on(self, node: "Node") -> list[Offer]:
        """Return the links for one passage."""
        return [offer for source in self._asked for offer in source(node)]
