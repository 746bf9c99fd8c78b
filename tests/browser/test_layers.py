"""A second layer on the map: other shapes, the keyboard, and both said where they lie together."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import portal as portals
from tests.browser.assertions import LOOKS, assert_accessible, assert_fits
from tests.browser.test_map import settled_box


@pytest.fixture(scope="module")
def running_portal(shared, worker_id):
    """A portal with the sample layer of ``tests.layered``."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.layered.settings"}
    with portals.running(shared, f"{worker_id}_layered", **settings) as running:
        yield running


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_with_both_layers(visit, width, scheme):
    page = visit("/karte/?ort=35576&umkreis=10&ebene=muster", width=width, scheme=scheme)
    page.locator("#karte").scroll_into_view_if_needed()
    expect(page.locator(".pin, .cluster").first).to_be_visible()
    expect(page.locator(".shapes")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


def test_switched_on_and_off_by_keyboard(visit):
    page = visit("/karte/?ort=35576&umkreis=5")
    box = page.get_by_role("checkbox", name="Mustervereine")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/karte/?ort=35576&umkreis=5&ebene=muster")
    line = page.locator("[data-layer=muster]")
    expect(line).to_contain_text(re.compile(r"\d+ Musterverein(e)? auf der Karte"))
    expect(line.get_by_role("link", name="als Liste ansehen")).to_have_attribute("href", "/muster/?ort=35576&umkreis=5")
    expect(box).to_be_focused()
    expect(page.locator(".pin--diamond, .cluster__part--diamond").first).to_be_visible()
    page.keyboard.press("Space")
    expect(line).to_have_count(0)
    expect(page.locator(".pin--diamond, .cluster__part--diamond")).to_have_count(0)
    expect(page.locator(".shapes")).to_have_count(0)


def test_a_cluster_says_both_and_parts_into_shapes(visit):
    page = visit("/karte/?sprache=amh&ort=35576&umkreis=5&ebene=muster")
    cluster = page.locator(".cluster")
    settled_box(page, cluster.last)
    expect(page.locator(".leaflet-zoom-anim, .leaflet-cluster-anim")).to_have_count(0)
    expect(cluster).to_have_count(1)
    expect(cluster).to_have_accessible_name("1 Angebot und 1 Musterverein an dieser Stelle, näher heran")
    expect(cluster.locator(".cluster__part--circle")).to_have_text("1 Angebot")
    expect(cluster.locator(".cluster__part--diamond")).to_have_text("1 Musterverein")
    cluster.press("Enter")
    circle, diamond = page.locator(".pin--circle"), page.locator(".pin--diamond")
    expect(circle).to_have_count(1)
    expect(diamond).to_have_count(1)
    assert turned(circle) != turned(diamond)
    expect(diamond).to_have_attribute("aria-label", re.compile(r"\(Musterverein\)$"))
    diamond.press("Enter")
    popup = page.locator(".leaflet-popup")
    expect(popup.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(diamond).to_be_focused()
    expect(page.locator(".result--active")).to_have_count(0)


def turned(pin):
    return pin.evaluate("pin => getComputedStyle(pin, '::before').transform")


def test_without_javascript(visit):
    page = visit("/karte/?ort=35576&umkreis=5", javascript=False)
    page.get_by_role("checkbox", name="Mustervereine").check()
    page.get_by_role("button", name="Suchen").click()
    expect(page.locator("[data-layer=muster]")).to_contain_text("auf der Karte")
    expect(page.locator(".shapes")).to_be_hidden()
