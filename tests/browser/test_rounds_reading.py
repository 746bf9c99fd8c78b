"""Following a round in a real browser: on a phone in the dark and on a wide screen, by keyboard, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.assertions import NARROW, assert_accessible, assert_fits, look

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
document = Document.objects.get(slug="leitfaden")
first = Carrier.objects.get(slug="caritasverband-offenbach")
second = Carrier.objects.maintained().exclude(pk=first.pk).order_by("pk").first()
alice = User.objects.get(email="rodgau@example.org")
bob, _new = User.objects.get_or_create(email="zweiter-traeger@example.org", defaults={"name": "Leitung"})
CarrierMembership.objects.get_or_create(organisation=second, user=bob, defaults={"role": "leitung"})
now = timezone.now()
days = {"collect_from": -1, "discuss_from": 20, "vote_from": 30, "vote_until": 40}
times = {name: now + timedelta(days=day) for name, day in days.items()}
planned = planning.save_round(
    document=document,
    values={"title": "Frühjahrsrunde", "about": "Wir sehen uns die Methoden an.", "quorum": 2, **times},
    organisations=[first, second],
    by=by,
)
round_ = planning.start(round_=planned, by=by)
planning.prolong(
    round_=round_, phase=Phase.VOTE, begins=now + timedelta(days=31), reason="Wegen der Ferien.", by=by
)
carriers = {one.object_id: one for one in Participant.objects.filter(round=round_)}
texts = [node for node in load_tree(round_.base).walk() if node.kind == Kind.TEXT and node.html.startswith("<p>")]
place = next(node for node in texts if len(node.version.plain) > 200)


def propose(carrier, person, title, words, more=()):
    proposal = proposing.begin(round_=round_, participant=carriers[carrier.pk], by=person)
    content = Content.clean(html=place.html.replace("</p>", f" {words}</p>", 1))
    proposing.keep_wording(proposal=proposal, seen=place.version, content=content, by=person)
    for node in more:
        proposing.keep_move(
            proposal=proposal, seen=node.version, parent=node.parent and node.parent.block, after=None, by=person
        )
    proposing.describe(
        proposal=proposal,
        title=title,
        reason="So versteht es jede*r.",
        names_author=True,
        is_editorial=False,
        by=person,
    )
    proposing.submit(proposal=proposal, by=person)
    return reviewing.admit(proposal=proposal, by=by)


mine = propose(first, alice, "Zwei Stunden müssen reichen", "Das müssen mindestens zwei Stunden sein.", [texts[-1]])
other = propose(second, bob, "Kürzer fassen", "Das geht auch kürzer.")
Round.objects.filter(pk=round_.pk).update(discuss_from=now - timedelta(hours=1))
change = proposing.reopen(proposal=Proposal.objects.get(pk=other.pk), by=bob).changes.get()
content = Content.clean(html=place.html.replace("</p>", " Das geht kürzer.</p>", 1))
proposing.keep_wording(proposal=other, seen=change.seen, content=content, mark=change.mark, by=bob)
other = proposing.resubmit(proposal=Proposal.objects.get(pk=other.pk), by=bob)
reviewing.recommend(version=other.current, advice=Advice.CHANGE, reason="Ein guter Anfang.", by=by)
voting.take_position(
    version=other.current, participant=carriers[second.pk], stance=Stance.MINOR, reason="Noch nicht ganz.", by=bob
)
voting.remark(proposal=other, text="Was meinen die anderen?", participant=carriers[second.pk], by=bob)
begun = {"discuss_from": now - timedelta(hours=2), "vote_from": now - timedelta(hours=1)}
Round.objects.filter(pk=round_.pk).update(**begun)
"""

VOTE = re.compile("Zu den Vorschlägen")

pytestmark = pytest.mark.prepared(ROUND)


@pytest.fixture
def carrier(visit):
    """Somebody who leads a carrier in a round that votes, on the page of the round."""

    def carrier(email="rodgau@example.org", **options):
        page = visit("/leitfaden/runden/", email=email, **options)
        page.get_by_role("link", name="Frühjahrsrunde").first.click()
        return page

    return carrier


def test_all_pages_of_a_round(carrier):
    page = carrier(**NARROW)
    look(page)
    page.get_by_role("link", name=VOTE).click()
    look(page)
    page.get_by_role("link", name="Kürzer fassen").click()
    for summary in page.locator("details > summary").all():
        summary.click()
    look(page)
    page.get_by_role("link", name="Alle nebeneinander").click()
    look(page)
    page.go_back()
    page.get_by_role("link", name="Zwei Stunden müssen reichen").click()
    look(page)
    page.goto("/leitfaden/runden/")
    look(page)
    page.goto("/leitfaden/alles/")
    expect(page.get_by_role("link", name="2 Vorschläge").first).to_be_visible()
    assert_fits(page)
    # Far longer than any other page: axe reads it once.
    assert_accessible(page)


def test_a_position_by_keyboard(carrier, guard):
    page = carrier()
    page.get_by_role("link", name=VOTE).focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Kürzer fassen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name=re.compile("^Zustimmung")).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile("^Leichte Bedenken"))).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    action = page.locator("form").filter(has=page.get_by_role("radio")).get_attribute("action")
    guard.expect_failure(f"{page.url.partition('#')[0]}{action}")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bitte schreiben Sie eine Begründung.")).to_be_visible()
    look(page)
    page.get_by_label("Begründung").fill("Das ist uns zu kurz.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Das ist uns zu kurz.").first).to_be_visible()
    expect(page.get_by_text("2 von 2 haben sich geäußert.")).to_be_visible()


def test_a_poll_without_javascript(carrier):
    page = carrier(javascript=False, width=320)
    page.get_by_role("region", name="Umstrittene Absätze").get_by_role("link").click()
    for name, number in (("Zwei Stunden", "3"), ("Kürzer fassen", "0"), ("Es bleibt", "10")):
        page.get_by_role("group", name=re.compile(name)).get_by_role("radio", name=number, exact=True).check()
    page.get_by_role("button", name="Antwort abgeben").click()
    expect(page.get_by_role("region", name="Ihre Antwort").get_by_role("listitem")).to_have_text(
        [re.compile("Zwei Stunden.*: 3$"), re.compile("Kürzer fassen: 0$"), re.compile("Es bleibt.*: 10$")]
    )


def test_what_everybody_reads(carrier):
    page = carrier(email="")
    page.get_by_role("link", name="Vorschläge lesen").click()
    page.get_by_role("link", name="Kürzer fassen").click()
    expect(page.get_by_role("heading", name="Wie die Träger dazu stehen")).to_be_visible()
    expect(page.get_by_text("1 von 2 haben sich geäußert.")).to_be_visible()
    expect(page.get_by_text("Was meinen die anderen?")).to_have_count(0)
    expect(page.get_by_text("Noch nicht ganz.")).to_have_count(0)
    look(page)
