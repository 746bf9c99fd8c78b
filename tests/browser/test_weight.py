"""Readers come on old phones with thin data plans: what a visit may cost, with everything it loads."""

from base64 import b64decode

import brotli
import pytest
from playwright.sync_api import expect

KB = 1000


def received(page, go):
    """Return how many bytes come over the wire until ``go`` is done, heads of answers included.

    Static files are not compressed for the tests (tests/settings.py), so that is made up for here.
    """
    headers, finished = {}, []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", lambda e: headers.update({e["requestId"]: e["response"]["headers"]}))
    session.on("Network.loadingFinished", lambda e: finished.append((e["requestId"], e["encodedDataLength"])))
    go(page)
    page.wait_for_load_state("networkidle")
    return sum(size - saved(session, request, headers[request]) for request, size in finished if size)


def saved(session, request, headers):
    """Return by how much compression makes an answer smaller that came without."""
    if "Content-Encoding" in headers or "font" in headers["Content-Type"]:
        return 0
    answer = session.send("Network.getResponseBody", {"requestId": request})
    body = b64decode(answer["body"]) if answer["base64Encoded"] else answer["body"].encode()
    return len(body) - len(brotli.compress(body))


def home(page):
    page.goto("/")


def list_of_map(page):
    page.goto("/karte/")


def whole_map(page):
    """On a phone the map stands below the list, and comes only to those who go there."""
    page.goto("/karte/")
    page.locator("#karte").scroll_into_view_if_needed()
    expect(page.locator(".leaflet-marker-icon").first).to_be_visible()


@pytest.mark.parametrize(("go", "first"), [(home, 90), (list_of_map, 110), (whole_map, 190)])
def test_first_and_second_visit(visit, go, first):
    page = visit(width=360)
    assert received(page, go) <= first * KB
    assert received(page.context.new_page(), go) <= 5 * KB
