"""Nothing internal and nothing unpublished in any public response."""

import pytest
from django.test import Client

from lotsen.models import AnnualFigures, Carrier, CarrierInternal, Programme
from tests.factories import CarrierFactory, CarrierInternalFactory, ProgrammeFactory, UserFactory
from vielfalt.listings.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

MARK = "Geheimnis"


def marked(model):
    """Return a recognisable value for every text field of ``model``."""
    return {
        field.name: f"{MARK}@example.org" if "email" in field.name else f"{MARK} {field.name}"[: field.max_length]
        for field in model._meta.concrete_fields
        if field.get_internal_type() in {"CharField", "TextField", "EmailField"} and not field.choices
    }


@pytest.fixture
def public_pages():
    """Return every public page of a portal that holds secrets, as text by address."""
    from vielfalt.public.models import TEXTS

    carrier = CarrierFactory(slug="offen")
    CarrierInternalFactory(carrier=carrier, **marked(CarrierInternal))
    programme = ProgrammeFactory(carrier=carrier, title="Offen", languages=["ara"], covers=["Rodgau"])
    AnnualFigures.objects.create(programme=programme, year=2025, comment=MARK, active=7)
    ProgrammeFactory(carrier=carrier, title=f"{MARK} Programm", state=State.DRAFT, covers=["Rodgau"])
    for state in State:
        if state != State.PUBLISHED:
            ProgrammeFactory(carrier=CarrierFactory(name=f"{MARK} {state}", slug=f"geheim-{state}", state=state))
    UserFactory(email=f"{MARK}@example.org", name=MARK)
    everything = "&".join(f"id={pk}" for pk in Programme.objects.values_list("pk", flat=True))
    addresses = [
        "/",
        "/karte/",
        "/karte/?ort=Rodgau&sprache=tur",
        "/karte/?q=offen",
        "/karte/daten.geojson",
        f"/karte/eintraege.geojson?{everything}",
        "/traeger/",
        "/traeger/offen/",
        "/orte/?q=Ro",
        "/orte/?q=Ro&format=json",
        "/sitemap.xml",
        "/robots.txt",
        *(f"/{path.stem}/" for path in TEXTS.glob("*.md")),
        *(f"/traeger/geheim-{state}/" for state in State),
    ]
    client = Client()
    return {address: client.get(address).content.decode() for address in addresses}


def test_nothing_internal_is_public(public_pages):
    leaks = [address for address, text in public_pages.items() if MARK.lower() in text.lower()]
    assert leaks == []


def test_search_does_not_find_what_is_internal(client):
    CarrierInternalFactory(carrier=CarrierFactory(), **marked(CarrierInternal))
    ProgrammeFactory(carrier=Carrier.objects.get())
    assert client.get("/karte/", {"q": MARK}).context["search"].total == 0


def test_the_test_would_notice(client):
    CarrierFactory(name=f"{MARK} offen")
    assert MARK in client.get("/traeger/").content.decode()


@pytest.mark.parametrize(
    "address", ["/", "/karte/?ort=63065", "/karte/daten.geojson", "/karte/eintraege.geojson", "/traeger/", "/nix/"]
)
def test_readers_get_no_cookie(client, address):
    response = client.get(address)
    assert not response.cookies
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("address", ["/", "/karte/", "/traeger/", "/impressum/", "/stil/", "/nix/"])
def test_the_policy_allows_nothing_inline(client, address, settings):
    settings.DEMO = True
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
