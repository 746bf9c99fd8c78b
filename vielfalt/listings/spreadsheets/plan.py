"""What an import would do, worked out before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vielfalt.listings.spreadsheets.rows import ParsedRow, Remark


class Outcome(models.TextChoices):
    NEW = "new", gettext_lazy("neu")
    CHANGED = "changed", gettext_lazy("geändert")
    UNCHANGED = "unchanged", gettext_lazy("unverändert")


@dataclass
class EntryPlan:
    """One entry: what is new or differs. Everything empty means that nothing changes."""

    model: ClassVar[type[models.Model]]

    row: int
    name: str
    existing: Any
    """The entry of the database, or ``None`` for a new one."""
    values: dict[str, Any] = field(default_factory=dict)
    relations: dict[str, list[Any]] = field(default_factory=dict)
    note: str | None = None
    columns: list[str] = field(default_factory=list)
    """The headers of the columns that change something."""
    publish: bool = False

    def take(self, row: ParsedRow, fields: Mapping[str, str]) -> None:
        """Set the fields whose columns ``row`` fills; an empty cell leaves what is there."""
        for column, name in fields.items():
            match row.get(column):
                case None:
                    pass
                case list() as wanted:
                    self.set_relation(column, name, wanted)
                case value:
                    self.set_value(column, name, value)

    def set_value(self, column: str, name: str, value: Any) -> None:
        """Give a field a value, unless it has it."""
        if self.existing is None or getattr(self.existing, name) != value:
            self.values[name] = value
            self.columns.append(column)

    def set_relation(self, column: str, name: str, wanted: list[Any]) -> None:
        """Make ``wanted`` what a many-to-many field holds, unless it does; an empty list leaves what is there."""
        if wanted and (self.existing is None or set(wanted) != set(getattr(self.existing, name).all())):
            self.relations[name] = wanted
            self.columns.append(column)

    def set_note(self, column: str, note: str | None) -> None:
        """Make ``note`` the internal note, unless it is."""
        internal = getattr(self.existing, "internal", None)
        before = internal.note.replace("\r\n", "\n").strip() if internal else ""
        if note and note != before:
            self.note = note
            self.columns.append(column)

    @property
    def parts(self) -> Iterable["EntryPlan"]:
        """The entry and, where a domain says so, what belongs to it."""
        return [self]

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def outcome(self) -> Outcome:
        if self.existing is None:
            return Outcome.NEW
        return Outcome.CHANGED if self.columns else Outcome.UNCHANGED

    @property
    def changes_entry(self) -> bool:
        """Whether something changes that readers see, so that the entry itself must be saved."""
        return bool(self.values or self.relations)


@dataclass
class Plan:
    """Everything an import would do, or why it cannot."""

    rows: int
    kinds: tuple[type[EntryPlan], ...]
    """The kinds of entries that a file may hold."""
    entries: list[Any] = field(default_factory=list)
    mistakes: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    @property
    def parts(self) -> list[EntryPlan]:
        return [part for entry in self.entries for part in entry.parts]

    def count(self, kind: type[EntryPlan], outcome: str) -> int:
        return sum(1 for part in self.parts if isinstance(part, kind) and part.outcome == outcome)

    @property
    def changes_nothing(self) -> bool:
        return all(part.outcome == Outcome.UNCHANGED for part in self.parts)

    @property
    def summary(self) -> list[str]:
        """The numbers in words, a line for each kind of entry."""
        return [
            _("{kind}: {new} neu, {changed} geändert, {unchanged} unverändert").format(
                kind=kind.model._meta.verbose_name_plural,
                **{outcome.value: self.count(kind, outcome) for outcome in Outcome},
            )
            for kind in self.kinds
        ]
