"""What an import would do to carriers and programmes."""

from dataclasses import dataclass, field
from typing import ClassVar

from lotsen.models import AnnualFigures, Carrier, Programme
from lotsen.models.vocabularies import Availability
from vielfalt.listings.spreadsheets.plan import EntryPlan


@dataclass
class FiguresPlan:
    """The year a row speaks of, and which of its figures differ."""

    year: int
    existing: AnnualFigures | None
    values: dict[str, int]


@dataclass
class ProgrammePlan(EntryPlan):
    """One programme with its languages and the figures of a year."""

    model: ClassVar = Programme
    languages: dict[str, Availability] | None = None
    figures: FiguresPlan | None = None

    @property
    def changes_entry(self) -> bool:
        return super().changes_entry or self.languages is not None


@dataclass
class CarrierPlan(EntryPlan):
    """One carrier with its programmes."""

    model: ClassVar = Carrier
    programmes: list[ProgrammePlan] = field(default_factory=list)

    @property
    def parts(self) -> list[EntryPlan]:
        return [self, *self.programmes]
