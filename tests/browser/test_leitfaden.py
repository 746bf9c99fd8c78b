"""The Leitfaden as readers meet it: on a phone, in the dark, by keyboard, without JavaScript, on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import LOOKS, assert_accessible, assert_fits

MODULE = "Kennenlernen, Biografie, Motivation und Erwartungen"


@pytest.fixture
def read(visit):
    """Open the first page, or from its contents a module: ``read(MODULE, width=320)``."""

    def read(chapter="", **how):
        page = visit("/leitfaden/", **how)
        if chapter:
            page.get_by_role("heading", name=chapter).get_by_role("link").click()
        return page

    return read


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_module_with_everything_open(read, width, scheme):
    page = read(MODULE, width=width, scheme=scheme)
    page.locator(".passage__tools summary").nth(3).click()
    page.locator("a.term[id]").first.click()
    if width == 320:
        page.locator(".contents summary").click()
    assert_fits(page)
    assert_accessible(page)


def test_reading_on_without_javascript(read):
    page = read(MODULE, javascript=False)
    page.get_by_role("navigation", name="Weiterblättern").get_by_role("link", name="Weiter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Migration und Integration")
    contents = page.get_by_role("navigation", name="Inhalt", exact=True)
    expect(contents.locator("[aria-current=page]")).to_contain_text("Migration und Integration")
    contents.get_by_role("link", name="Lernziele").click()
    expect(page.get_by_role("heading", name="Lernziele")).to_be_in_viewport()


def test_contents_are_folded_on_a_phone(read):
    page = read(MODULE, width=360)
    link = page.get_by_role("navigation", name="Inhalt", exact=True).get_by_role("link", name="Werte und Haltungen")
    expect(link).to_be_hidden()
    page.locator(".contents summary").click()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Werte und Haltungen")


def test_contents_follow_the_reader(read):
    page = read(MODULE)
    contents = page.get_by_role("navigation", name="Inhalt", exact=True)
    page.get_by_role("heading", name="Ablauf", exact=True).evaluate("heading => heading.scrollIntoView()")
    expect(contents.locator("[aria-current=location]")).to_have_text("Ablauf")
    assert contents.bounding_box()["y"] >= 0


@pytest.mark.parametrize("link", ["a.term[id]", "a[role=doc-noteref]"])
def test_notes_are_read_where_one_is_without_javascript(read, link):
    page = read(MODULE, javascript=False)
    reference = page.locator(link).first
    reference.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    reference.click()
    note = page.locator(".notes li:target")
    expect(note).to_be_in_viewport()
    assert page.evaluate("scrollY") == before
    note.get_by_role("link", name="Zurück zum Text").click()
    expect(page.locator(".notes li:target")).to_have_count(0)
    expect(reference).to_be_in_viewport()


def test_notes_by_keyboard(read):
    page = read(MODULE)
    reference = page.locator("a[role=doc-noteref]").first
    reference.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".notes li:target")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator(".notes li:target .notes__back")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".notes li:target")).to_have_count(0)
    expect(reference).to_be_focused()


def test_the_menu_of_a_passage_without_javascript(read):
    page = read(MODULE, javascript=False)
    menus = page.locator(".passage__tools")
    # Far enough from each other: an open menu lies over the codes of the next passages.
    menus.nth(2).locator("summary").click()
    menus.nth(7).locator("summary").click()
    expect(page.locator(".passage__tools[open]")).to_have_count(1)
    code = menus.nth(7).locator("xpath=ancestor::*[@id][1]").get_attribute("id")
    menus.nth(7).get_by_role("link", name="Link").click()
    assert re.search(rf"/leitfaden/2026-1/seite/\w+/#{code}$", page.url)
    expect(page.locator(f"#{code}")).to_be_in_viewport()


def test_citing_a_passage(read):
    page = read(MODULE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    menu = page.locator(".passage__tools").nth(3)
    menu.locator("summary").click()
    menu.get_by_role("link", name="Zitieren").click()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="BibTeX kopieren").click()
    expect(page.get_by_role("button", name="Kopiert")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@inbook{leitfaden-2026-1-")


def test_an_address_with_a_passage_leads_to_its_page(visit, read):
    page = read(MODULE)
    code = page.locator(".passage").nth(4).get_attribute("id")
    other = visit(f"/leitfaden/#{code}")
    other.wait_for_url(f"**/seite/*/#{code}")
    expect(other.locator(f"#{code}")).to_be_in_viewport()


def test_searching_from_the_first_page(read):
    page = read(width=360, javascript=False)
    page.get_by_role("searchbox").fill("schutz")
    page.get_by_role("button", name="Suchen").click()
    hit = page.locator(".hit").filter(has_text="Datenschutz").first
    expect(hit.locator("mark").first).to_be_visible()
    hit.get_by_role("link").click()
    expect(page.locator(".passage:target")).to_be_in_viewport()


def test_tables_scroll_by_keyboard_on_a_phone(read):
    page = read(MODULE, width=320)
    table = page.get_by_role("group", name="Tabelle 1")
    table.evaluate("table => table.addEventListener('scroll', () => table.dataset.scrolled = 'yes')")
    table.focus()
    page.keyboard.press("ArrowRight")
    expect(table).to_have_attribute("data-scrolled", "yes")
    assert_fits(page)


def test_lines_have_a_length_that_reads_well(read):
    page = read(MODULE)
    longest = page.evaluate("""() => {
        const text = [...document.querySelectorAll(".passage--absatz .passage__text > p")]
            .find(p => p.textContent.length > 300);
        const range = document.createRange();
        range.selectNodeContents(text);
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom)));
        return text.textContent.length / lines.size;
    }""")
    assert 58 <= longest <= 78


def test_paper_shows_text_codes_and_addresses(visit):
    page = visit("/leitfaden/alles/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Inhalt", exact=True)).to_be_hidden()
    expect(page.get_by_role("navigation", name="Hauptnavigation")).to_be_hidden()
    expect(page.locator(".passage__tools summary").first).to_be_visible()
    link = page.locator(".passage__text a[href^=http]").first
    assert link.get_attribute("href") in link.evaluate("e => getComputedStyle(e, '::after').content")


def test_readers_get_no_cookie_and_keep_nothing(read):
    page = read(MODULE)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
