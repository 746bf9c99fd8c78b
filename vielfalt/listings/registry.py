"""What can be proposed and reviewed. Each domain registers its kinds of entries in ``AppConfig.ready``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.forms import ModelForm
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Reviewed:
    """How proposals for one kind of entry are checked and carried out."""

    change_form: type[ModelForm]
    """Its fields are the risky ones: changes of them wait for the centre, all others are public at once."""
    new_form: type[ModelForm]
    """Checks a proposed new entry; fields without one of the model are notes for the centre."""
    carried_out: Callable[..., None] | None = None
    """Called as ``carried_out(entry=, changed=, request=, by=)`` for what follows from an acceptance."""

    @property
    def risky_fields(self) -> tuple[str, ...]:
        return tuple(self.change_form.base_fields)


_kinds: dict[str, str] = {}


def register(label: str, source: str) -> None:
    """Let entries of a model ("lotsen.carrier") be proposed: ``source`` is the dotted path of a :class:`Reviewed`.

    A path, because apps register before models may be imported.
    """
    _kinds[label] = source


def reviewed(kind: str | type[Model]) -> Reviewed:
    """Return how entries of a model are reviewed; raises ``KeyError`` where nobody registered it."""
    label = kind if isinstance(kind, str) else kind._meta.label_lower
    found: Any = import_string(_kinds[label])
    if not isinstance(found, Reviewed):
        raise TypeError(f"{_kinds[label]} is no Reviewed.")
    return found


def kinds() -> list[str]:
    """Return all kinds that somebody registered."""
    return list(_kinds)


def model_of(kind: str) -> type[Model]:
    """Return the model that a request's ``target_kind`` names."""
    return apps.get_model(kind)
