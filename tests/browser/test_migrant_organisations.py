"""Migrant organisations: the list beside its map, a page with an own script, the registration."""

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import NARROW, look

LIST = "/migrantenorganisationen/"


@pytest.mark.parametrize(
    "path",
    [LIST, f"{LIST}?q=unauffindbar&sucht=gold", f"{LIST}kulturverein-beispielstadt/", f"{LIST}frauentreff-muster/"],
)
def test_for_everybody(visit, path):
    page = visit(path, **NARROW)
    if page.locator("#karte").count():
        page.locator("#karte").scroll_into_view_if_needed()
        expect(page.locator("#karte .district").first).to_be_attached()
    look(page)


def test_the_registration_fits(visit):
    page = visit(f"{LIST}anmelden/", **NARROW)
    look(page)


def test_filtered_by_keyboard_and_shown_as_diamonds(visit):
    page = visit(LIST)
    before = page.locator(".result").count()
    box = page.get_by_role("checkbox", name="Gesundheit")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url(f"**{LIST}?handlungsfeld=gesundheit")
    expect(page.locator(".chip", has_text="Gesundheit")).to_be_visible()
    assert page.locator(".result").count() < before
    expect(page.locator(".pin--diamond, .cluster__part--diamond").first).to_be_visible()
    expect(page.locator(".pin--circle, .cluster__part--circle")).to_have_count(0)


def test_as_a_layer_beside_the_programmes(visit):
    page = visit("/karte/?ort=63065&umkreis=10&ebene=migrantenorganisationen")
    expect(page.locator(".pin--diamond, .cluster__part--diamond").first).to_be_visible()
    page.locator("[data-layer]").get_by_role("link", name="als Liste ansehen").click()
    page.wait_for_url(f"**{LIST}?ort=63065&umkreis=10")


def test_without_javascript(visit):
    page = visit(f"{LIST}?handlungsfeld=gesundheit", javascript=False)
    expect(page.locator(".result").first).to_be_visible()
    expect(page.get_by_text("Die Karte braucht JavaScript.")).to_be_visible()
