"""The public pages as readers meet them: on a phone, in the dark, by keyboard, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import LOOKS, NARROW, assert_accessible, assert_fits, look

PAGES = [
    "/",
    "/karte/",
    "/karte/?ort=63065&sprache=ara",
    "/karte/?ort=36037",
    "/karte/?ort=Atlantis&sprache=xxx&umkreis=7",
    "/karte/?sprache=som&kreis=06411",
    "/traeger/",
    "/traeger/?kreis=06438",
    "/traeger/freiwilligenzentrum-offenbach/",
    "/traeger/main-kinzig-kreis/",
    "/traeger/anmelden/",
    "/traeger/stadt-hanau/fehler-melden/",
    "/antraege/abgeschickt/",
    "/sucht-bietet/",
    "/sucht-bietet/?art=tauscht&ort=Atlantis&q=xyz",
    "/leitfaden/",
    "/leitfaden/2026-1/dateien/",
    "/leitfaden/suche/?q=schutz",
    "/leitfaden/suche/?q=Zeppelin",
    "/leitfaden/zitieren/",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/stil/",
]


@pytest.mark.parametrize("path", PAGES)
def test_accessible_and_whole(visit, path):
    page = visit(path, **NARROW)
    page.wait_for_load_state("networkidle")
    look(page)


def test_the_whole_leitfaden_on_one_page(visit):
    """It is far longer than any other page, so axe reads it in one width only."""
    for width, scheme in LOOKS:
        page = visit("/leitfaden/2026-1/alles/", width=width, scheme=scheme)
        assert_fits(page)
    assert_accessible(page)


def test_a_page_that_is_not_there(visit):
    page = visit("/gibt-es-nicht/", status=404)
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Seite gibt es nicht.")
    assert_accessible(page)


def test_two_taps_from_home_to_a_phone_number(visit):
    page = visit("/", width=360)
    page.get_by_label("Ort oder Postleitzahl").fill("63065")
    page.get_by_label("Sprache").select_option("ara")
    page.get_by_role("button", name="Suchen").click()
    answer = page.get_by_role("region", name="Wer ist für Offenbach am Main zuständig?")
    phone = answer.get_by_role("link", name="Anrufen:").first
    expect(phone).to_be_visible()
    assert phone.get_attribute("href").startswith("tel:+49")


def test_places_are_suggested_while_typing(visit):
    page = visit("/karte/")
    field = page.get_by_label("Ort oder Postleitzahl")
    field.press_sequentially("Ofenb", delay=30)
    expect(page.get_by_role("option").first).to_contain_text("Offenbach am Main")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Offenbach am Main")
    expect(page.get_by_role("heading", name="Wer ist für Offenbach am Main zuständig?")).to_be_visible()
    assert_accessible(page)


def test_filters_work_in_place_and_are_an_address(visit):
    page = visit("/karte/")
    expect(page.locator(".pin, .cluster").first).to_be_visible()
    before = page.locator("#karte .leaflet-map-pane").element_handle()
    page.get_by_role("checkbox", name="Somali").check()
    expect(page.get_by_role("heading", level=2, name="2 Angebote")).to_be_visible()
    assert "sprache=som" in page.url
    assert page.locator("#karte .leaflet-map-pane").element_handle().evaluate("(now, then) => now === then", before)
    expect(page.locator("#ergebnis article")).to_have_count(2)
    page.get_by_role("link", name="Filter entfernen: Somali").click()
    expect(page.get_by_role("heading", level=2, name="13 Angebote")).to_be_visible()
    assert "som" not in page.url
    page.go_back()
    expect(page.get_by_role("heading", level=2, name="2 Angebote")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Somali")).to_be_checked()


def test_focus_stays_where_it_was(visit):
    page = visit("/karte/")
    page.get_by_role("checkbox", name="Somali").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=2, name="2 Angebote")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Somali")).to_be_focused()
    page.get_by_role("link", name="Filter entfernen: Somali").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="13 Angebote")).to_be_focused()


def test_by_keyboard_alone_from_the_top_to_a_result(visit):
    page = visit("/karte/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Ort oder Postleitzahl")).to_be_focused()
    page.keyboard.type("Rodgau")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wer ist für Rodgau zuständig?")).to_be_visible()


def test_the_filters_can_be_skipped(visit):
    page = visit("/karte/")
    skip = page.get_by_role("link", name="Zu den Ergebnissen")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="13 Angebote")).to_be_focused()


def test_the_map_by_keyboard(visit):
    page = visit("/karte/?sprache=amh")
    pin = page.get_by_role("button", name="Integrationslotsen Wetzlar, Wetzlar")
    pin.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup")
    expect(popup.get_by_role("link", name="Integrationslotsen Wetzlar")).to_be_visible()
    expect(popup).to_contain_text("Sprachen: Amharisch")
    expect(popup.get_by_role("link").first).to_be_focused()
    expect(page.locator("article.result--active")).to_have_count(1)
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(pin).to_be_focused()


def test_list_and_map_in_step(visit):
    page = visit("/karte/?sprache=amh")
    expect(page.locator(".pin")).to_have_count(1)
    page.get_by_role("article").hover()
    expect(page.locator(".pin--active")).to_have_count(1)
    page.get_by_role("heading", level=1).hover()
    expect(page.locator(".pin--active")).to_have_count(0)


def test_clusters_say_what_they_hold(visit):
    page = visit("/karte/", width=400)
    page.locator("#karte").scroll_into_view_if_needed()
    cluster = page.locator(".cluster").first
    expect(cluster).to_have_accessible_name(re.compile(r"\d+ Angebote an dieser Stelle"))


def test_a_map_without_data_leaves_the_list(visit, guard, portal):
    page = visit()
    guard.expect_failure(portal.address + "/karte/daten.geojson")
    page.route("**/karte/daten.geojson*", lambda route: route.abort())
    page.goto("/karte/")
    expect(page.locator("#karte")).to_contain_text("Die Karte konnte nicht geladen werden.")
    expect(page.get_by_role("article").first).to_be_visible()


def test_without_javascript(visit):
    page = visit("/karte/", javascript=False)
    expect(page.get_by_text("Die Karte braucht JavaScript.")).to_be_visible()
    page.get_by_label("Ort oder Postleitzahl").fill("63110")
    page.get_by_label("Umkreis").select_option("20")
    page.get_by_role("checkbox", name="Arabisch").check()
    page.get_by_role("button", name="Suchen").click()
    expect(page.get_by_role("heading", name="Wer ist für Rodgau zuständig?")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Arabisch")).to_be_checked()
    page.get_by_role("link", name="Filter entfernen: Arabisch").click()
    assert "sprache=ara" not in page.url


def test_filters_are_a_sheet_on_a_phone(visit):
    page = visit("/karte/?sprache=ara", width=360)
    expect(page.get_by_role("checkbox", name="Arabisch")).to_be_hidden()
    page.locator("summary", has_text="Filter").first.click()
    expect(page.get_by_role("checkbox", name="Arabisch")).to_be_visible()


def test_districts_are_folded_on_a_phone(visit):
    page = visit("/traeger/", width=360)
    districts = page.get_by_role("navigation", name="Nach Kreis")
    expect(districts.get_by_role("link", name="Landkreis Offenbach")).to_be_hidden()
    districts.locator("summary").click()
    districts.get_by_role("link", name="Landkreis Offenbach").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Träger: Landkreis Offenbach")


def test_districts_are_open_on_a_wide_screen(visit):
    page = visit("/traeger/", javascript=False)
    districts = page.get_by_role("navigation", name="Nach Kreis")
    expect(districts.get_by_role("link", name="Landkreis Offenbach")).to_be_visible()
    expect(districts.locator("summary")).to_be_hidden()
    expect(districts.get_by_role("heading", name="Nach Kreis")).to_be_visible()


def test_options_are_not_cut(visit):
    options = visit("/karte/").locator("#facet-sprache .facet__options")
    assert options.evaluate("e => e.scrollHeight - e.clientHeight") == 0


def test_facts_keep_their_distance_from_the_freshness(visit):
    page = visit("/traeger/stadt-hanau/")
    facts = page.locator(".programme .facts").bounding_box()
    freshness = page.locator(".programme .freshness").bounding_box()
    assert freshness["y"] - (facts["y"] + facts["height"]) >= 16


@pytest.mark.parametrize("path", ["/", "/karte/?ort=63065", "/traeger/stadt-hanau/"])
def test_readers_get_no_cookie_and_keep_nothing(visit, path):
    page = visit(path)
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_touch_targets_on_a_phone(visit):
    page = visit("/karte/?ort=63065&sprache=ara", width=360)
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, main summary, main .kern-btn, main .chip, nav a")]
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


@pytest.mark.parametrize("path", ["/", "/karte/", "/traeger/", "/traeger/stadt-hanau/"])
@pytest.mark.parametrize("width", [1280, 1920])
def test_header_and_page_begin_at_the_same_edge(visit, path, width):
    page = visit(path, width=width)
    assert page.locator("h1").bounding_box()["x"] == page.locator(".site-name").bounding_box()["x"]


def test_print_shows_the_text_and_not_the_controls(visit):
    page = visit("/traeger/freiwilligenzentrum-offenbach/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Hauptnavigation")).to_be_hidden()
    expect(page.get_by_text("069 90009-102")).to_be_visible()


def test_print_shows_addresses_and_not_what_links_are_called(visit):
    page = visit("/traeger/stadt-hanau/")
    page.emulate_media(media="print")
    contact = page.locator(".contact")
    assert contact.inner_text().split()[1:] == ["069", "90009-103", "lotsen.hanau@example.org", "https://www.hanau.de/"]
    after = "e => getComputedStyle(e, '::after').content"
    assert [link.evaluate(after) for link in contact.locator("a").all()] == ["none", "none", "none"]
