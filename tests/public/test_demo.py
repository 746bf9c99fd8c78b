"""The demo data: the public list of carriers, read through the portal's own import."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings

from leitfaden.rounds.models import Decision, Outcome, Participant, Phase, Position, Proposal, ProposalState, Round
from leitfaden.rounds.voting import disputed_in
from lotsen.models import Accessibility, Carrier, Programme
from lotsen.spreadsheets.carriers import CARRIERS
from migrantenorgs.models import MigrantOrganisation, Visibility
from migrantenorgs.rules import incomplete_organisations
from tests.databases import rolled_back
from vielfalt.accounts.models import User
from vielfalt.listings.spreadsheets.checking import check
from vielfalt.listings.spreadsheets.reading import read_rows
from vielfalt.mail.models import Delivery
from vielfalt.places.models import DiversityCentre
from vielfalt.public.management.commands.load_demo import PUBLIC_LIST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, reference_data):
    """The demo data, loaded once for all these tests, and what the command said; each test rolls back its own."""
    said = StringIO()
    with rolled_back(django_db_blocker), override_settings(DEMO=True):
        call_command("load_demo", verbosity=0, stdout=said)
        yield said.getvalue()


@pytest.fixture
def demo(loaded, settings):
    settings.DEMO = True
    return loaded


def state():
    kinds = (Carrier, Programme, MigrantOrganisation, Proposal, Position)
    return [list(model.objects.order_by("pk").values_list("pk", "updated_at")) for model in kinds]


def test_real_carriers_and_centres(demo):
    assert (Carrier.objects.published().count(), Programme.objects.published().count()) == (12, 13)
    assert DiversityCentre.objects.count() == 33


def test_loading_again_changes_nothing(demo):
    before = state()
    call_command("load_demo", verbosity=0)
    assert state() == before


def test_nobody_gets_a_mail(demo):
    assert not Delivery.objects.exists()


def test_log_ins_are_told_and_work(demo, client):
    assert "redaktion@example.org, demo" in demo
    assert client.login(username="redaktion@example.org", password="demo")


def test_staff_of_a_strand_see_their_desk(demo, client):
    assert "Redaktion WIR-Lots*innen: redaktion-lotsen@example.org, demo" in demo
    assert client.login(username="redaktion-lotsen@example.org", password="demo")
    desk = client.get("/verwaltung/")
    assert [panel.slug for panel in desk.context["panels"]][:2] == ["requests", "waiting"]
    assert [app["app_label"] for app in desk.context["app_list"]] == ["lotsen", "listings", "places", "notices"]


def test_a_carriers_manager_can_log_in(demo, client):
    assert "rodgau@example.org, demo" in demo
    response = client.post("/konto/anmelden/", {"login": "rodgau@example.org", "password": "demo"})
    assert response.url == "/mein/"
    assert "Caritasverband Offenbach" in client.get("/mein/").text


def test_migrant_organisations_of_every_kind(demo):
    organisations = MigrantOrganisation.objects.all()
    assert organisations.count() == 10
    assert set(organisations.values_list("visibility", flat=True)) == set(Visibility)
    assert organisations.published().count() == 9
    assert not organisations.filter(incomplete_organisations()).exists()
    assert organisations.filter(contact_consent_on=None).count() == 3
    for one in organisations:
        one.full_clean()


def test_a_migrant_organisations_manager_can_log_in(demo, client):
    assert "Koordination Migrantenorganisation Beispielstadt: kulturverein@example.org, demo" in demo
    assert client.login(username="kulturverein@example.org", password="demo")
    assert client.get("/mein/").status_code == 200


def test_contacts_are_made_up_and_lead_nowhere(demo):
    for organisation in (*Carrier.objects.all(), *MigrantOrganisation.objects.all()):
        assert organisation.email.endswith("@example.org")
        assert organisation.phone.startswith("069 90009-")


def test_not_every_programme_speaks_arabic(demo):
    speaking = Programme.objects.filter(languages="ara")
    assert speaking.count() == Programme.objects.count() - 3
    assert speaking.filter(title="Wir im Quartier Rodgau").exists()


def test_nothing_is_claimed_about_the_places_of_real_carriers(demo):
    assert not Accessibility.objects.exists()


def test_the_list_is_read_without_a_warning(demo):
    assert check(CARRIERS, read_rows(PUBLIC_LIST.read_bytes()), publish=True).warnings == []


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


def test_a_concluded_round_and_one_with_proposals_in_every_state(demo):
    first, round_ = Round.objects.order_by("number")
    assert (first.phase, round_.phase) == (Phase.CONCLUDED, Phase.DISCUSS)
    assert round_.base == first.result
    decided = Decision.objects.filter(change__version__proposal__round=first)
    assert set(decided.values_list("outcome", flat=True)) == {Outcome.ADOPTED, Outcome.DECLINED}
    proposals = Proposal.objects.filter(round=round_)
    ends = {ProposalState.WITHDRAWN, ProposalState.DECIDED, ProposalState.CARRIED}
    assert set(proposals.values_list("state", flat=True)) == set(ProposalState) - ends
    assert proposals.filter(is_editorial=True).exists()
    assert [len(rivals) for rivals in disputed_in(round_).values()] == [2]
    assert Position.objects.counted().filter(participant__round=round_).count() == 16
    led = Participant.objects.led_by(User.objects.get(email="rodgau@example.org"))
    assert Position.objects.filter(participant__in=led, is_confirmed=False).count() == 1
