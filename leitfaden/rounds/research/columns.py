"""What a table of an export is: columns, each with its meaning and how its value is read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from leitfaden.rounds.research.material import Material

type Value = str | int | bool | None


class Kind(models.TextChoices):
    """What the values of a column are."""

    TEXT = "text", gettext_lazy("Text")
    NUMBER = "zahl", gettext_lazy("ganze Zahl")
    DAY = "tag", gettext_lazy("Tag (JJJJ-MM-TT)")
    YES_NO = "ja-nein", gettext_lazy("ja oder nein")
    CHOICE = "auswahl", gettext_lazy("eines der genannten Wörter")
    NAME = "pseudonym", gettext_lazy("Pseudonym")


@dataclass(frozen=True)
class Column:
    """A column: how it is called, what it means, and how its value is read from a row."""

    name: str
    kind: Kind
    meaning: str | Promise
    value: Callable[[Any, Material], Value]
    choices: type[models.TextChoices] | None = None

    @property
    def values(self) -> list[tuple[str, str]]:
        """The words that can stand there, with what they mean."""
        return [(str(value), str(label)) for value, label in self.choices.choices] if self.choices else []


@dataclass(frozen=True)
class Table:
    name: str
    about: str | Promise
    columns: tuple[Column, ...]
    of: Callable[[Material], Iterable[Any]]

    def rows(self, material: Material) -> Iterable[list[Value]]:
        """The values of each row, in the order of the columns."""
        for row in self.of(material):
            yield [column.value(row, material) for column in self.columns]
