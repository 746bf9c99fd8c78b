"""Counts requests, their time and their queries by kind of step."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from django.db import connection


@dataclass
class Meter:
    """What each kind of step cost: seconds and queries, request by request."""

    steps: dict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def measure(self, kind: str) -> Iterator[None]:
        queries = 0

        def count(execute: Callable[..., Any], *args: Any) -> Any:
            nonlocal queries
            queries += 1
            return execute(*args)

        start = perf_counter()
        with connection.execute_wrapper(count):
            yield
        self.steps[kind].append((perf_counter() - start, queries))

    def most_queries(self, kind: str) -> int:
        return max(queries for _seconds, queries in self.steps[kind])

    def table(self) -> str:
        """All kinds of steps as a table for the terminal, in the order in which they first came."""
        head = f"{'step':<44}{'number':>8}{'total s':>10}{'mean ms':>10}{'95 % ms':>10}{'max ms':>10}{'queries':>12}"
        rows = [self._row(kind, costs) for kind, costs in self.steps.items()]
        seconds = sum(cost for costs in self.steps.values() for cost, _queries in costs)
        queries = sum(number for costs in self.steps.values() for _cost, number in costs)
        number = sum(len(costs) for costs in self.steps.values())
        return "\n".join([head, *rows, f"{'all':<44}{number:>8}{seconds:>10.1f}   {queries} queries"])

    @staticmethod
    def _row(kind: str, costs: list[tuple[float, int]]) -> str:
        times = sorted(1000 * seconds for seconds, _queries in costs)
        queries = [number for _seconds, number in costs]
        spread = f"{min(queries)}–{max(queries)}" if min(queries) != max(queries) else str(queries[0])
        late = times[int(0.95 * (len(times) - 1))]
        mean = sum(times) / len(times)
        return (
            f"{kind:<44}{len(times):>8}{sum(times) / 1000:>10.1f}{mean:>10.0f}{late:>10.0f}{times[-1]:>10.0f}"
            f"{spread:>12}"
        )
