"""The public list: what it shows to whom, and what can be asked of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from migrantenorgs.models import MigrantOrganisation, Visibility
from tests.factories import CarrierFactory, MigrantOrganisationFactory, NoticeFactory, UserFactory, municipality
from vielfalt.listings.models import State
from vielfalt.notices.models import Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

PAGE = "/sucht-bietet/"
FEED = "/sucht-bietet/neues.atom"


def titles(client, **question):
    return [notice.title for notice in client.get(PAGE, question).context["page"]]


@pytest.fixture
def notices():
    kassel = MigrantOrganisationFactory(name="Verein Kassel", municipality=municipality("Kassel"))
    NoticeFactory(title="Raum in Offenbach", ends_on=timezone.localdate() + timedelta(days=9))
    NoticeFactory(
        organisation=kassel,
        direction="bietet",
        subject=Subject.objects.get(slug="wissen"),
        title="Beratung in Kassel",
        text="Satzung und Gemeinnützigkeit",
        ends_on=timezone.localdate() + timedelta(days=2),
    )


@pytest.mark.usefixtures("notices")
@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({}, ["Beratung in Kassel", "Raum in Offenbach"]),
        ({"ort": "63065"}, ["Raum in Offenbach", "Beratung in Kassel"]),
        ({"ort": "63065", "umkreis": "20"}, ["Raum in Offenbach"]),
        ({"art": "bietet"}, ["Beratung in Kassel"]),
        ({"thema": ["raeume", "wissen"]}, ["Beratung in Kassel", "Raum in Offenbach"]),
        ({"thema": "raeume", "art": "bietet"}, []),
        ({"q": "gemeinnützig"}, ["Beratung in Kassel"]),
        ({"q": "Satsung"}, []),
        ({"q": "Beratng"}, ["Beratung in Kassel"]),
    ],
)
def test_questions(client, question, found):
    assert titles(client, **question) == found


@pytest.mark.usefixtures("notices")
def test_wrong_values_are_named_and_never_empty_the_page(client):
    response = client.get(PAGE, {"art": "tauscht", "umkreis": "7", "ort": "Atlantis", "seite": "x"})
    assert response.status_code == 200
    for sentence in ("„tauscht“ gibt es hier nicht", "„7“ zählt nicht", "Diesen Ort finden wir in Hessen nicht"):
        assert sentence in response.text
    assert len(response.context["page"]) == 2


@pytest.mark.usefixtures("notices")
def test_counts(client):
    facets = {facet["name"]: facet["options"] for facet in client.get(PAGE).context["search"].facets}
    assert [(option.value, option.count) for option in facets["art"]] == [("sucht", 1), ("bietet", 1)]
    assert [(option.value, option.count) for option in facets["thema"]] == [("raeume", 1), ("wissen", 1)]


def test_an_empty_list_offers_the_next_step(client):
    assert "Selbst eine Anzeige aufgeben" in client.get(PAGE).text
    assert "Alle Filter entfernen" in client.get(PAGE, {"art": "sucht"}).text


@pytest.mark.parametrize("visibility", Visibility)
def test_a_notice_is_seen_by_those_who_may_see_its_organisation(client, alice, visibility):
    NoticeFactory(organisation=MigrantOrganisationFactory(visibility=visibility), title="Raum")
    stranger = Client()
    stranger.force_login(UserFactory())
    public = visibility != Visibility.NETWORK
    assert titles(client) == titles(stranger) == (["Raum"] if public else [])
    assert titles(alice) == ["Raum"]
    # Feeds are passed on, so they never depend on who asks.
    assert ("Raum" in client.get(FEED).text) is ("Raum" in alice.get(FEED).text) is public


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_notices_of_unpublished_organisations_are_seen_by_nobody(client, alice, state):
    organisation = MigrantOrganisationFactory(state=state)
    NoticeFactory(organisation=organisation)
    NoticeFactory(organisation=CarrierFactory(state=state))
    assert titles(client) == titles(alice) == []


def test_withheld_notices_are_seen_by_nobody(client, alice, carrier):
    NoticeFactory(organisation=carrier, withheld_because="Werbung")
    assert titles(client) == titles(alice) == []
    assert "Werbung" not in client.get(FEED).text


def test_notices_go_with_their_organisation(client):
    NoticeFactory(organisation=MigrantOrganisationFactory())
    MigrantOrganisation.objects.all().delete()
    assert titles(client) == []


def test_readers_get_no_cookie(client):
    NoticeFactory()
    assert not client.get(PAGE).cookies
    assert not client.get(FEED).cookies


def test_the_feed(client):
    notice = NoticeFactory(title="Raum & Saal", text="<b>Samstags</b>")
    text = client.get(FEED).text
    assert "Träger" in text
    assert "sucht: Raum &amp; Saal" in text
    assert "&lt;b&gt;Samstags&lt;/b&gt;" in text
    assert f"#anzeige-{notice.pk}" in text
