"""An entry that nobody confirms is muted after 12 months and leaves every surface after 18."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from lotsen.models import Carrier, Programme
from tests.factories import CarrierFactory, ProgrammeFactory, UserFactory, curator
from vielfalt.listings.models import FormerSlug, State
from vielfalt.listings.publishing import confirm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAST_FRESH = date(2025, 11, 22)
LAST_SHOWN = date(2025, 5, 23)
DAY = timedelta(days=1)
OLD = "Vielleicht nicht mehr aktuell"
HIDDEN_NAME = "Geheimverein"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def make(confirmed_on, name=HIDDEN_NAME, **programme):
    carrier = CarrierFactory(name=name, confirmed_on=confirmed_on, phone="069 4711", description="Alte Worte")
    ProgrammeFactory(
        carrier=carrier,
        title=f"Programm {name}",
        confirmed_on=programme.pop("on", confirmed_on),
        languages=["tir"],
        covers=["Offenbach am Main"],
        fields=["wohnen"],
    )
    return carrier


@pytest.mark.parametrize(
    ("confirmed_on", "fresh", "hidden"),
    [
        (date(2026, 11, 22), True, False),
        (LAST_FRESH, True, False),
        (LAST_FRESH - DAY, False, False),
        (LAST_SHOWN, False, False),
        (LAST_SHOWN - DAY, False, True),
    ],
)
def test_the_limits_to_the_day(client, confirmed_on, fresh, hidden):
    carrier = make(confirmed_on)
    assert (carrier.is_fresh, carrier.is_hidden) == (fresh, hidden)
    assert list(Carrier.objects.published()) == ([] if hidden else [carrier])
    assert list(Carrier.objects.hidden()) == ([carrier] if hidden else [])
    assert Programme.objects.published().count() == (0 if hidden else 1)
    assert client.get(carrier.get_absolute_url()).status_code == (410 if hidden else 200)


def test_the_limits_are_settings(settings):
    carrier = make(LAST_SHOWN)
    settings.FRESH_MONTHS, settings.HIDDEN_MONTHS = 24, 36
    assert carrier.is_fresh
    settings.FRESH_MONTHS, settings.HIDDEN_MONTHS = 1, 2
    assert carrier.is_hidden
    assert not Carrier.objects.published().exists()


def test_what_was_never_confirmed_counts_from_the_day_it_was_made():
    carrier = make(None)
    assert (carrier.is_fresh, carrier.is_hidden) == (False, False)
    assert list(Carrier.objects.published()) == [carrier]
    for model in (Carrier, Programme):
        model.objects.update(created_at=TODAY - timedelta(days=600))
    carrier.refresh_from_db()
    assert carrier.is_hidden
    assert list(Carrier.objects.hidden()) == [carrier]
    assert not Programme.objects.published().exists()


@pytest.mark.parametrize("address", ["/karte/", "/traeger/", "/traeger/geheimverein/"])
def test_every_entry_says_when_it_was_confirmed_and_whether_that_is_long_ago(client, address):
    carrier = make(date(2026, 11, 1))
    text = client.get(address).text
    assert "bestätigt am 1. November 2026" in text
    assert OLD not in text
    for entries in (Carrier.objects, Programme.objects):
        entries.update(confirmed_on=date(2025, 11, 1))
    text = client.get(address).text
    assert "bestätigt am 1. November 2025" in text
    assert OLD in text
    assert carrier.name in text


SURFACES = [
    "/",
    "/karte/",
    "/karte/?ort=63065",
    "/karte/?sprache=tir",
    "/karte/?q=Geheimverein",
    "/karte/daten.geojson",
    "/karte/daten.geojson?q=Geheimverein",
    "/traeger/",
    "/traeger/?kreis=06413",
    "/sitemap.xml",
    "/orte/?q=Offenbach",
]


@pytest.mark.parametrize("address", SURFACES)
def test_a_hidden_entry_leaves_no_trace_on_any_surface(client, address):
    before = client.get(address).content
    make(LAST_SHOWN - DAY)
    # What differs without anything being wrong is the token of forms only, and these pages have none.
    assert client.get(address).content == before


def test_the_map_says_nothing_of_a_hidden_entry(client):
    (programme,) = make(LAST_SHOWN - DAY).programmes.all()
    assert client.get("/karte/eintraege.geojson", {"id": programme.pk}).json()["features"] == []
    programme.carrier.programmes.update(confirmed_on=LAST_SHOWN)
    type(programme.carrier).objects.update(confirmed_on=LAST_SHOWN)
    assert len(client.get("/karte/eintraege.geojson", {"id": programme.pk}).json()["features"]) == 1


@pytest.mark.parametrize("address", SURFACES)
def test_a_hidden_programme_of_a_current_carrier_leaves_no_trace(client, address):
    carrier = make(date(2026, 11, 1), name="Sichtbar")
    Programme.objects.all().delete()
    before = client.get(address).content
    ProgrammeFactory(
        carrier=carrier, title=HIDDEN_NAME, confirmed_on=LAST_SHOWN - DAY, languages=["tir"], fields=["wohnen"]
    )
    assert client.get(address).content == before
    assert HIDDEN_NAME not in client.get(carrier.get_absolute_url()).text


def test_its_address_explains_why_and_whom_to_ask(client, django_assert_num_queries):
    carrier = make(LAST_SHOWN - DAY)
    FormerSlug.objects.create(kind="lotsen.carrier", slug="frueher", object_id=carrier.pk)
    with django_assert_num_queries(6):
        response = client.get(carrier.get_absolute_url())
    assert response.status_code == 410
    assert "Ansprechstelle für WIR-Lots*innen" in response.text
    assert "Niemand hat in letzter Zeit bestätigt" in response.text
    assert "Zuletzt bestätigt am 22. Mai 2025." in response.text
    assert "WIR-Vielfaltszentrum" in response.text
    assert "noindex" in response.text
    for leak in ("069 4711", "Alte Worte", "lotsen@example.org", f"Programm {HIDDEN_NAME}"):
        assert leak not in response.text
    assert client.get("/traeger/frueher/").url == carrier.get_absolute_url()


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.DORMANT, State.ARCHIVED])
def test_only_published_entries_explain_themselves(client, state):
    carrier = make(LAST_SHOWN - DAY)
    Carrier.objects.update(state=state)
    response = client.get(carrier.get_absolute_url())
    assert response.status_code == 404
    assert HIDDEN_NAME not in response.text


def test_staff_still_see_it_as_a_preview(client):
    carrier = make(LAST_SHOWN - DAY)
    client.force_login(curator())
    response = client.get(carrier.get_absolute_url())
    assert response.status_code == 200
    assert "Vorschau" in response.text


def test_confirming_a_carrier_confirms_its_published_programmes_and_brings_it_back(client):
    carrier = make(LAST_SHOWN - DAY)
    dormant = ProgrammeFactory(carrier=carrier, state=State.DORMANT, confirmed_on=LAST_SHOWN)
    other = make(LAST_FRESH, name="Anderer")
    assert confirm(entries=[carrier], by=None) == 1
    assert client.get(carrier.get_absolute_url()).status_code == 200
    assert Programme.objects.published().filter(carrier=carrier, confirmed_on=TODAY.date()).count() == 1
    dormant.refresh_from_db()
    other.refresh_from_db()
    assert (dormant.confirmed_on, other.confirmed_on) == (LAST_SHOWN, LAST_FRESH)


def test_the_footer_tells_the_share_of_current_entries(client):
    assert "der Einträge sind aktuell" not in client.get("/impressum/").text
    for number, day in enumerate([TODAY.date(), LAST_FRESH, LAST_FRESH - DAY, LAST_SHOWN - DAY]):
        make(day, name=f"Verein {number}")
    assert "67 % der Einträge sind aktuell." in client.get("/impressum/").text
    assert "67 % der Einträge sind aktuell." in client.get("/gibt-es-nicht/").text


@pytest.mark.parametrize("number", [1, 3])
def test_the_footer_costs_two_queries(client, django_assert_num_queries, number):
    for one in range(number):
        make(TODAY.date(), name=f"Verein {one}")
    # One for the page, one for the share, one for who runs the portal.
    with django_assert_num_queries(3):
        client.get("/datenschutz/")


def test_the_desk_tells_the_share_and_what_is_hidden(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    for number, day in enumerate([TODAY.date(), LAST_FRESH - DAY, LAST_SHOWN - DAY, LAST_SHOWN - DAY]):
        make(day, name=f"Verein {number}")
    panel = next(one for one in client.get(reverse("admin:index")).context["panels"] if one.slug == "stale")
    assert panel.hint == "25 % der Träger sind aktuell."
    figure = panel.figures[-1]
    assert figure.number == 2
    assert client.get(figure.url).context["cl"].result_count == 2
