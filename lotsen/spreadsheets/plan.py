"""What an import would do, worked out before anything is written."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lotsen.models import AnnualFigures, Carrier, Programme
from lotsen.models.vocabularies import Availability


@dataclass(frozen=True, order=True)
class Remark:
    """A mistake or a warning, with the place where it was found."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        where = _("Zeile {row}").format(row=self.row) if self.row else _("Kopfzeile")
        if self.column:
            where = _("{row}, Spalte „{column}“").format(row=where, column=self.column)
        return f"{where}: {self.text}"


@dataclass
class FiguresPlan:
    """The year a row speaks of, and which of its figures differ."""

    year: int
    existing: AnnualFigures | None
    values: dict[str, int]


@dataclass
class ProgrammePlan:
    """One programme: what is new or differs. Everything empty means that nothing changes."""

    row: int
    title: str
    existing: Programme | None
    values: dict[str, Any] = field(default_factory=dict)
    relations: dict[str, list[Any]] = field(default_factory=dict)
    languages: dict[str, Availability] | None = None
    figures: FiguresPlan | None = None
    columns: list[str] = field(default_factory=list)
    """The headers of the columns that change something."""
    publish: bool = False

    @property
    def changes_entry(self) -> bool:
        """Whether something changes that readers see, so that the entry itself must be saved."""
        return bool(self.values or self.relations or self.languages is not None)


@dataclass
class CarrierPlan:
    """One carrier with its programmes; the same rules as for a programme."""

    row: int
    name: str
    existing: Carrier | None
    values: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    columns: list[str] = field(default_factory=list)
    programmes: list[ProgrammePlan] = field(default_factory=list)
    publish: bool = False


@dataclass
class Plan:
    """Everything an import would do, or why it cannot."""

    rows: int = 0
    carriers: list[CarrierPlan] = field(default_factory=list)
    mistakes: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    @property
    def parts(self) -> list[CarrierPlan | ProgrammePlan]:
        return [part for carrier in self.carriers for part in (carrier, *carrier.programmes)]

    def count(self, kind: type[CarrierPlan | ProgrammePlan], outcome: str) -> int:
        return sum(1 for part in self.parts if isinstance(part, kind) and outcome_of(part) == outcome)

    @property
    def changes_nothing(self) -> bool:
        return all(outcome_of(part) == "unchanged" for part in self.parts)


def outcome_of(part: CarrierPlan | ProgrammePlan) -> str:
    """Return "new", "changed" or "unchanged"."""
    if part.existing is None:
        return "new"
    return "changed" if part.columns else "unchanged"
