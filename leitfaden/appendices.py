"""Pages that go with an edition: what is new in it, who decided what. Parts of the portal that have one register here.

Whether there is such a page for an edition is answered together with the edition, so that nobody is asked twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Appendix:
    """A link from an edition to one of its further pages."""

    label: str
    url: str


_parts: dict[str, tuple[str, str]] = {}


def register(name: str, *, condition: str, appendix: str) -> None:
    """Add a page by dotted paths.

    ``condition`` is a function that returns an expression over editions: whether there is such a page;
    ``appendix`` one from the edition to :class:`Appendix`.
    """
    _parts[f"has_{name}"] = condition, appendix


def conditions() -> dict[str, Any]:
    """Return the expressions to annotate editions with, by name."""
    return {name: import_string(condition)() for name, (condition, _appendix) in _parts.items()}


def of(edition: Any) -> list[Appendix]:
    """Return what there is for an edition that was loaded with ``conditions``."""
    sources: list[Callable[[Any], Appendix]] = [
        import_string(appendix) for name, (_condition, appendix) in _parts.items() if getattr(edition, name, False)
    ]
    return [source(edition) for source in sources]
