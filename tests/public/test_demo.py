"""The demo data: the public list of carriers, read through the portal's own import."""

import pytest
from django.core.management import CommandError, call_command

from lotsen.models import Accessibility, Carrier, Programme
from lotsen.spreadsheets.checking import check
from lotsen.spreadsheets.reading import read_rows
from vielfalt.accounts.models import User
from vielfalt.places.models import DiversityCentre
from vielfalt.public.management.commands.load_demo import CARRIERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def demo(settings, capsys):
    settings.DEMO = True
    call_command("load_demo", verbosity=0)
    return capsys


def state():
    return [list(model.objects.order_by("pk").values_list("pk", "updated_at")) for model in (Carrier, Programme)]


def test_real_carriers_and_centres(demo):
    assert (Carrier.objects.published().count(), Programme.objects.published().count()) == (12, 13)
    assert DiversityCentre.objects.count() == 33


def test_loading_again_changes_nothing(demo):
    before = state()
    call_command("load_demo", verbosity=0)
    assert state() == before


def test_never_in_a_real_portal(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")
    assert not Carrier.objects.exists()
    assert not User.objects.exists()


def test_log_ins_are_told_and_work(demo, client):
    assert "redaktion@example.org, demo" in demo.readouterr().out
    assert client.login(username="redaktion@example.org", password="demo")


def test_a_carriers_manager_can_log_in(demo, client):
    assert "rodgau@example.org, demo" in demo.readouterr().out
    response = client.post("/konto/anmelden/", {"login": "rodgau@example.org", "password": "demo"})
    assert response.url == "/mein/"
    assert "Caritasverband Offenbach" in client.get("/mein/").text


def test_contacts_are_made_up_and_lead_nowhere(demo):
    for carrier in Carrier.objects.all():
        assert carrier.email.endswith("@example.org")
        assert carrier.phone.startswith("069 90009-")


def test_not_every_programme_speaks_arabic(demo):
    speaking = Programme.objects.filter(languages="ara")
    assert speaking.count() == Programme.objects.count() - 3
    assert speaking.filter(title="Wir im Quartier Rodgau").exists()


def test_nothing_is_claimed_about_the_places_of_real_carriers(demo):
    assert not Accessibility.objects.exists()


def test_the_list_is_read_without_a_warning(demo):
    assert check(read_rows(CARRIERS.read_bytes()), publish=True).warnings == []


@pytest.mark.parametrize(
    ("ort", "responsible", "centre"),
    [
        ("63065", ["Integrationslotsen Offenbach"], None),
        ("36037", [], "WIR-Vielfaltszentrum Stadt Fulda"),
        ("34117", [], "WIR-Vielfaltszentrum Stadt Kassel"),
        ("34233", ["Integrationslotsen Landkreis Kassel"], None),
        ("63500", ["Wir im Quartier Seligenstadt/Mainhausen"], None),
        ("35576", ["Integrationslotsen Wetzlar"], None),
        ("64711", ["Integrationslotsen Odenwaldkreis"], None),
        ("60311", [], "WIR-Vielfaltszentrum Stadt Frankfurt am Main"),
    ],
)
def test_sensible_answers(demo, client, ort, responsible, centre):
    answer = client.get("/karte/", {"ort": ort, "sprache": "ara"}).context["answer"]
    assert [programme.title for programme in answer.get("responsible", [])] == responsible
    assert (answer["centre"].name if "centre" in answer else None) == centre
