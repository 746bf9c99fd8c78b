"""Measures how fast the portal answers: every page in several ways, on databases of several sizes, all in one run.

Each page is asked for on a server that keeps nothing (``cold``); and on one that does, with a question that is new
where the page can be asked one, else under a new address (``first``), once more while nothing has changed (``again``),
and by somebody who has it (``304``). All servers run at
once, and every round asks all of them for everything in turn, so that what else the machine does disturbs all alike;
the median of the rounds counts.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from tests import databases
from tests.bench import data
from tests.bench.figures import AGAIN, COLD, FIRST, KNOWN, Figures, percentile
from tests.bench.load import Generator, generator
from tests.bench.printing import say
from tests.bench.rows import BARE, MEMBERS, NAMES, STATIC, fresh
from tests.bench.serving import OWN, environment, two_workers
from tests.serving import Server

NO_KEEPING = {"KEEP_ANSWERS": "0"}
"""Switches off that the portal keeps answers of public pages."""

COMPRESSED = {"Accept-Encoding": "gzip, deflate, br"}

ALONE = 3
"""So many requests, one after the other, tell what somebody waits who has the server to themselves."""

STATIC_BYTES = 20_000


@dataclass(frozen=True)
class Plan:
    """How much is measured: with so many entries, each row about ``seconds`` long in each round."""

    sizes: Sequence[int]
    rounds: int
    seconds: float
    least: int
    """Requests to a page in a round, however slow it is."""


@dataclass
class Target:
    """One row of the table: something to ask for, and what came of it."""

    name: str
    way: str
    size: int
    server: Server
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    others: Sequence[str] = ()
    queries: int | None = None
    etag: str = ""
    bytes_raw: int = 0
    bytes_compressed: int = 0
    alone_ms: float = 0
    rates: list[float] = field(default_factory=list)
    p50s: list[float] = field(default_factory=list)
    p95s: list[float] = field(default_factory=list)
    memory: int = 0
    amount: int = 0

    @property
    def status(self) -> str:
        return "304" if self.way == KNOWN else "200"

    def send(self, load: Generator, amount: int) -> float:
        """Send requests and return how many a second were answered."""
        answers = load.send(
            self.server.address + self.path,
            amount,
            {**COMPRESSED, **self.headers},
            self.others if self.way == FIRST else (),
        )
        assert set(answers.statuses) == {self.status}, f"{self.path} ({self.way}) answers {answers.statuses}"
        self.p50s.append(percentile(answers.times, 50))
        self.p95s.append(percentile(answers.times, 95))
        self.rates.append(answers.rate)
        self.memory = max(self.memory, self.server.worker_memory())
        return answers.rate

    def warm_up(self, load: Generator, plan: Plan) -> None:
        """Let the workers get to know the page, and choose how many requests are a round."""
        rate = self.send(load, plan.least)
        if rate * plan.seconds > plan.least:
            rate = self.send(load, plan.least)
        if rate * plan.seconds > 2 * plan.least:
            rate = self.send(load, round(rate * plan.seconds / 2))
        self.amount = max(plan.least, round(rate * plan.seconds))
        self.p50s, self.p95s, self.rates = [], [], []

    def figures(self, bare: Sequence[float]) -> Figures:
        """What counts of all rounds, ``bare`` being the rates of the bare view in the same ones."""
        return Figures(
            name=self.name,
            way=self.way,
            size=self.size,
            queries=self.queries,
            p50_ms=round(median(self.p50s), 2),
            p95_ms=round(median(self.p95s), 2),
            rate=round(median(self.rates), 1),
            share=round(100 * median(mine / theirs for mine, theirs in zip(self.rates, bare, strict=True)), 2),
            alone_ms=self.alone_ms,
            bytes_raw=self.bytes_raw,
            bytes_compressed=self.bytes_compressed,
            memory_mb=round(self.memory / 1_000_000),
        )


def measure(plan: Plan, only: Sequence[str]) -> list[Figures]:
    data.make_static()
    made = {size: data.with_entries(size) for size in plan.sizes}
    with ExitStack() as running, generator() as load:
        server = running.enter_context(two_workers("bare", dict(os.environ), "tests.bench.bare"))
        bare = Target(BARE, FIRST, 0, server, "/", others=["/"])
        groups = [list(_targets(size, database, running, only)) for size, database in made.items()]
        say("  warming up …")
        for target in [bare, *(target for group in groups for target in group)]:
            target.warm_up(load, plan)
        bare_rates = []
        for number in range(plan.rounds):
            say(f"  round {number + 1} of {plan.rounds} …")
            bare_rates.append(median([_round(bare, group, load) for group in groups]))
        # As often as the others, for the same median.
        bare.rates = bare_rates
        return [target.figures(bare_rates) for target in [bare, *(target for group in groups for target in group)]]


def _round(bare: Target, group: list[Target], load: Generator) -> float:
    rate = bare.send(load, bare.amount)
    for target in group:
        target.send(load, target.amount)
    return rate


def _targets(size: int, database: str, running: ExitStack, only: Sequence[str]) -> Iterator[Target]:
    """Start the two servers of a database and look at everything that is to be asked of them."""
    say(f"  looking at everything with {size:,} entries …")
    cold = running.enter_context(two_workers(f"cold-{size}", environment(database, **NO_KEEPING)))
    again = running.enter_context(two_workers(f"again-{size}", environment(database)))
    with ThreadPoolExecutor() as both:
        told_cold, told = both.map(lambda more: _ask(database, **more), (NO_KEEPING, {}))
    cookie = {"Cookie": told["cookie"]}
    wanted = [name for name in (STATIC, *NAMES, MEMBERS) if name in only or not only]
    for name in wanted:
        path = _static_path() if name == STATIC else told["paths"][name]
        others = [] if name == STATIC else told["others"][name]
        queries = {
            COLD: told_cold["queries"]["first"].get(name),
            FIRST: told["queries"]["first"].get(name),
            AGAIN: told["queries"]["again"].get(name),
        }
        if name == MEMBERS:
            yield _seen(Target(name, FIRST, size, again, path, cookie, others, queries[FIRST]))
            continue
        if name != STATIC:
            yield _seen(Target(name, COLD, size, cold, path, {}, (), queries[COLD]))
            yield _seen(Target(name, FIRST, size, again, path, {}, others, queries[FIRST]))
        seen = _seen(Target(name, AGAIN, size, again, path, {}, (), queries[AGAIN]))
        yield seen
        assert seen.etag, f"{path} has no ETag, so nobody can ask whether it has changed."
        known = {"If-None-Match": seen.etag}
        yield _seen(Target(name, KNOWN, size, again, path, known, (), queries[AGAIN]))


def _ask(database: str, **more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.rows"]
    answer = subprocess.run(
        command, cwd=databases.ROOT, env=environment(database, **more), stdout=subprocess.PIPE, check=True
    )
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def _static_path() -> str:
    """The address of the file, as pages name it, whose size is next to 20 KB."""
    manifest = json.loads((OWN / "static" / "staticfiles.json").read_text())
    files = sorted(manifest["paths"].values())
    return f"/static/{min(files, key=lambda file: abs((OWN / 'static' / file).stat().st_size - STATIC_BYTES))}"


# One at a time


def _seen(target: Target) -> Target:
    """Take note of how large the answer is and how long it takes while nobody else asks."""
    answers = [_get(target, COMPRESSED, number) for number in range(ALONE)]
    target.alone_ms = round(1000 * median(time for time, _body, _tag in answers), 2)
    _time, body, target.etag = answers[-1]
    target.bytes_compressed = len(body)
    if target.way != KNOWN:
        _time, body, _tag = _get(target, {"Accept-Encoding": "identity"}, ALONE)
        target.bytes_raw = len(body)
    return target


def _get(target: Target, headers: dict[str, str], number: int) -> tuple[float, bytes, str]:
    """Ask once; return the seconds it took, the body as it travelled, and the ETag.

    ``number`` makes an address new where that is the way to ask.
    """
    connection = HTTPConnection(urlsplit(target.server.address).netloc, timeout=60)
    connection.connect()
    started = perf_counter()
    path = fresh(target.others[number % len(target.others)], number) if target.way == FIRST else target.path
    connection.request("GET", path, headers={**headers, **target.headers})
    response = connection.getresponse()
    body = response.read()
    seconds = perf_counter() - started
    connection.close()
    assert str(response.status) == target.status, f"{target.path} answers {response.status}"
    return seconds, body, response.getheader("ETag", "")
