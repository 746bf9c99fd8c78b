"""Whose people are asked whether their entries are right. Each domain registers its kinds of organisations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from vielfalt.listings.models import Organisation


@dataclass(frozen=True)
class Asked:
    """How the people of one kind of organisations are asked, and how they answer by the links of a mail.

    The model's querysets are an ``AskedQuerySet``.
    """

    model: "type[Organisation]"
    template: str
    """Shows what to look at: ``entry``, with whatever ``shown`` adds."""
    report_page: str
    """The name of the public page where one writes what is wrong."""
    entries: Callable[[QuerySet], QuerySet] = lambda entries: entries
    """Loads what the template shows of an entry."""
    shown: Callable[[Any], dict[str, Any]] = lambda entry: {}
    """What the template shows beside it."""

    def maintained(self) -> Any:
        """The organisations about which one can be asked."""
        return self.model._default_manager.all().maintained()


_kinds: dict[str, str] = {}


def register(label: str, source: str) -> None:
    """Let the people of a model ("lotsen.carrier") be asked: ``source`` is the dotted path of an :class:`Asked`.

    A path, because apps register before models may be imported.
    """
    _kinds[label] = source


def asked(kind: str) -> Asked | None:
    """Return how people of this kind answer; ``None`` where nobody asks them."""
    return import_string(_kinds[kind]) if kind in _kinds else None


def all_asked() -> list[Asked]:
    """Return all kinds whose people are asked."""
    return [import_string(source) for source in _kinds.values()]
