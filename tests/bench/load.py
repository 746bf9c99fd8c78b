"""Sends many requests at once, through autocannon, which keeps up with what two workers can answer."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import playwright

SCRIPT = Path(__file__).with_name("load.mjs")
CONNECTIONS = 4

NODE = Path(playwright.__file__).parent / "driver" / "node"
"""Playwright's own, so that the machine needs none."""


@dataclass(frozen=True)
class Answers:
    """What came back."""

    times: list[float]
    statuses: dict[str, int]
    seconds: float

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds


@dataclass(frozen=True)
class Generator:
    """A running autocannon, between two measurements."""

    orders: IO[str]
    answers: IO[str]

    def send(self, url: str, amount: int, headers: Mapping[str, str], others: Sequence[str] = ()) -> Answers:
        """Send ``amount`` requests over four connections and wait for the last response.

        With ``others``, each asks for the next of these paths, under an address that nobody has asked for before.
        """
        order = {
            "url": url,
            "headers": dict(headers),
            "connections": CONNECTIONS,
            "amount": amount,
            "others": list(others),
        }
        self.orders.write(f"{json.dumps(order)}\n")
        self.orders.flush()
        answer = self.answers.readline()
        assert answer, f"The requests to {url} failed; autocannon's words stand above."
        return Answers(**json.loads(answer))


@contextmanager
def generator() -> Iterator[Generator]:
    process = subprocess.Popen([NODE, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin
    assert process.stdout
    try:
        yield Generator(process.stdin, process.stdout)
    finally:
        process.stdin.close()
        process.wait(timeout=20)
