"""The small editor for long texts."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import assert_accessible, assert_fits
from vielfalt.richtext.sanitising import sanitise


def editor_on(page):
    """Return the editor; until it has come, the textarea has the same name."""
    return page.get_by_role("textbox", name="Beschreibung").and_(page.locator("[contenteditable]"))


@pytest.fixture
def editor(visit):
    """The editor on the page of components, with its text selected."""
    page = visit("/stil/")
    text = editor_on(page)
    text.click()
    page.keyboard.press("Control+a")
    return text


def value(page):
    return page.locator("textarea[name=text]").input_value()


def test_what_one_types_and_formats_is_what_the_form_sends(editor):
    page = editor.page
    page.keyboard.press("Delete")
    assert value(page) == ""
    editor.press_sequentially("Hallo ")
    page.get_by_role("button", name="Fett").click()
    expect(page.get_by_role("button", name="Fett")).to_have_attribute("aria-pressed", "true")
    editor.press_sequentially("Welt")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Liste", exact=True).click()
    editor.press_sequentially("eins")
    html = "<p>Hallo <strong>Welt</strong></p><ul><li><p>eins</p></li></ul>"
    assert value(page) == html
    assert sanitise(html) == html


def test_a_link_by_keyboard(editor):
    page = editor.page
    page.keyboard.type("Mehr")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    address = page.get_by_label("Adresse des Links")
    expect(address).to_be_focused()
    address.fill("beispiel.example/rat")
    address.press("Enter")
    expect(editor).to_be_focused()
    assert sanitise(value(page)) == '<p><a href="https://beispiel.example/rat" rel="noopener nofollow">Mehr</a></p>'
    page.get_by_role("button", name="Link", exact=True).click()
    expect(address).to_have_value("https://beispiel.example/rat")
    assert_accessible(page)
    page.get_by_role("button", name="Link entfernen").click()
    assert value(page) == "<p>Mehr</p>"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x"])
def test_no_dangerous_links(editor, address):
    page = editor.page
    page.keyboard.type("Mehr")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    page.get_by_label("Adresse des Links").fill(address)
    page.keyboard.press("Enter")
    assert sanitise(value(page)) == "<p>Mehr</p>"


def test_without_javascript_it_is_a_textarea(visit):
    page = visit("/stil/", javascript=False)
    expect(page.get_by_label("Beschreibung")).to_have_value(
        "<p>Wir begleiten <strong>zu Ämtern</strong>:</p><ul><li>Wohngeld</li></ul>"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone(visit, scheme):
    page = visit("/stil/", width=320, scheme=scheme)
    editor_on(page).click()
    page.get_by_role("button", name="Link", exact=True).click()
    assert_fits(page)
    assert_accessible(page)


ATTACKS = [
    '<p>x</p><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=run()&gt;">',
    '<p>x</p><svg></p><style><a id="</style><img src=1 onerror=run()>">',
    '<p>x</p><noscript><p title="</noscript><img src=x onerror=run()>">',
    '<p><a href="java&#10;script:run()">x</a><a href=" javascript:run()">y</a></p>',
    '<p><a href="https://e.de/&quot; onclick=&quot;run()">x</a></p>',
    "<p>x<img/src/onerror=run()>y<iframe srcdoc='<script>parent.run()</script>'></p>",
]


def test_no_browser_runs_anything_of_it(visit):
    page = visit("/stil/")
    found = page.evaluate(
        """texts => texts.flatMap(text => {
            const box = document.createElement("div");
            box.innerHTML = text;
            return [...box.querySelectorAll("*")].flatMap(one => [
                one.localName, ...one.getAttributeNames(), ...(one.href ? [one.protocol] : [])]);
        })""",
        [sanitise(text) for text in ATTACKS],
    )
    assert set(found) <= {"p", "a", "href", "rel", "https:"}, json.dumps(found)
