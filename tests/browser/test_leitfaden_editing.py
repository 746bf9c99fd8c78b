"""Writing the Leitfaden in a real browser: by keyboard, kept while one writes, and against somebody else."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import NARROW, assert_accessible, look

OUTLINE = "/leitfaden/bearbeiten/"


@pytest.fixture
def staff(visit):
    """Somebody who edits the text, on a page of the width and scheme asked for."""

    def staff(email="redaktion-leitfaden@example.org", **options):
        return visit(email=email, **options)

    return staff


def open_paragraph(page, number=0):
    """Open the editor on one of the paragraphs of the first module."""
    page.goto(OUTLINE)
    page.locator(".outline__chapter h3 a").filter(has_text=re.compile("^1")).click()
    page.locator(".passage--absatz").nth(number).get_by_role("link", name=re.compile("^Bearbeiten")).click()
    text = page.locator("[contenteditable]")
    expect(text).to_be_visible()
    return text


def test_the_pages_for_editing(staff):
    page = staff(**NARROW)
    page.goto(OUTLINE)
    look(page)
    open_paragraph(page)
    look(page)
    page.get_by_role("link", name="Zurück zum Text").click()
    page.locator(".passage details summary").first.click()
    look(page)
    page.get_by_role("link", name="Verlauf und Kommentare").first.click()
    look(page)
    for address in ("/leitfaden/stand/", "/leitfaden/bearbeiten/ausgaben/2026-1/", "/leitfaden/kommentare/"):
        page.goto(address)
        look(page)


def test_writing_by_keyboard_survives_a_reload(staff):
    page = staff()
    text = open_paragraph(page, 1)
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Neu am Ende.")
    page.get_by_role("button", name="Fußnote").focus()
    page.keyboard.press("Enter")
    # Whoever presses a tool goes on writing in the text.
    expect(text).to_be_focused()
    expect(page.get_by_role("button", name="Fußnote")).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("Eine Notiz")
    expect(page.locator("textarea[name=html]")).to_have_value(re.compile('<span class="footnote">Eine Notiz</span>'))
    page.get_by_label("Notiz zur Änderung").focus()
    # It says so only when nothing newer waits to be kept.
    expect(page.locator("[data-draft-state]")).to_contain_text("Entwurf gesichert")
    page.reload()
    expect(text).to_contain_text("Neu am Ende.")
    expect(page.get_by_text("Das ist Ihr Entwurf.")).to_be_visible()
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_text(re.compile("Gespeichert als Stand"))).to_be_visible()
    expect(page.locator(".passage .footnote").filter(has_text="Eine Notiz")).to_be_visible()


def test_two_people_at_once(staff, guard):
    alice, bob = staff(), staff("redaktion@example.org")
    mine, theirs = open_paragraph(alice, 2), open_paragraph(bob, 2)
    for text, words in ((theirs, "Worte der anderen. "), (mine, "Meine Worte. ")):
        text.press("Control+Home")
        text.press_sequentially(words)
    bob.get_by_role("button", name="Speichern", exact=True).click()
    expect(bob.get_by_text(re.compile("Gespeichert als Stand"))).to_be_visible()
    guard.expect_failure(alice.url)
    with alice.expect_response(lambda response: response.status == 409):
        alice.get_by_role("button", name="Speichern", exact=True).click()
    expect(alice.get_by_role("heading", name="Nicht gespeichert: zwei Fassungen")).to_be_visible()
    expect(alice.locator(".clash ins").first).to_contain_text("Worte der anderen.")
    expect(mine).to_contain_text("Meine Worte.")
    assert_accessible(alice)
    alice.get_by_role("button", name="So speichern").click()
    expect(alice.get_by_text(re.compile("Gespeichert als Stand"))).to_be_visible()


def test_every_passage_of_the_first_text_fits_the_editor(staff):
    """Opened and closed again, no passage has lost anything."""
    page = staff()
    page.goto(OUTLINE)
    chapters = [link.get_attribute("href") for link in page.locator(".outline__chapter h3 a").all()]
    passages = []
    for chapter in chapters:
        page.goto(chapter)
        passages += page.locator(".passage__text .prose").evaluate_all("nodes => nodes.map((node) => node.innerHTML)")
    open_paragraph(page)
    lost = page.evaluate(
        """async (passages) => {
            const textarea = document.querySelector("textarea[data-rich-text-more]");
            const library = await import(textarea.dataset.richText);
            const more = await import(textarea.dataset.richTextMore);
            const names = "Document Paragraph Text HardBreak Bold Italic BulletList OrderedList ListItem Link";
            const basics = names.split(" ").map((name) => library[name]);
            const extensions = [...basics, ...more.extensions(library)];
            return passages.filter((content) => {
                const editor = new library.Editor({ extensions, content, injectCSS: false });
                return !more.keeps(content, editor.getHTML());
            });
        }""",
        passages,
    )
    assert lost == []
    assert len(passages) > 100
