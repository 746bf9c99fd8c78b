"""What a measurement says, and how two of them compare. Nothing here measures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

COLD, FIRST, AGAIN, KNOWN = "cold", "first", "again", "304"
"""The ways to ask: where nothing is kept, for something new, for the same once more, and by somebody who has it."""

HEADS = ("row", "way", "SQL", "p50 ms", "p95 ms", "alone ms", "req/s", "% bare", "KB", "KB sent", "MB")


@dataclass(frozen=True)
class Figures:
    """One row: a page with so many entries, asked in one way."""

    name: str
    way: str
    size: int
    queries: int | None
    p50_ms: float
    p95_ms: float
    rate: float
    share: float
    """Of the rate of the bare view in the same rounds, in percent: what can be compared between runs and machines."""
    alone_ms: float
    bytes_raw: int
    bytes_compressed: int
    memory_mb: int

    @property
    def key(self) -> tuple[int, str, str]:
        return self.size, self.name, self.way

    def row(self) -> list[object]:
        kilobytes = [round(number / 1000, 1) for number in (self.bytes_raw, self.bytes_compressed)]
        speed = [self.p50_ms, self.p95_ms, self.alone_ms or None, self.rate, self.share]
        return [self.name, self.way, self.queries, *speed, *kilobytes, self.memory_mb]


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that at least so many percent do not exceed."""
    return sorted(values)[max(0, ceil(len(values) * percent / 100) - 1)]


def growth(figures: Sequence[Figures]) -> Iterator[tuple[str, str, list[float]]]:
    """For every row, how many times longer an answer takes with each larger number of entries."""
    by_key = {one.key: one for one in figures}
    sizes = sorted({one.size for one in figures if one.size})
    for one in figures:
        if one.size and one.size == sizes[0]:
            larger = [by_key[size, one.name, one.way] for size in sizes[1:]]
            yield one.name, one.way, [round(one.share / other.share, 2) for other in larger]


@dataclass(frozen=True)
class Change:
    """What became of a row between two runs."""

    before: Figures
    now: Figures

    @property
    def times(self) -> float:
        """How many times as fast it is, by the share of the bare view: machines and their load differ."""
        return round(self.now.share / self.before.share, 2)

    def row(self) -> list[object]:
        now, before = self.now, self.before
        sent = [round(one.bytes_compressed / 1000, 1) for one in (before, now)]
        pair = [
            before.queries,
            now.queries,
            before.share,
            now.share,
            self.times,
            *sent,
            before.memory_mb,
            now.memory_mb,
        ]
        return [now.size, now.name, now.way, *pair]


CHANGE_HEADS = (*("size", "row", "way", "SQL", "now", "% bare", "now", "times as fast", "KB sent", "now", "MB", "now"),)


def changes(before: Sequence[Figures], now: Sequence[Figures]) -> list[Change]:
    """Return what both runs have measured, in today's order."""
    known = {one.key: one for one in before}
    return [Change(known[one.key], one) for one in now if one.key in known]
