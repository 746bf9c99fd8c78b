"""From the reminder's mail to the confirmed entry, in a real browser."""

import re

import pytest

from tests.browser.assertions import NARROW, look

SETUP = """
from datetime import date
from lotsen.models import Carrier, CarrierInternal
from post_office.models import Email
from vielfalt.daily.models import DailyRun
from vielfalt.reminders.models import Reminder
for model in (DailyRun, Reminder, Email):
    model.objects.all().delete()
carrier = Carrier.objects.get(slug="stadt-hanau")
CarrierInternal.objects.update_or_create(carrier=carrier, defaults={"contact_email": "lotsen@beispiel.example"})
Carrier.objects.filter(pk=carrier.pk).update(confirmed_on=date(2025, 10, 1))
"""
HIDE = """
from datetime import date
from lotsen.models import Carrier
Carrier.objects.filter(slug="stadt-hanau").update(confirmed_on=date(2024, 1, 1))
"""

pytestmark = pytest.mark.prepared(SETUP)


def reminder(page):
    """The reminder among the mails of the day, opened."""
    mail = page.locator(".mailbox__mail", has=page.locator("a[href*='/aktuell/']")).first
    if mail.get_attribute("open") is None:
        mail.locator("summary").click()
    return mail.locator(".mailbox__text")


@pytest.fixture
def links(portal, visit):
    """The links of a reminder that the portal has just sent, by their words."""
    portal.manage("daily")
    page = visit("/mein/post/")
    text = reminder(page).inner_text()
    found = re.findall(r"^(.+):\n" + re.escape(portal.address) + r"(\S+)$", text, re.MULTILINE)
    return dict(found)


def test_mailbox_and_confirming(links, visit, portal):
    page = visit("/mein/post/")
    reminder(page).locator("a[href*='/aktuell/']").first.click()
    page.get_by_role("heading", name="Stimmt der Eintrag noch?").wait_for()
    page.get_by_role("button", name="Ja, das stimmt so").click()
    page.get_by_role("heading", name="Vielen Dank!").wait_for()
    page.get_by_role("link", name="Zur öffentlichen Seite").click()
    assert "Vielleicht nicht mehr aktuell" not in page.locator("main").inner_text()


def test_saying_that_it_is_gone_without_javascript(links, visit):
    page = visit(links["Gibt es nicht mehr"], javascript=False)
    page.get_by_role("button", name="Ja, das gibt es nicht mehr").click()
    page.get_by_text("Wir kümmern uns darum.").wait_for()


def test_every_page_is_accessible_and_fits(links, visit):
    for path in ("/mein/post/", *links.values(), "/traeger/stadt-hanau/"):
        look(visit(path, **NARROW))


@pytest.mark.prepared(HIDE)
def test_an_entry_that_is_hidden_again(visit):
    page = visit("/traeger/stadt-hanau/", **NARROW, status=410)
    look(page)
