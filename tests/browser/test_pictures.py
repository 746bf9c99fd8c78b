"""A picture on its way from the admin to the public page, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import LOOKS, assert_accessible, assert_fits
from tests.pictures.files import drawing, encoded, with_place


@pytest.fixture
def admin(visit):
    return visit("/verwaltung/lotsen/carrier/?q=Landkreis+Kassel", email="redaktion@example.org")


def add(page, number, slot, content, alt):
    page.get_by_role("button", name=re.compile("Bild hinzufügen")).click()
    form = page.locator(f"#pictures-{number}")
    form.get_by_label("Platz").select_option(slot)
    form.get_by_label("Bilddatei").set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": content})
    form.get_by_label("Bildbeschreibung").fill(alt)
    form.get_by_label("Urheber*in").fill("Stadt Muster")
    form.get_by_label("Nutzungsrecht").select_option("cc-by")


def test_from_upload_to_the_public_page(admin, visit):
    admin.locator("#result_list tbody th a").first.click()
    description = admin.locator("#id_description-editor")
    description.click()
    admin.keyboard.press("Control+a")
    description.press_sequentially("Aus der Verwaltung")
    add(admin, 0, "0", encoded(drawing((300, 200)), "PNG"), "")
    add(admin, 1, "1", encoded(drawing((2000, 1000)), exif=with_place(6)), "Ein Tisch")
    admin.get_by_role("button", name="Sichern", exact=True).click()
    expect(admin.locator(".messagelist .success")).to_be_visible()
    admin.goto("/verwaltung/lotsen/carrier/?q=Landkreis+Kassel")
    address = admin.get_by_role("link", name=re.compile("Vorschau")).first.get_attribute("href")
    for width, scheme in LOOKS:
        page = visit(address, width=width, scheme=scheme)
        expect(page.get_by_text("Aus der Verwaltung")).to_be_visible()
        picture = page.get_by_role("img", name="Ein Tisch")
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("one => one.naturalHeight > one.naturalWidth")
        expect(page.get_by_text("Bild: Stadt Muster, CC BY 4.0")).to_be_visible()
        assert page.locator(".logo img").evaluate("one => one.naturalWidth") == 300
        page.wait_for_load_state("networkidle")
        assert_accessible(page)
        assert_fits(page)
