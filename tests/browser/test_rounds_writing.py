"""A carrier's whole way of proposing in a real browser: on a phone, by keyboard alone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import NARROW, look

ROUND = """
from datetime import timedelta

from django.utils import timezone

from leitfaden.models import Document
from leitfaden.rounds import planning, proposing
from leitfaden.rounds.models import Participant, Proposal, Round
from lotsen.models import Carrier
from vielfalt.accounts.models import User

by = User.objects.get(email="redaktion@example.org")
alice = User.objects.get(email="rodgau@example.org")
for running in Round.objects.running():
    # What is open would come along.
    for left in Proposal.objects.filter(round=running, participant__in=Participant.objects.led_by(alice)).open():
        proposing.withdraw(proposal=left, by=alice)
    planning.cancel(round_=running, reason="Neu angesetzt.", by=by)
for draft in Proposal.objects.filter(state="entwurf"):
    draft.merged.update(merged_into=draft.origin)
    draft.delete()
now = timezone.now()
days = {"collect_from": -1, "discuss_from": 20, "vote_from": 30, "vote_until": 40}
times = {name: now + timedelta(days=day) for name, day in days.items()}
planned = planning.save_round(
    document=Document.objects.get(slug="leitfaden"),
    values={"title": "Herbstrunde", "about": "", "quorum": 1, **times},
    organisations=[Carrier.objects.get(slug="caritasverband-offenbach")],
    by=by,
)
planning.start(round_=planned, by=by)
"""
PAGE = "/leitfaden/alles/"
PROPOSE = re.compile("^Änderung vorschlagen")

pytestmark = pytest.mark.prepared(ROUND)


@pytest.fixture
def carrier(visit):
    """Somebody who leads a carrier in a round that collects, on a page of the width and scheme asked for."""

    def carrier(**options):
        return visit(email="rodgau@example.org", **options)

    return carrier


def passage(page, number=0):
    """One of the paragraphs of the text."""
    return page.locator(".passage--absatz").nth(number)


def test_the_whole_way(carrier, guard):
    page = carrier(**NARROW)
    page.goto("/mein/leitfaden/")
    expect(page.get_by_role("heading", name="Herbstrunde")).to_be_visible()
    look(page)
    page.goto(PAGE)
    passage(page, 3).locator("summary").click()
    passage(page, 3).get_by_role("link", name=PROPOSE).click()

    text = page.locator("[contenteditable]")
    expect(text).to_be_visible()
    # Who may not upload pictures is not offered to.
    expect(page.get_by_role("button", name="Bild", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Vorschau")).to_be_hidden()
    text.press("Control+End")
    text.press_sequentially(" Das muss 7 Mal sein.")
    expect(page.locator("#vorschau ins").first).to_contain_text("Das muss 7 Mal sein.")
    expect(page.locator("#vorschau")).to_contain_text("Zahl geändert")
    expect(page.locator("#vorschau")).to_contain_text("Verbindlichkeit geändert")
    # Kept in a draft meanwhile: the page goes on at the draft's address.
    page.wait_for_url(re.compile(r"/leitfaden/vorschlag/\d+/schreiben/"))
    look(page)
    page.reload()
    expect(text).to_contain_text("Das muss 7 Mal sein.")
    page.get_by_role("button", name="In den Entwurf übernehmen").click()

    expect(page.get_by_text("Die Änderung steht im Entwurf.")).to_be_visible()
    look(page)
    guard.expect_failure(page.url)
    page.get_by_role("button", name="Weiter zum Einreichen").click()
    expect(page.get_by_text("Bitte sagen Sie in wenigen Worten, worum es geht.")).to_be_visible()
    look(page)
    page.get_by_label("Worum geht es, kurz gesagt?").fill("Sieben Mal")
    page.get_by_label("Warum schlagen Sie das vor?").fill("So hat es sich bewährt.")
    page.get_by_role("button", name="Weiter zum Einreichen").click()

    expect(page.get_by_role("heading", name="Vorschlag einreichen?")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Vorschlag einreichen").click()
    expect(page.get_by_text(re.compile("ist eingereicht"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Sieben Mal")).first).to_be_visible()
    look(page)
    page.get_by_role("link", name=re.compile("^Zurückziehen")).click()
    look(page)


def test_the_other_pages(carrier):
    page = carrier(**NARROW)
    page.goto("/leitfaden/vorschlagen/absaetze/")
    look(page)
    page.locator("main nav[aria-label=Kapitel] a").first.click()
    look(page)
    page.get_by_role("link", name=re.compile("^Ergänzen")).first.click()
    look(page)
    page.get_by_role("link", name=re.compile("^Absatz ?: Darin, am Ende")).click()
    page.locator("[contenteditable]").press_sequentially("Ein neuer Absatz.")
    page.get_by_role("button", name="In den Entwurf übernehmen").click()
    expect(page.get_by_text("Die Änderung steht im Entwurf.")).to_be_visible()
    page.get_by_role("link", name="Weiteren Absatz dazunehmen").click()
    page.locator("main nav[aria-label=Kapitel] a").nth(1).click()
    page.get_by_role("link", name=re.compile("^Verschieben")).nth(1).click()
    look(page)
    page.go_back()
    page.get_by_role("link", name=re.compile("^Streichen")).nth(1).click()
    look(page)
    page.get_by_role("button", name="In den Entwurf übernehmen").click()
    expect(page.get_by_role("heading", name="2 Änderungen")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Entwurf verwerfen").click()
    look(page)
    page.goto(PAGE)
    passage(page, 4).locator("summary").click()
    passage(page, 4).get_by_role("link", name=PROPOSE).click()
    expect(page.get_by_role("heading", name="Wozu gehört Ihre Änderung?")).to_be_visible()
    look(page)


def test_by_keyboard_alone(carrier):
    page = carrier(width=320)
    page.goto(PAGE)

    def press_on(target):
        """Tab on until this has the focus, and press it."""
        for _ in range(60):
            page.keyboard.press("Tab")
            if target.evaluate("node => node === document.activeElement"):
                break
        expect(target).to_be_focused()
        page.keyboard.press("Enter")

    passage(page, 5).locator("summary").focus()
    page.keyboard.press("Enter")
    press_on(passage(page, 5).get_by_role("link", name=PROPOSE))
    text = page.locator("[contenteditable]")
    expect(text).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if text.evaluate("node => node === document.activeElement"):
            break
    expect(text).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Neu am Ende.")
    expect(page.locator("textarea[name=html]")).to_have_value(re.compile("Neu am Ende"))
    press_on(page.get_by_role("button", name="In den Entwurf übernehmen"))
    expect(page.get_by_text("Die Änderung steht im Entwurf.")).to_be_visible()
    title = page.get_by_label("Worum geht es, kurz gesagt?")
    for _ in range(60):
        page.keyboard.press("Tab")
        if title.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.type("Mit der Tastatur")
    page.keyboard.press("Tab")
    page.keyboard.type("Es geht.")
    press_on(page.get_by_role("button", name="Weiter zum Einreichen"))
    expect(page.get_by_role("heading", name="Vorschlag einreichen?")).to_be_visible()
    press_on(page.get_by_role("button", name="Vorschlag einreichen"))
    expect(page.get_by_text(re.compile("ist eingereicht"))).to_be_visible()


def test_without_javascript(carrier):
    page = carrier(width=320, javascript=False)
    page.goto(PAGE)
    passage(page, 6).locator("summary").click()
    passage(page, 6).get_by_role("link", name=PROPOSE).click()
    text = page.get_by_label("Text", exact=True)
    text.fill("<p>Ganz anders.</p>")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.locator("#vorschau")).to_contain_text("Ganz anders")
    expect(text).to_have_value("<p>Ganz anders.</p>")
    page.get_by_role("button", name="In den Entwurf übernehmen").click()
    page.get_by_label("Worum geht es, kurz gesagt?").fill("Anders")
    page.get_by_label("Warum schlagen Sie das vor?").fill("Weil es besser ist.")
    page.get_by_role("button", name="Weiter zum Einreichen").click()
    page.get_by_role("button", name="Vorschlag einreichen").click()
    expect(page.get_by_text(re.compile("ist eingereicht"))).to_be_visible()
