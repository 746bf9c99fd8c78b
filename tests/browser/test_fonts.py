"""Names in their own script are legible on devices without such fonts, and cost the others nothing."""

import pytest
from playwright.sync_api import expect

LOADED = "[...document.fonts].filter(font => font.status == 'loaded').map(font => font.family.replaceAll('\"', ''))"
WRITE = "text => { document.querySelector('h1').textContent = text; return document.fonts.ready.then(() => true) }"


def test_ordinary_pages_fetch_no_other_script(visit):
    page = visit("/")
    page.wait_for_load_state("networkidle")
    assert set(page.evaluate(LOADED)) == {"Fira Sans"}


@pytest.mark.parametrize(
    ("name", "family"), [("مرحبا", "Noto Sans Arabic"), ("ሰላም", "Noto Sans Ethiopic"), ("வணக்கம்", "Noto Sans Tamil")]
)
def test_a_name_fetches_its_script(visit, name, family):
    page = visit("/")
    page.evaluate(WRITE, name)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.wait_for_function(f"{LOADED}.includes('{family}')")


def test_cyrillic_is_fira_sans(visit):
    page = visit("/")
    with page.expect_response("**/fira-sans-cyrillic-600*.woff2"):
        page.evaluate(WRITE, "Українці")
