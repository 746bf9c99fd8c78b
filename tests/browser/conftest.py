"""Browser tests: a real portal, a real Chromium, and a guard over what pages do."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import portal as portals
from tests.browser.guard import Guard
from vielfalt.development import chromium

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

Visit = Callable[..., Page]

# A busy machine is no mistake.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def running_portal(shared: Path, worker_id: str) -> Iterator[portals.Portal]:
    """The portal as production runs it, one for each worker."""
    with portals.running(shared, worker_id) as running:
        yield running


@pytest.fixture
def portal(running_portal: portals.Portal, request: pytest.FixtureRequest) -> portals.Portal:
    """The portal with reference and demo data and what the test's mark ``prepared`` adds, as if no test ran before."""
    mark = request.node.get_closest_marker("prepared")
    running_portal.start_from(*mark.args if mark else ())
    return running_portal


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=flags)
        yield browser
        browser.close()


@pytest.fixture
def guard(portal: portals.Portal) -> Guard:
    """What the test's pages did that no page may do; any finding fails the test."""
    return Guard(portal.address)


@pytest.fixture
def visit(browser: Browser, portal: portals.Portal, guard: Guard) -> Iterator[Visit]:
    """Open a page as a first-time visitor: ``visit("/karte/", width=320, scheme="dark", javascript=False)``.

    With ``email`` it is somebody of the demo data who has logged in.
    """

    def visit(
        path: str = "",
        *,
        email: str = "",
        width: int = 1280,
        scheme: str = "light",
        javascript: bool = True,
        status: int = 200,
    ) -> Page:
        context = browser.new_context(
            base_url=portal.address,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=javascript,
        )
        context.on("request", portal.notice)
        guard.watch(context)
        if email:
            context.add_cookies([{"name": "sessionid", "value": portal.session(email), "url": portal.address}])
        page = context.new_page()
        if not path:
            return page
        if status >= 400:
            guard.expect_failure(portal.address + path)
        response = page.goto(path)
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}"
        return page

    yield visit
    for context in guard.contexts:
        context.close()
    guard.contexts.clear()
    # Closing delivers what came after the test's own check.
    guard.check()


@pytest.fixture
def page(visit: Visit) -> Page:
    """An empty page of a first-time visitor; paths are enough for ``page.goto``."""
    return visit()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Check the guard as part of the test, so that the test itself fails and not its clearing away."""
    result = yield
    guard = getattr(item, "funcargs", {}).get("guard")
    if guard is not None:
        guard.check()
    return result
