"""What the portal wants to reach, and whether a measurement does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One figure and the limit it should keep."""

    name: str
    value: float
    limit: float
    unit: str
    is_least: bool = False

    @property
    def is_reached(self) -> bool:
        return self.value >= self.limit if self.is_least else self.value <= self.limit

    def __str__(self) -> str:
        word = "reached    " if self.is_reached else "NOT reached"
        sign = "≥" if self.is_least else "≤"
        return f"{word}  {self.name}: {self.value:g} {self.unit} (goal {sign} {self.limit:g})"


def at_most(name: str, value: float, limit: float, unit: str) -> Goal:
    return Goal(name, value, limit, unit)


def at_least(name: str, value: float, limit: float, unit: str) -> Goal:
    return Goal(name, value, limit, unit, is_least=True)
