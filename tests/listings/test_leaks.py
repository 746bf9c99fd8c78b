"""What waits for review is in no public answer, and what is internal in no answer to an author."""

import pytest

from tests.factories import CarrierFactory, ProgrammeFactory
from tests.listings.proposing import propose
from vielfalt.listings import actions
from vielfalt.listings.actions import Sender
from vielfalt.listings.models import ChangeRequest, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

WORD = "Zwiebelfisch"
"""Stands in everything that could leak, and nowhere else."""

PUBLIC = [
    "/",
    "/karte/",
    f"/karte/?q={WORD}",
    "/karte/daten.geojson",
    "/karte/eintraege.geojson?id=4711",
    "/traeger/",
    "/traeger/offen/",
    "/traeger/offen/fehler-melden/",
    "/traeger/anmelden/",
    "/traeger/zwiebelfisch/",
    "/sitemap.xml",
    f"/orte/?q={WORD}",
    "/antraege/abgeschickt/",
]


@pytest.fixture
def pending(alice, bob):
    """A published carrier about which everything that can wait is waiting."""
    carrier = CarrierFactory(name="Offener Träger", slug="offen")
    programme = ProgrammeFactory(pk=4711, carrier=carrier, languages=["ara"])
    request = propose(carrier, alice, name=f"{WORD} e. V.")
    propose(programme, alice, title=WORD)
    actions.report_error(entry=carrier, message=WORD, by=Sender(email=f"{WORD}@example.org"))
    actions.submit_new(
        model=type(carrier),
        name=WORD,
        proposed={"name": WORD, "carrier_type": carrier.carrier_type, "municipality": carrier.municipality},
        by=Sender(email="neu@example.org"),
    )
    actions.note(request=request, text=f"{WORD} intern", by=bob)
    return request


@pytest.mark.parametrize("address", PUBLIC)
def test_nothing_public_tells_of_it(address, client, pending):
    words = client.get(address).text.replace(f'value="{WORD}"', "").replace(f"q={WORD}", "").lower()
    # The own question comes back as a removable filter, and in the address of the page.
    words = words.replace(f"„{WORD}“".lower(), "")
    assert WORD.lower() not in words


@pytest.mark.parametrize("address", PUBLIC)
def test_pages_are_the_same_with_and_without(address, client, pending):
    """The form's own token is new every time; all else is compared exactly."""
    waiting = client.get(address)
    ChangeRequest.objects.all().delete()
    assert without_token(client.get(address).text) == without_token(waiting.text)


def without_token(page):
    return [line for line in page.splitlines() if "form_token" not in line]


def test_an_accepted_new_entry_is_not_public_yet(client, pending, bob):
    request = ChangeRequest.objects.get(kind="neu")
    actions.confirm_sender(request=request)
    actions.accept(request=request, by=bob)
    request.refresh_from_db()
    assert client.get("/traeger/zwiebelfisch/").status_code == 404
    assert WORD not in client.get("/traeger/").text


def test_an_archived_entry_leaves_only_with_the_decision(client, alice, bob):
    carrier = CarrierFactory(slug="offen")
    request = propose(carrier, alice, state=State.ARCHIVED)
    assert client.get("/traeger/offen/").status_code == 200
    actions.accept(request=request, by=bob)
    assert client.get("/traeger/offen/").status_code == 404


def test_an_author_sees_neither_notes_nor_names(client, pending, alice, bob):
    actions.ask(request=pending, by=bob, reason="Seit wann?")
    client.force_login(alice)
    page = client.get(f"/antraege/{pending.pk}/").text
    assert "Seit wann?" in page
    assert "intern" not in page.replace("internen", "")
    assert "Bob" not in page
