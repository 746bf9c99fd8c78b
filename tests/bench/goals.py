"""What the portal wants to reach, and whether a measurement does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.figures import AGAIN, COLD, FIRST, KNOWN, Figures
from tests.bench.rows import BARE, MEMBERS, NAMES, STATIC

DATA = "data"
MOST_QUERIES = 8
MOST_MEMORY = 150


@dataclass(frozen=True)
class Goal:
    """A limit, and the figures that should keep it, by what they are of."""

    name: str
    values: Mapping[str, float]
    limit: float
    unit: str
    is_least: bool = False

    @property
    def missed(self) -> dict[str, float]:
        return {of: value for of, value in self.values.items() if not self._keeps(value)}

    def _keeps(self, value: float) -> bool:
        return value >= self.limit if self.is_least else value <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.is_least else "≤"
        goal = f"{self.name} {sign} {self.limit:g} {self.unit}".rstrip()
        if self.missed:
            missed = ", ".join(f"{of} {value:g}" for of, value in self.missed.items())
            return f"NOT reached  {goal}: {len(self.missed)} of {len(self.values)} ({missed})"
        worst = (min if self.is_least else max)(self.values.items(), key=lambda item: item[1])
        return f"reached      {goal}: at worst {worst[0]} {worst[1]:g}"


def of_answers(figures: Sequence[Figures]) -> Iterator[Goal]:
    """The goals of the server; those of which nothing was measured are left out."""
    goals = [
        _share("first computed, nothing known", figures, COLD, 1_000, 6),
        _share("first computed, nothing known", figures, COLD, 10_000, 5),
        _share("first computed, other pages known", figures, FIRST, 1_000, 6),
        _share("first computed, other pages known", figures, FIRST, 10_000, 5),
        *(_share("asked again", figures, AGAIN, size, 40) for size in _sizes(figures)),
        *(_share("repeated visit", figures, KNOWN, size, 50) for size in _sizes(figures)),
        *_data(figures),
        *_queries(figures),
        Goal("memory of a worker", _named(figures, "memory_mb", [*NAMES, MEMBERS, STATIC]), MOST_MEMORY, "MB"),
    ]
    return (goal for goal in goals if goal.values)


def _sizes(figures: Sequence[Figures]) -> list[int]:
    return sorted({one.size for one in figures if one.name != BARE})


def _share(name: str, figures: Sequence[Figures], way: str, size: int, limit: float) -> Goal:
    pages = {one.name: one.share for one in figures if (one.way, one.size) == (way, size) and one.name in NAMES}
    return Goal(f"{name}, with {size:,}", pages, limit, "% of bare", is_least=True)


def _data(figures: Sequence[Figures]) -> Iterator[Goal]:
    found = [one for one in figures if (one.name, one.way, one.size) == (DATA, FIRST, 10_000)]
    yield Goal("map data alone, with 10,000", {one.name: one.alone_ms for one in found}, 60, "ms")
    yield Goal("map data sent, with 10,000", {one.name: one.bytes_compressed / 1000 for one in found}, 250, "KB")


def _queries(figures: Sequence[Figures]) -> Iterator[Goal]:
    pages = [one for one in figures if one.name in NAMES and one.queries is not None]
    most: dict[str, float] = {}
    counts: dict[str, set[int]] = {}
    for one in pages:
        most[one.name] = max(most.get(one.name, 0), one.queries or 0)
        counts.setdefault(f"{one.name} {one.way}", set()).add(one.queries or 0)
    yield Goal("queries of a public page", most, MOST_QUERIES, "")
    yield Goal(
        "different numbers of queries between sizes", {of: len(numbers) for of, numbers in counts.items()}, 1, ""
    )


def _named(figures: Sequence[Figures], field: str, names: Sequence[str]) -> dict[str, float]:
    """The largest value of each row, at whatever size."""
    largest: dict[str, float] = {}
    for one in figures:
        if one.name in names:
            largest[one.name] = max(largest.get(one.name, 0), getattr(one, field))
    return largest
