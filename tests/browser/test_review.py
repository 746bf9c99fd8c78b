"""Writing to the centre, its review queue and the history, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import assert_accessible, assert_fits


@pytest.fixture
def as_staff(visit):
    def as_staff(path, **options):
        return visit(path, email="redaktion@example.org", **options)

    return as_staff


def test_mistakes_are_said_at_the_field(visit):
    page = visit("/traeger/stadt-hanau/fehler-melden/")
    page.get_by_label("Ihre E-Mail-Adresse").fill("keine")
    page.get_by_role("button", name="Fehler melden").click()
    expect(page.get_by_label("Ihre E-Mail-Adresse")).to_have_value("keine")
    expect(page.get_by_text("Bitte gültige E-Mail-Adresse eingeben.")).to_be_visible()
    assert_accessible(page)


def test_reporting_without_javascript(visit):
    page = visit("/traeger/stadt-hanau/", javascript=False)
    page.get_by_role("link", name="Fehler melden").click()
    page.get_by_label("Was stimmt nicht?").fill("Die Sprechzeiten sind alt.")
    page.get_by_label("Ihre E-Mail-Adresse").fill("gast@example.org")
    # Nobody fills in a form within three seconds, so the portal takes such for programs.
    page.wait_for_timeout(3200)
    page.get_by_role("button", name="Fehler melden").click()
    expect(page.get_by_role("heading", name="Fast geschafft")).to_be_visible()
    assert page.context.cookies() == []


def test_following_and_reviewing_a_request(as_staff):
    page = as_staff("/traeger/stadt-hanau/fehler-melden/", scheme="dark")
    page.get_by_label("Was stimmt nicht?").fill("Die Telefonnummer ist alt.")
    page.wait_for_timeout(3200)
    page.get_by_role("button", name="Fehler melden").click()
    expect(page.get_by_role("heading", name="Fehler gemeldet: Stadt Hanau")).to_be_visible()
    assert_accessible(page)
    number = re.search(r"/antraege/(\d+)/", page.url)[1]
    page.goto("/verwaltung/listings/changerequest/")
    assert_accessible(page, best_practice=False)
    page.goto(f"/verwaltung/listings/changerequest/{number}/change/")
    expect(page.get_by_text("Über den eigenen Antrag entscheidet jemand anderes")).to_be_visible()
    page.get_by_label("Notiz für die Redaktion").fill("Erst anrufen.")
    page.get_by_role("button", name="Notiz speichern").click()
    expect(page.get_by_text("Erst anrufen.")).to_be_visible()
    assert_accessible(page, best_practice=False)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)


def test_history_and_the_way_back(as_staff):
    page = as_staff("/verwaltung/lotsen/carrier/?q=Hanau", scheme="dark")
    page.locator("#result_list").get_by_role("link", name="Stadt Hanau", exact=True).click()
    short_name = page.get_by_label("Kurzname")
    before = short_name.input_value()
    short_name.fill("Hanau neu")
    page.get_by_role("button", name="Sichern", exact=True).click()
    page.locator("#result_list").get_by_role("link", name="Stadt Hanau", exact=True).click()
    page.get_by_role("link", name="Verlauf").click()
    expect(page.get_by_text("Hanau neu").first).to_be_visible()
    assert_accessible(page, best_practice=False)
    page.get_by_role("link", name="Zu diesem Stand zurückkehren").first.click()
    assert_accessible(page, best_practice=False)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)
    page.get_by_role("button", name="Diesen Stand wiederherstellen").click()
    expect(page.get_by_text("früheren Stand wiederhergestellt").first).to_be_visible()
    page.get_by_role("link", name="Stadt Hanau").first.click()
    expect(page.get_by_label("Kurzname")).to_have_value(before)
