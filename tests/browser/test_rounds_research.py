"""The pages of the scientific partner in a real browser: on a phone in the dark and on a wide screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import NARROW, look
from tests.browser.test_rounds_reading import ROUND

PARTNER = """
from django.contrib.auth.models import Group

partner = User.objects.create_user("wissenschaft@example.org", "demo", name="Begleitung")
partner.groups.set(Group.objects.filter(name="Wissenschaftliche Begleitung"))
"""

pytestmark = pytest.mark.prepared(ROUND + PARTNER)


@pytest.fixture
def partner(visit):
    """Somebody of the scientific partner on the page of a round that votes."""

    def partner(**options):
        page = visit("/leitfaden/runden/", email="wissenschaft@example.org", **options)
        page.get_by_role("link", name="Frühjahrsrunde").first.click()
        page.get_by_role("link", name="Zur Auswertung").click()
        return page

    return partner


def test_from_a_code_to_the_data(partner):
    page = partner(**NARROW)
    look(page)
    page.get_by_role("link", name="Codes festlegen").click()
    page.get_by_label("Name").fill("Verständlichkeit")
    page.get_by_label("Definition").fill("Der Vorschlag macht einen Satz einfacher.")
    page.get_by_role("button", name="Code anlegen").click()
    look(page)
    page.get_by_role("link", name="Verständlichkeit").click()
    look(page)
    page.get_by_role("link", name="Vorschläge mit diesem Code").click()
    expect(page.get_by_text("Hier ist kein Vorschlag.")).to_be_visible()
    page.get_by_role("link", name="Alle anzeigen").click()
    look(page)
    page.get_by_role("link", name=re.compile("Kürzer fassen")).click()
    page.get_by_label("Code", exact=True).select_option("Verständlichkeit")
    page.get_by_label("Notiz").fill("Sehr deutlich.")
    page.get_by_role("button", name="Code vergeben").click()
    expect(page.get_by_text("Sehr deutlich.")).to_be_visible()
    for summary in page.locator("details > summary").all():
        summary.click()
    look(page)
    page.get_by_role("button", name="Wegnehmen").click()
    expect(page.get_by_text("Noch kein Code.")).to_be_visible()
    page.get_by_role("navigation", name="Wo Sie sind").get_by_role("link", name="Auswertung").click()
    page.get_by_role("link", name=re.compile("^Codebuch")).click()
    look(page)
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tabellen (CSV, gepackt)").click()
    assert re.fullmatch(r"runde-\d+-[\d-]{10}\.zip", download.value.suggested_filename)
