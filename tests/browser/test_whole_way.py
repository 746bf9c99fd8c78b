"""A carrier's whole way in a real browser: invited, logged in, edited, reviewed, public, reminded, confirmed."""

import re

from playwright.sync_api import expect

from tests.browser.assertions import NARROW, assert_accessible, look
from tests.browser.test_accounts import PASSWORD, log_in

EMAIL = "weg@example.org"

REMIND = """
from datetime import date
from django.core.management import call_command
from lotsen.models import Carrier, Programme
from vielfalt.daily.models import DailyRun
from vielfalt.reminders.models import Reminder
for model in (DailyRun, Reminder):
    model.objects.all().delete()
carriers = Carrier.objects.filter(slug="freiwilligenzentrum-mittelhessen")
carriers.update(confirmed_on=date(2025, 10, 1))
Programme.objects.filter(carrier__in=carriers).update(confirmed_on=date(2025, 10, 1))
call_command("daily")
"""
HOME = "/mein/traeger/freiwilligenzentrum-mittelhessen/"
PUBLIC = "/traeger/freiwilligenzentrum-mittelhessen/"


def invite(page):
    """Let staff invite the test's address."""
    log_in(page, "redaktion@example.org", "demo")
    page.goto("/verwaltung/lotsen/carrier/?q=Mittelhessen")
    page.get_by_role("link", name="Freiwilligenzentrum Mittelhessen").first.click()
    page.get_by_role("link", name="Team").click()
    page.get_by_label("E-Mail-Adresse").fill(EMAIL)
    page.get_by_label("Leitung").check()
    page.get_by_role("button", name="Einladung schicken").click()
    page.get_by_text("Die Einladung ist unterwegs.").wait_for()


def test_from_the_invitation_to_the_confirmed_entry(visit, portal):
    staff = visit()
    invite(staff)
    link = re.search(r"/konto/einladung/\S+/", portal.last_mail(EMAIL))[0]

    page = visit(link, width=360)
    look(page)
    page.get_by_label("Name oder Rolle").fill("Koordination Wetzlar")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Konto einrichten und annehmen").click()
    page.goto("/mein/")
    look(page)

    page.goto(HOME)
    look(page)
    page.get_by_role("link", name="So erreichen Sie uns").click()
    page.get_by_label("Telefon").fill("069 90009-777")
    look(page)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("ist gespeichert und öffentlich")).to_be_visible()
    expect(visit(PUBLIC).get_by_text("069 90009-777")).to_be_visible()

    page.get_by_role("link", name="Name, Art und Ort").click()
    page.get_by_label("Name", exact=True).fill("Freiwilligenzentrum Mittelhessen und Wetterau")
    page.get_by_role("button", name="Änderung einreichen").click()
    expect(page.get_by_text("Das Kompetenzzentrum sieht sich Ihren Antrag an.")).to_be_visible()
    look(page)
    number = re.search(r"/antraege/(\d+)/", page.url)[1]
    expect(visit(PUBLIC).get_by_role("heading", level=1)).to_have_text("Freiwilligenzentrum Mittelhessen")

    staff.goto(f"/verwaltung/listings/changerequest/{number}/change/")
    assert_accessible(staff, best_practice=False)
    staff.get_by_role("button", name="Annehmen").click()
    staff.wait_for_load_state()
    expect(visit(PUBLIC).get_by_role("heading", level=1)).to_have_text("Freiwilligenzentrum Mittelhessen und Wetterau")

    portal.manage("shell", "-c", REMIND)
    mail = (
        visit("/mein/post/").locator(".mailbox__mail", has_text=EMAIL).filter(has_text="Stimmt Ihr Eintrag noch?").first
    )
    text = mail.text_content()
    path = re.search(r"Stimmt noch:\s+" + re.escape(portal.address) + r"(\S+)", text)[1]
    reminder = visit(path, width=360)
    look(reminder)
    assert "Vielleicht nicht mehr aktuell" in visit(PUBLIC).locator("main").inner_text()
    reminder.get_by_role("button", name="Ja, das stimmt so").click()
    expect(reminder.get_by_role("heading", name="Vielen Dank!")).to_be_visible()
    assert "Vielleicht nicht mehr aktuell" not in visit(PUBLIC).locator("main").inner_text()


def test_pages_of_a_carrier(visit):
    """Every page of Mein Bereich."""
    page = visit(email="rodgau@example.org", **NARROW)
    home = "/mein/traeger/caritasverband-offenbach/"
    sections = ("kontakt", "texte", "barrierefreiheit", "grunddaten")
    paths = [
        home,
        f"{home}team/",
        f"{home}verlauf/",
        f"{home}bilder/",
        f"{home}bilder/neu/bild/",
        f"{home}programm/neu/",
    ]
    paths += [f"{home}bearbeiten/{section}/" for section in sections]
    page.goto(home)
    programme = page.get_by_role("link", name=re.compile("^Sprachen")).first.get_attribute("href")
    paths += [programme, *(programme.replace("sprachen", one) for one in ("angebot", "gebiet", "anfrage", "texte"))]
    for path in paths:
        page.goto(path)
        look(page)
