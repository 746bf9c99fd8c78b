"""Conducting a round in a real browser: from the plan to a recommendation, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import NARROW, assert_fits, look

CANCEL = """
from leitfaden.rounds import planning
from leitfaden.rounds.models import Round
from vielfalt.accounts.models import User

by = User.objects.get(email="redaktion@example.org")
for running in Round.objects.running():
    planning.cancel(round_=running, reason="Neu angesetzt.", by=by)
"""
PROPOSE = """
from leitfaden.content import Content
from leitfaden.models import Kind
from leitfaden.rounds import proposing
from leitfaden.rounds.models import Participant, Round
from leitfaden.trees import load_tree
from lotsen.models import Carrier
from vielfalt.accounts.models import User

alice = User.objects.get(email="rodgau@example.org")
round_ = Round.objects.running().get()
participant = Participant.objects.of(alice).get(round=round_)
node = next(one for one in load_tree(round_.base).walk() if one.kind == Kind.TEXT and one.html.startswith("<p>"))
for title, words in (("Eine Zahl nennen", "Das dauert 3 Tage."), ("Eine Zahl streichen", "Das dauert.")):
    proposal = proposing.begin(round_=round_, participant=participant, by=alice)
    content = Content.clean(html=node.html.replace("</p>", f" {words}</p>", 1))
    proposing.keep_wording(proposal=proposal, seen=node.version, content=content, by=alice)
    proposing.describe(
        proposal=proposal, title=title, reason="So ist es klarer.", names_author=False, is_editorial=False, by=alice
    )
    proposing.submit(proposal=proposal, by=alice)
"""
START = """
from datetime import timedelta

from django.utils import timezone

from leitfaden.models import Document
from leitfaden.rounds import planning, reviewing
from leitfaden.rounds.models import Proposal
from lotsen.models import Carrier

carriers = Carrier.objects.filter(slug__in=["caritasverband-offenbach", "stadt-hanau"])
now = timezone.now()
days = {"collect_from": -1, "discuss_from": 1, "vote_from": 30, "vote_until": 40}
times = {name: now + timedelta(days=day) for name, day in days.items()}
planned = planning.save_round(
    document=Document.objects.get(slug="leitfaden"),
    values={"title": "Papierrunde", "about": "", "quorum": 1, **times},
    organisations=list(carriers),
    by=by,
)
planning.start(round_=planned, by=by)
"""
DISCUSS = """
for proposal in Proposal.objects.filter(round=round_, state="eingereicht"):
    reviewing.admit(proposal=proposal, by=by)
Round.objects.filter(pk=round_.pk).update(discuss_from=now)
"""
"""A round in which positions are taken, around ``PROPOSE``."""


@pytest.fixture
def staff(visit):
    """Somebody of the staff, on a page of the width and scheme asked for."""

    def staff(**options):
        return visit(email="redaktion@example.org", **options)

    return staff


@pytest.mark.prepared(CANCEL)
def test_from_the_plan_to_a_recommendation(portal, staff, guard):
    page = staff(**NARROW)
    page.goto("/leitfaden/bearbeiten/")
    page.get_by_role("link", name="Runden", exact=True).click()
    look(page)
    page.get_by_role("link", name="Runde vorbereiten").click()
    look(page)
    _prepare(page, guard)
    look(page)
    page.get_by_role("link", name="Starten").click()
    look(page)
    page.get_by_role("button", name="Runde starten").click()
    expect(page.get_by_text("Die Runde ist gestartet.")).to_be_visible()
    portal.manage("shell", "-c", PROPOSE)
    page.goto("/verwaltung/")
    # What was left of rounds before comes along.
    page.get_by_role("link", name="Eine Zahl nennen").last.click()
    _review(page, guard)


def _prepare(page, guard):
    page.get_by_label("Titel").fill("Herbstrunde")
    page.get_by_label("Vorschlagen ab").fill("2026-01-05T09:00")
    page.get_by_role("button", name="Keine wählen").first.click()
    page.get_by_label("In der Liste suchen").first.fill("offenbach")
    expect(page.get_by_label("Stadt Hanau")).to_be_hidden()
    page.get_by_label("Caritasverband Offenbach").check()
    page.get_by_label("Freiwilligenzentrum Offenbach").check()
    page.get_by_label("Quorum").fill("9")
    guard.expect_failure(page.url)
    page.get_by_role("button", name="Speichern und Vorschau").click()
    expect(page.get_by_text("Das sind mehr, als Träger beteiligt sind.")).to_be_visible()
    expect(page.get_by_label("Caritasverband Offenbach")).to_be_checked()
    page.get_by_label("Quorum").fill("")
    page.get_by_role("button", name="Speichern und Vorschau").click()
    expect(page.get_by_text("2 Träger", exact=True)).to_be_visible()


def _review(page, guard):
    expect(page.get_by_text("Zahl geändert")).to_be_visible()
    expect(page.get_by_text("Vorschläge betreffen diesen Absatz.")).to_be_visible()
    look(page)
    guard.expect_failure(page.url)
    page.get_by_role("button", name="Rückfrage").click()
    expect(page.get_by_text("Bitte schreiben Sie eine Begründung.")).to_be_visible()
    page.get_by_role("button", name="Zulassen", exact=False).first.click()
    # On to the next that waits.
    expect(page.get_by_role("heading", level=1)).to_contain_text("Eine Zahl streichen")
    page.get_by_label("mit Änderungen annehmen").check()
    page.get_by_label("Warum?").fill("Besser eine andere Zahl als keine.")
    page.get_by_role("button", name="Empfehlung speichern").click()
    expect(page.get_by_text("Die Empfehlung ist gespeichert.")).to_be_visible()
    page.get_by_label("Begründung oder Frage").fill("Beide wollen dasselbe.")
    page.get_by_label("Zusammenführen mit").select_option(index=1)
    page.get_by_role("button", name="Zusammenführen").click()
    expect(page.get_by_text("Zusammengeführt. Beide Träger sind als Urheber genannt.")).to_be_visible()
    look(page)


@pytest.mark.prepared(CANCEL + START + PROPOSE + DISCUSS)
def test_what_came_on_paper_without_javascript(staff, guard):
    page = staff(**NARROW, javascript=False)
    page.goto("/leitfaden/runden/verwalten/")
    page.get_by_role("link", name="Papierrunde").first.click()
    page.get_by_role("link", name="Im Auftrag eintragen").click()
    page.get_by_role("link", name="Positionen von Stadt Hanau").click()
    first, second = page.get_by_role("group").nth(0), page.get_by_role("group").nth(1)
    first.get_by_label("Zustimmung").check()
    second.get_by_label("Veto").check()
    guard.expect_failure(page.url)
    page.get_by_role("button", name="Alle eintragen").click()
    expect(page.get_by_text("Noch nichts gespeichert: 1 Zeile braucht einen Blick.")).to_be_visible()
    assert_fits(page)
    page.get_by_label("Begründung").nth(1).fill("Das schließt viele aus.")
    page.get_by_role("button", name="Alle eintragen").click()
    expect(page.get_by_text("2 Positionen sind eingetragen.")).to_be_visible()
    expect(page.get_by_text("Zu bestätigen: 2 Positionen")).to_be_visible()
    assert_fits(page)
