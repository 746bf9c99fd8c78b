"""The portal in a real browser: what two visits load, and what Lighthouse says of a throttled phone."""

import json
import os
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright

from tests.bench import data
from tests.bench.goals import Goal
from tests.bench.load import NODE
from tests.bench.printing import say, table
from tests.bench.serving import OWN, environment, two_workers
from tests.browser.conftest import FLAGS
from vielfalt.development import chromium

LIGHTHOUSE = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = {
    "home": "/",
    "map": "/karte/",
    "carrier": "/traeger/caritasverband-offenbach/",
    "list": "/traeger/",
    "module": "",
}
"""The address of the module is known only once the text is imported."""

MODULE = re.compile(r'href="(/leitfaden/seite/[^/"]+/)')
CATEGORIES = {"performance": "perf.", "accessibility": "access.", "best-practices": "practices", "seo": "SEO"}
FIRST_VISIT = {"home": 120, "map": 250}
"""How many KB (of 1,000 bytes) a page may load with all that belongs to it, as they travel."""

SECOND_VISIT = 15


@dataclass(frozen=True)
class Visit:
    """What one visit asked the server for."""

    requests: int
    kilobytes: float


@dataclass(frozen=True)
class Page:
    """One page in the browser."""

    name: str
    first: Visit
    second: Visit
    lcp_ms: float
    cls: float
    tbt_ms: float
    scores: dict[str, int]
    machine: float
    """Lighthouse's own index of how fast the machine was; below 1,000 its figures of time are too bad."""


def measure(names: list[str]) -> list[Page]:
    """Measure the pages that are named, or all."""
    data.make_static()
    with two_workers("browser", environment(data.with_demo(), DEMO="1")) as server:
        return [
            _page(name, server.address, path) for name, path in _pages(server.address) if not names or name in names
        ]


def tell(pages: list[Page]) -> str:
    heads = ["page", "requests", "KB", "again", "KB", "LCP ms", "CLS", "TBT ms", *CATEGORIES.values(), "machine"]
    return table(heads, [_row(page) for page in pages])


def goals(pages: list[Page]) -> Iterator[Goal]:
    for name, most in FIRST_VISIT.items():
        yield Goal(
            f"first visit of {name}", {one.name: one.first.kilobytes for one in pages if one.name == name}, most, "KB"
        )
    yield Goal("second visit", {one.name: one.second.kilobytes for one in pages}, SECOND_VISIT, "KB")
    for category in CATEGORIES:
        scores = {one.name: one.scores[category] for one in pages}
        yield Goal(f"Lighthouse, {category}", scores, 100, "points", is_least=True)


def _pages(address: str) -> Iterator[tuple[str, str]]:
    with urllib.request.urlopen(f"{address}/leitfaden/") as answer:  # noqa: S310 - our own server
        module = MODULE.search(answer.read().decode())
    assert module, "The Leitfaden shows no module."
    return iter({**PAGES, "module": module[1]}.items())


def _page(name: str, address: str, path: str) -> Page:
    say(f"  {name}: {path}")
    first, second = _visits(address + path)
    report = _lighthouse(name, address + path)
    audits = report["audits"]
    return Page(
        name=name,
        first=first,
        second=second,
        lcp_ms=round(audits["largest-contentful-paint"]["numericValue"]),
        cls=round(audits["cumulative-layout-shift"]["numericValue"], 3),
        tbt_ms=round(audits["total-blocking-time"]["numericValue"]),
        scores={category: round(100 * report["categories"][category]["score"]) for category in CATEGORIES},
        machine=round(report["environment"]["benchmarkIndex"]),
    )


def _row(page: Page) -> list[object]:
    visits = [page.first.requests, page.first.kilobytes, page.second.requests, page.second.kilobytes]
    return [page.name, *visits, page.lcp_ms, page.cls, page.tbt_ms, *page.scores.values(), page.machine]


def _flags() -> list[str]:
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS


# Visits


def _visits(url: str) -> tuple[Visit, Visit]:
    """Open a page twice, as one person does who comes back with a warm cache."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=_flags())
        context = browser.new_context(locale="de-DE", viewport={"width": 412, "height": 823})
        visits = _visit(context, url), _visit(context, url)
        browser.close()
    return visits


def _visit(context: BrowserContext, url: str) -> Visit:
    """Open ``url`` and count what went over the wire, head lines included."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    from_cache: set[str] = set()
    sizes: dict[str, int] = {}

    def answered(event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache") or event["response"]["url"].startswith("data:"):
            from_cache.add(event["requestId"])

    def finished(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    network.on("Network.responseReceived", answered)
    network.on("Network.requestServedFromCache", lambda event: from_cache.add(event["requestId"]))
    network.on("Network.loadingFinished", finished)
    network.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    page.close()
    asked = [size for request, size in sizes.items() if request not in from_cache]
    return Visit(len(asked), round(sum(asked) / 1000, 1))


# Lighthouse


def _lighthouse(name: str, url: str) -> dict[str, Any]:
    """Let Lighthouse look at a page as its standard phone does; its whole report stays in ``var/bench``."""
    report = OWN / f"lighthouse-{name}"
    command = [
        *(NODE, LIGHTHOUSE, url, "--quiet", "--no-enable-error-reporting"),
        *("--output=json", "--output=html", f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}"),
        f"--chrome-flags={' '.join(['--headless=new', *(_quoted(flag) for flag in _flags())])}",
    ]
    subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium.find()}, check=True)
    return json.loads(report.with_name(f"{report.name}.report.json").read_text())


def _quoted(flag: str) -> str:
    name, equals, value = flag.partition("=")
    return f'{name}{equals}"{value}"' if equals else name


def as_json(pages: list[Page]) -> list[dict[str, Any]]:
    return [asdict(page) for page in pages]
