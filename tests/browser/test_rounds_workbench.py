"""Deciding a round in a real browser, from the first verdict to the ledger of an edition that is still to appear."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import NARROW, look

ROUND = """
from datetime import timedelta

from django.utils import timezone

from leitfaden.content import Content
from leitfaden.models import Document, Kind
from leitfaden.rounds import planning, proposing, reviewing, voting
from leitfaden.rounds.models import Advice, Participant, Phase, Proposal, Round, Stance
from leitfaden.trees import load_tree
from lotsen.models import Carrier, CarrierMembership
from vielfalt.accounts.models import User

by = User.objects.get(email="redaktion@example.org")
for running in Round.objects.running():
    planning.cancel(round_=running, reason="Neu angesetzt.", by=by)
first = Carrier.objects.get(slug="caritasverband-offenbach")
second = Carrier.objects.maintained().exclude(pk=first.pk).order_by("pk").first()
alice = User.objects.get(email="rodgau@example.org")
bob, _new = User.objects.get_or_create(email="zweiter-traeger@example.org", defaults={"name": "Leitung"})
CarrierMembership.objects.get_or_create(organisation=second, user=bob, defaults={"role": "leitung"})
now = timezone.now()
days = {"collect_from": -1, "discuss_from": 20, "vote_from": 30, "vote_until": 40}
times = {name: now + timedelta(days=day) for name, day in days.items()}
planned = planning.save_round(
    document=Document.objects.get(slug="leitfaden"),
    values={"title": "Werkbank-Runde", "about": "", "quorum": 2, **times},
    organisations=[first, second],
    by=by,
)
round_ = planning.start(round_=planned, by=by)
carriers = {one.object_id: one for one in Participant.objects.filter(round=round_)}
texts = [node for node in load_tree(round_.base).walk() if node.kind == Kind.TEXT and node.html.startswith("<p>")]
place, other = [node for node in texts if 200 < len(node.version.plain) < 500][:2]


def propose(carrier, person, title, *changes):
    proposal = proposing.begin(round_=round_, participant=carriers[carrier.pk], by=person)
    for node, words in changes:
        content = Content.clean(html=node.html.replace("</p>", f" {words}</p>", 1))
        proposing.keep_wording(proposal=proposal, seen=node.version, content=content, by=person)
    reason = "So versteht es jede*r."
    proposing.describe(
        proposal=proposal, title=title, reason=reason, names_author=True, is_editorial=False, by=person
    )
    proposing.submit(proposal=proposal, by=person)
    return reviewing.admit(proposal=proposal, by=by)


stricter = propose(first, alice, "Zwei Stunden müssen reichen", (place, "Das müssen zwei Stunden sein."))
shorter = propose(second, bob, "Kürzer fassen", (place, "Das geht kürzer."), (other, "Auch das geht kürzer."))
reviewing.recommend(version=stricter.current, advice=Advice.ADOPT, reason="Ein guter Anfang.", by=by)
begun = {"discuss_from": now - timedelta(hours=2), "vote_from": now - timedelta(hours=1)}
Round.objects.filter(pk=round_.pk).update(**begun)
round_ = Round.objects.get(pk=round_.pk)
voting.take_position(version=stricter.current, participant=carriers[first.pk], stance=Stance.AGREE, by=alice)
voting.take_position(
    version=stricter.current, participant=carriers[second.pk], stance=Stance.MAJOR, reason="Zu viel.", by=bob
)
for person, carrier in ((alice, first), (bob, second)):
    voting.resist(
        round_=round_,
        block=place.block,
        participant=carriers[carrier.pk],
        values={stricter.current_id: 2, shorter.current_id: 5, None: 9},
        by=person,
    )
Round.objects.filter(pk=round_.pk).update(vote_until=now - timedelta(minutes=1))
"""

pytestmark = pytest.mark.prepared(ROUND)


@pytest.fixture
def staff(visit):
    """Somebody of the staff in a round that is to be decided, on the page of the round."""

    def staff(**options):
        page = visit("/leitfaden/runden/", email="redaktion@example.org", **options)
        page.get_by_role("link", name="Werkbank-Runde").first.click()
        return page

    return staff


def verdict(page, title):
    """The form about a proposal."""
    return page.get_by_role("region", name=re.compile(title)).get_by_role("form")


def press(page, target):
    """Do what a link or a button does, by keyboard."""
    target.focus()
    page.keyboard.press("Enter")


def test_from_verdicts_to_the_ledger(staff):
    page = staff(**NARROW)
    page.get_by_role("link", name="Entscheiden").click()
    look(page)
    page.get_by_role("link", name="Den Rest verschieben").click()
    look(page)
    page.get_by_role("link", name="Noch nicht").click()
    page.get_by_role("link", name="Anfangen").click()
    look(page)
    verdict(page, "Zwei Stunden").get_by_role("button").click()
    shorter = verdict(page, "Kürzer fassen")
    shorter.get_by_role("radio", name="Annehmen", exact=True).check()
    shorter.get_by_role("checkbox", name=re.compile("alle 2 Stellen")).check()
    shorter.get_by_role("button").click()
    expect(page.get_by_role("heading", name="So soll der Absatz heißen")).to_be_visible()
    # Both change the same words, so somebody has to write what is to hold.
    page.locator("[contenteditable]").press("ControlOrMeta+End")
    page.keyboard.type(" Beides gilt.")
    look(page)
    page.get_by_role("button", name="So bestätigen").click()
    expect(page.get_by_text("Alles ist entschieden.")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Probe und Abschluss").click()
    expect(page.get_by_text("2 Abschnitte geändert.")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Runde abschließen").click()
    expect(page.get_by_role("heading", name="Runde abgeschlossen")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Ausgabe vorbereiten").click()
    page.get_by_role("button", name="Ausgabe anlegen").click()
    page.goto(page.url.replace("/bearbeiten/ausgaben/", "/"))
    page.get_by_role("link", name=re.compile("^Wer was erreicht hat")).click()
    expect(page.get_by_text(re.compile(r"Entscheidungen zu \d+ Vorschlägen"))).to_be_visible()
    look(page)
    page.get_by_role("link", name=re.compile("^Was ist neu gegenüber")).click()
    look(page)


def test_a_decision_by_keyboard(staff, guard):
    page = staff()
    press(page, page.get_by_role("link", name="Entscheiden"))
    press(page, page.get_by_role("link", name="Anfangen"))
    form = verdict(page, "Kürzer fassen")
    form.get_by_role("radio", name="Annehmen", exact=True).focus()
    for _step in range(2):
        page.keyboard.press("ArrowDown")
    expect(form.get_by_role("radio", name="Nicht annehmen")).to_be_checked()
    guard.expect_failure(page.url.partition("#")[0])
    press(page, form.get_by_role("button"))
    expect(page.get_by_text("Bitte schreiben Sie eine Begründung.")).to_be_visible()
    look(page)
    form.get_by_label("Öffentliche Begründung").fill("Dann fehlt das Beispiel.")
    press(page, form.get_by_role("button"))
    expect(page.get_by_text("Nicht angenommen").first).to_be_visible()
    press(page, verdict(page, "Zwei Stunden").get_by_role("button"))
    expect(page.get_by_text("1 von 2 Absätzen entschieden")).to_be_visible()
