"""Sucht / bietet in a real browser: narrowing the public list, and publishing a notice from a phone."""

import re

from playwright.sync_api import expect

from tests.browser.assertions import assert_accessible, assert_fits


def test_choosing_narrows_the_list_at_once(visit):
    page = visit("/sucht-bietet/")
    page.get_by_label("bietet").check()
    expect(page.get_by_role("link", name="Filter entfernen: bietet")).to_be_visible()
    expect(page.get_by_text("Gesucht:")).to_have_count(0)


def test_the_list_works_without_javascript(visit):
    page = visit("/sucht-bietet/", javascript=False)
    page.get_by_label("sucht").check()
    page.get_by_role("button", name="Suchen").click()
    expect(page.get_by_text("Gesucht:").first).to_be_visible()
    expect(page.get_by_text("Geboten:")).to_have_count(0)


def test_publishing_prolonging_and_ending_on_a_phone(visit):
    page = visit("/mein/sucht-bietet/neu/", email="kulturverein@example.org", width=320)
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("button", name="Anzeige veröffentlichen").click()
    expect(page.get_by_text("Da stimmt noch etwas nicht. Ihre Eingaben sind noch da.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("sucht").check()
    page.get_by_label("Worum geht es?").select_option("Wissen")
    page.get_by_label("In einem Satz").fill("Wer kennt sich mit Tonaufnahmen aus?")
    page.get_by_label("Gilt bis").evaluate(
        "field => field.value = new Date(Date.now() + 60 * 864e5).toISOString().slice(0, 10)"
    )
    page.get_by_role("button", name="Anzeige veröffentlichen").click()
    expect(page.get_by_text("„Wer kennt sich mit Tonaufnahmen aus?“ ist jetzt öffentlich.")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("link", name=re.compile(r"^Ändern ?: Wer kennt sich")).click()
    expect(page.get_by_role("heading", name="Anzeige ändern")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("link", name="Abbrechen").click()
    page.get_by_role("button", name=re.compile(r"^Beenden ?: Wer kennt sich")).click()
    expect(page.get_by_role("heading", name="Beendet")).to_be_visible()
