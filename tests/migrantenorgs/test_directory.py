"""/migrantenorganisationen/: who finds which organisation by which question."""

import datetime

import pytest
from django.utils import timezone

from migrantenorgs.models import MigrantOrganisation, Visibility
from tests.factories import MigrantOrganisationFactory, NoticeFactory, municipality
from tests.points import points_of
from vielfalt.listings.models import State
from vielfalt.notices.models import Direction, Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

PAGE = "/migrantenorganisationen/"


def names(response):
    return [organisation.name for organisation in response.context["page"]]


def counts(response, facet):
    found = next(one for one in response.context["search"].facets if one["name"] == facet)
    return {option.value: option.count for option in found["options"]}


@pytest.fixture
def three():
    """Organisations that differ in everything one can ask for."""
    MigrantOrganisationFactory(
        name="Brücke",
        own_name="جسر الثقافة",
        own_name_language_id="ara",
        transliteration="Jisr ath-Thaqafa",
        reach="kommune",
        fields=["bildung", "sport"],
        groups=["frauen"],
        spoken=["ara", "fra"],
    )
    MigrantOrganisationFactory(
        name="Anker",
        reach="hessen",
        municipality=municipality("Kassel"),
        fields=["sport"],
        groups=["frauen", "aeltere"],
        spoken=["tur"],
    )
    MigrantOrganisationFactory(name="Chor", municipality=municipality("Hanau"), fields=["kultur-begegnung"])


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({}, ["Anker", "Brücke", "Chor"]),
        ({"handlungsfeld": "sport"}, ["Anker", "Brücke"]),
        ({"handlungsfeld": ["bildung", "kultur-begegnung"]}, ["Brücke", "Chor"]),
        ({"handlungsfeld": "sport", "sprache": "tur"}, ["Anker"]),
        ({"zielgruppe": "aeltere"}, ["Anker"]),
        ({"sprache": "fra"}, ["Brücke"]),
        ({"reichweite": "hessen"}, ["Anker"]),
        ({"ort": "63065"}, ["Brücke", "Chor", "Anker"]),
        ({"ort": "63065", "umkreis": "20"}, ["Brücke", "Chor"]),
        ({"q": "جسر"}, ["Brücke"]),
        ({"q": "thaqafa"}, ["Brücke"]),
        ({"q": "Türkisch"}, ["Anker"]),
        ({"q": "Musik"}, ["Chor"]),
        ({"q": "Hanau"}, ["Chor"]),
    ],
)
@pytest.mark.usefixtures("three")
def test_what_one_can_ask(client, question, found):
    assert names(client.get(PAGE, question)) == found
    points = points_of(client.get(f"{PAGE}daten.geojson", question))
    details = client.get(f"{PAGE}eintraege.geojson", {"id": list(points)}).json()["features"]
    assert sorted(detail["properties"]["title"] for detail in details) == sorted(found)


@pytest.mark.usefixtures("three")
def test_options_say_how_many_they_show(client):
    response = client.get(PAGE, {"zielgruppe": "frauen"})
    assert counts(response, "handlungsfeld") == {"bildung": 1, "sport": 2}
    assert counts(response, "reichweite") == {"kommune": 1, "hessen": 1}
    assert counts(response, "zielgruppe") == {"frauen": 2, "aeltere": 1}
    assert counts(response, "sprache") == {"ara": 1, "fra": 1, "tur": 1}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"sprache": "klingonisch"}, "„klingonisch“ gibt es hier nicht und zählt deshalb nicht."),
        ({"reichweite": "mond"}, "„mond“ gibt es hier nicht und zählt deshalb nicht."),
        ({"sucht": "gold"}, "„gold“ gibt es hier nicht und zählt deshalb nicht."),
        ({"umkreis": "20"}, "Für einen Umkreis brauchen wir auch einen Ort."),
        ({"ort": "\x00"}, "Diesen Ort"),
        ({"handlungsfeld": "\x00"}, "keine gültige Auswahl"),
    ],
)
@pytest.mark.usefixtures("three")
def test_wrong_values_are_named_and_change_nothing(client, question, said):
    response = client.get(PAGE, question)
    assert response.status_code == 200
    if question.get("ort") != "\x00":
        assert said in response.text
    assert len(names(response)) == 3
    assert len(points_of(client.get(f"{PAGE}daten.geojson", question))) == 3


class TestSeeksAndOffers:
    @pytest.fixture
    def notice(self):
        """Make a notice of a new organisation; keywords differ from one for a room that runs until today."""

        def make(name, **fields):
            organisation = MigrantOrganisationFactory(name=name)
            return NoticeFactory(**{"organisation": organisation, "ends_on": timezone.localdate(), **fields})

        return make

    def test_running_notices_of_that_direction_only(self, client, notice):
        knowledge = Subject.objects.get(slug="wissen")
        notice("sucht Raum")
        notice("bietet Raum", direction=Direction.OFFERS)
        notice("sucht Wissen", subject=knowledge)
        notice("vorbei", ends_on=timezone.localdate() - datetime.timedelta(days=1))
        notice("zurückgehalten", withheld_because="Werbung")
        assert names(client.get(PAGE, {"sucht": "raeume"})) == ["sucht Raum"]
        assert names(client.get(PAGE, {"bietet": "raeume"})) == ["bietet Raum"]
        assert names(client.get(PAGE, {"sucht": ["raeume", "wissen"]})) == ["sucht Raum", "sucht Wissen"]
        assert names(client.get(PAGE, {"sucht": "raeume", "bietet": "raeume"})) == []
        response = client.get(PAGE)
        assert counts(response, "sucht") == {"raeume": 1, "wissen": 1}
        assert counts(response, "bietet") == {"raeume": 1}

    def test_an_organisation_with_several_counts_once(self, client, notice):
        first = notice("viele")
        NoticeFactory(organisation=first.organisation)
        NoticeFactory(organisation=first.organisation, direction=Direction.OFFERS)
        response = client.get(PAGE, {"sucht": "raeume"})
        assert names(response) == ["viele"]
        assert response.context["search"].total == 1
        assert counts(response, "sucht") == {"raeume": 1}

    def test_the_same_number_of_an_entry_of_another_kind_is_no_match(self, client):
        organisation = MigrantOrganisationFactory()
        other = NoticeFactory()
        type(other).objects.update(object_id=organisation.pk)
        assert names(client.get(PAGE, {"sucht": "raeume"})) == []
        assert counts(client.get(PAGE), "sucht") == {}


class TestForTheNetworkOnly:
    @pytest.fixture(autouse=True)
    def organisations(self):
        MigrantOrganisationFactory(name="Offen", fields=["sport"])
        hidden = MigrantOrganisationFactory(
            name="Verborgen", visibility=Visibility.NETWORK, fields=["sport"], spoken=["tir"]
        )
        NoticeFactory(organisation=hidden)

    @pytest.mark.parametrize(("who", "number"), [("visitor", 1), ("stranger", 1), ("bob", 2), ("alice", 2)])
    def test_lists_counts_options_and_points(self, client, readers, who, number):
        if who != "visitor":
            client.force_login(getattr(readers, who))
        response = client.get(PAGE)
        assert len(names(response)) == response.context["search"].total == number
        assert counts(response, "handlungsfeld") == {"sport": number}
        assert ("tir" in counts(response, "sprache")) is (number == 2)
        assert ("raeume" in counts(response, "sucht")) is (number == 2)
        assert ("Verborgen" in response.text) is (number == 2)
        assert ("Nur Netzwerk" in response.text) is (number == 2)
        points = points_of(client.get(f"{PAGE}daten.geojson"))
        details = client.get(f"{PAGE}eintraege.geojson", {"id": [one.pk for one in MigrantOrganisation.objects.all()]})
        assert len(points) == len(details.json()["features"]) == number
        assert ("Verborgen" in details.text) is (number == 2)

    def test_no_answer_is_kept_for_somebody_else(self, client, readers):
        client.force_login(readers.bob)
        for address in (PAGE, f"{PAGE}daten.geojson", f"{PAGE}eintraege.geojson"):
            assert "Cookie" in client.get(address).headers["Vary"]


def test_visitors_get_no_cookies(client):
    for address in (
        PAGE,
        f"{PAGE}daten.geojson",
        f"{PAGE}eintraege.geojson",
        MigrantOrganisationFactory().get_absolute_url(),
    ):
        client.get(address)
    assert not client.cookies


def test_only_what_is_current(client):
    for state in State:
        MigrantOrganisationFactory(name=state, state=state)
    MigrantOrganisationFactory(name="alt", confirmed_on=datetime.date(2020, 1, 1))
    assert names(client.get(PAGE)) == [State.PUBLISHED]


def test_nothing_found_leads_on(client):
    text = client.get(PAGE, {"q": "Unauffindbar"}).text
    assert "Dazu haben wir keine Organisation gefunden." in text
    assert "Alle Filter entfernen" in text
    assert 'href="/sucht-bietet/"' in text


def test_pages_keep_the_question(client):
    MigrantOrganisationFactory.create_batch(21, fields=["sport"])
    text = client.get(PAGE, {"handlungsfeld": "sport"}).text
    assert "?handlungsfeld=sport&amp;seite=2" in text
    assert len(names(client.get(PAGE, {"handlungsfeld": "sport", "seite": "2"}))) == 1


def test_cards_show_the_contact_only_with_consent(client):
    without = MigrantOrganisationFactory(name="Ohne")
    assert "069 90009-002" not in client.get(PAGE).text
    assert "069 90009-002" not in client.get(f"{PAGE}eintraege.geojson", {"id": without.pk}).text
    with_consent = MigrantOrganisationFactory(name="Mit", consented=True)
    assert client.get(PAGE).text.count("tel:+496990009002") == 1
    details = client.get(f"{PAGE}eintraege.geojson", {"id": [without.pk, with_consent.pk]}).text
    assert details.count("069 90009-002") == 1


def test_names_in_their_own_script(client):
    MigrantOrganisationFactory(own_name="نادي", own_name_language_id="ara", transliteration="Nadi")
    assert '<bdi lang="ar" dir="rtl">نادي</bdi>' in client.get(PAGE).text
