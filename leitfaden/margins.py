"""What stands beside passages while something goes on with the text: "2 Vorschläge".

Each part of the portal that has something to say registers here. Whether it has anything at all is
answered together with the edition; only then it is asked, once for a page. It never depends on who
reads, so that pages of the Leitfaden stay the same for everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from leitfaden.trees import Node


@dataclass(frozen=True)
class Note:
    """A link beside a passage."""

    label: str
    url: str


type Notes = Mapping[UUID, Note]
"""What one part has to say, by block."""

_parts: dict[str, tuple[str, str]] = {}


def register(name: str, *, condition: str, notes: str) -> None:
    """Add a part by dotted paths.

    ``condition`` is a function that returns an expression over editions: whether there is anything to say;
    ``notes`` one from the document's key to :data:`Notes`.
    """
    _parts[f"has_{name}"] = condition, notes


def conditions() -> dict[str, Any]:
    """Return the expressions to annotate editions with, by name."""
    return {name: import_string(condition)() for name, (condition, _notes) in _parts.items()}


class Margins:
    """What stands beside the passages of an edition that was loaded with ``conditions``."""

    def __init__(self, edition: Any) -> None:
        self.edition = edition

    @cached_property
    def _asked(self) -> list[Notes]:
        sources: list[Callable[[int], Notes]] = [
            import_string(notes) for name, (_condition, notes) in _parts.items() if getattr(self.edition, name, False)
        ]
        return [source(self.edition.document_id) for source in sources]

    def beside(self, node: "Node") -> list[Note]:
        """Return what stands beside one passage."""
        return [notes[node.id] for notes in self._asked if node.id in notes]
