"""The map and its filters on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import assert_accessible, assert_fits

PHONE = 360
DETAILS = "**/karte/eintraege.geojson?id=*"


def open_popup(page):
    page.locator("#karte").scroll_into_view_if_needed()
    page.get_by_role("button", name="Integrationslotsen Wetzlar, Wetzlar").press("Enter")
    popup = page.locator(".leaflet-popup")
    expect(popup).to_be_visible()
    return popup


def settled_box(page, locator):
    """Return where an element is once the map has stopped moving."""
    before = None
    while (now := locator.bounding_box()) != before:
        before = now
        page.wait_for_timeout(200)
    return now


def test_a_popup_lies_within_the_map_and_beside_its_buttons(visit):
    page = visit("/karte/?sprache=amh", width=PHONE)
    popup = settled_box(page, open_popup(page))
    area = page.locator("#karte").bounding_box()
    assert popup["x"] >= area["x"]
    assert popup["x"] + popup["width"] <= area["x"] + area["width"]
    buttons = page.locator(".leaflet-control-zoom").bounding_box()
    beside = popup["x"] + popup["width"] <= buttons["x"] or popup["x"] >= buttons["x"] + buttons["width"]
    assert beside or popup["y"] + popup["height"] <= buttons["y"]


def test_what_the_reader_opened_stays_open(visit):
    page = visit("/karte/", width=PHONE)
    page.locator("#filter-mehr > summary").click()
    page.locator("#facet-zielgruppe > summary").click()
    page.get_by_role("checkbox", name="Somali").check()
    expect(page.get_by_role("heading", level=2, name="2 Angebote")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Somali")).to_be_visible()
    expect(page.get_by_role("group", name="Für wen?")).to_be_visible()
    page.locator("#facet-sprache > summary").click()
    page.get_by_role("checkbox", name="Neuzugewanderte").check()
    expect(page.locator(".chip", has_text="Neuzugewanderte")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Somali")).to_be_hidden()


def test_the_address_names_only_what_was_chosen(visit):
    page = visit("/karte/")
    page.get_by_role("checkbox", name="Somali").check()
    page.wait_for_url("**/karte/?sprache=som")
    page.get_by_label("Ort oder Postleitzahl").fill("63065")
    page.get_by_role("button", name="Suchen").click()
    page.wait_for_url("**/karte/?ort=63065&sprache=som")


def test_the_address_from_the_home_page_names_only_what_was_chosen(visit):
    page = visit("/")
    page.get_by_label("Ort oder Postleitzahl").fill("63065")
    page.get_by_role("button", name="Suchen").click()
    page.wait_for_url("**/karte/?ort=63065")


def test_a_popup_says_how_to_close_it(visit):
    page = visit("/karte/?sprache=amh", width=PHONE)
    popup = open_popup(page)
    popup.get_by_role("button", name="Schließen").click()
    expect(popup).to_have_count(0)


def test_a_long_word_does_not_widen_the_page(visit):
    page = visit(f"/karte/?q={'w' * 100}", width=PHONE)
    expect(page.locator(".chip")).to_be_visible()
    assert_fits(page)
    assert page.locator(".chip").bounding_box()["width"] <= PHONE


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_a_popup_says_that_it_loads_and_then_what_it_has(visit, width):
    page, held = visit(width=width), []
    page.route(DETAILS, lambda route: held.append(route))  # noqa: PLW0108 - Playwright takes no method of a list
    page.goto("/karte/?sprache=amh")
    page.locator("#karte").scroll_into_view_if_needed()
    pin = page.locator(".pin")
    expect(pin).to_have_accessible_name("Angebot")
    pin.press("Enter")
    content = page.locator(".leaflet-popup-content")
    expect(content).to_have_text("Wird geladen …")
    expect(content).to_have_attribute("aria-live", "polite")
    expect(content).to_be_focused()
    assert_accessible(page)
    for route in held:
        route.continue_()
    expect(content.get_by_role("link", name="Integrationslotsen Wetzlar")).to_be_focused()
    expect(pin).to_have_accessible_name("Integrationslotsen Wetzlar, Wetzlar")
    assert_fits(page)


@pytest.mark.parametrize("answer", ["none", "an error"])
def test_a_popup_that_cannot_load_leads_to_the_list_and_tries_again(visit, guard, answer):
    page = visit(width=PHONE)

    def refuse(route):
        guard.expect_failure(route.request.url)
        route.abort() if answer == "none" else route.fulfill(status=404)

    page.route(DETAILS, refuse)
    page.goto("/karte/?sprache=amh")
    page.locator("#karte").scroll_into_view_if_needed()
    pin = page.locator(".pin")
    pin.press("Enter")
    content = page.locator(".leaflet-popup-content")
    expect(content).to_have_text("Das konnten wir gerade nicht laden. Alles steht auch in der Liste.")
    expect(content.get_by_role("link", name="Liste")).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(pin).to_be_focused()
    page.unroute(DETAILS)
    pin.press("Enter")
    expect(content.get_by_role("link", name="Integrationslotsen Wetzlar")).to_be_focused()


def test_what_was_asked_once_is_kept(visit):
    page, asked = visit(), []
    page.on("request", lambda request: asked.append(request.url) if "eintraege.geojson" in request.url else None)
    page.goto("/karte/?sprache=amh")
    for _ in range(2):
        popup = open_popup(page)
        expect(popup).to_contain_text("Sprachen: Amharisch")
        page.keyboard.press("Escape")
        expect(popup).to_have_count(0)
    assert len(asked) == 1
