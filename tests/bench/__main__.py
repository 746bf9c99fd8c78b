"""Measures the portal: ``make bench``, ``make bench-quick``, or ``python -m tests.bench`` with options."""

import argparse
import json
import os
import signal
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

os.environ.update(DJANGO_SETTINGS_MODULE="vielfalt.settings", DEBUG="1")

from tests.bench import browser, data, goals, measuring
from tests.bench.figures import CHANGE_HEADS, HEADS, Figures, changes, growth
from tests.bench.goals import Goal
from tests.bench.load import CONNECTIONS
from tests.bench.measuring import Plan
from tests.bench.printing import say, table
from tests.bench.serving import OWN
from vielfalt.development import chromium

THOROUGH = Plan(sizes=(300, 1_000, 10_000), rounds=2, seconds=0.4, least=2 * CONNECTIONS)
QUICK = Plan(sizes=(300, 1_000), rounds=1, seconds=0.1, least=CONNECTIONS)
PARTS = ("load", "browser")


def main() -> None:
    # Whoever ends the bench ends its servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options = _options()
    OWN.mkdir(parents=True, exist_ok=True)
    if options.fresh:
        data.forget()
    result: dict[str, Any] = {}
    reached: list[Goal] = []
    if "load" in options.part:
        plan = QUICK if options.quick else THOROUGH
        figures = measuring.measure(replace(plan, sizes=options.sizes or plan.sizes), options.only)
        _tell(figures)
        reached += goals.of_answers(figures)
        result["load"] = [asdict(one) for one in figures]
        if options.compare:
            _compare(json.loads(options.compare.read_text()), figures)
    if "browser" in options.part:
        os.environ["CHROMIUM"] = chromium.find_or_install()
        pages = browser.measure(options.only)
        say(f"\n{browser.tell(pages)}")
        reached += browser.goals(pages)
        result["browser"] = browser.as_json(pages)
    say("\n" + "\n".join(str(goal) for goal in reached if goal.values))
    options.output.write_text(json.dumps(result, indent=1))
    say(f"\nAll figures: {options.output}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the two smaller sizes, fewer rounds, no browser")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="measure these rows only")
    parser.add_argument(
        "--part", nargs="+", choices=PARTS, help="measure the answers of the server or the browser only"
    )
    parser.add_argument("--sizes", nargs="+", type=int, metavar="NUMBER", help="with so many carriers instead")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="show what changed since the run of this file")
    parser.add_argument("--output", type=Path, metavar="FILE", default=OWN / "last.json", help="where figures go")
    parser.add_argument("--fresh", action="store_true", help="make all databases and static files anew")
    options = parser.parse_args()
    options.part = options.part or (["load"] if options.quick else PARTS)
    return options


def _tell(figures: list[Figures]) -> None:
    bare = [one for one in figures if not one.size]
    for size in sorted({one.size for one in figures if one.size}):
        say(f"\nWith {size:,} carriers and as many migrant organisations")
        say(table(HEADS, [one.row() for one in figures if one.size == size] + [one.row() for one in bare]))
    grown = list(growth(figures))
    if grown and grown[0][2]:
        sizes = sorted({one.size for one in figures if one.size})
        say("\nHow many times longer answers take than with the fewest entries")
        say(table(["row", "way", *(f"{size:,}" for size in sizes[1:])], [[*row[:2], *row[2]] for row in grown]))


def _compare(before: dict[str, Any], figures: list[Figures]) -> None:
    rows = [change.row() for change in changes([Figures(**one) for one in before["load"]], figures)]
    say("\nSince then")
    say(table(CHANGE_HEADS, rows))


if __name__ == "__main__":
    main()
