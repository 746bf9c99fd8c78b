"""Who finds which organisation, and how much of its place."""

import datetime
import json

import pytest
from django.core.exceptions import FieldFetchBlocked
from django.db import connection
from django.db.models import F
from django.db.models.functions import JSONObject
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from lotsen.models import Carrier, CarrierMembership
from migrantenorgs.models import (
    MigrantOrganisation,
    MigrantOrganisationInternal,
    MigrantOrganisationPicture,
    Visibility,
)
from tests.factories import (
    MigrantOrganisationFactory,
    MigrantOrganisationInternalFactory,
    MigrantOrganisationMembershipFactory,
    UserFactory,
    curator,
    municipality,
)
from tests.points import points_of
from vielfalt.listings import structured_data
from vielfalt.listings.geojson import details, points
from vielfalt.listings.models import State
from vielfalt.listings.permissions import in_network

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

OWN_POINT = {"latitude": 50.123456, "longitude": 8.654321}
STREET = "Geheimgasse 17"


def names(organisations):
    return {organisation.name for organisation in organisations}


@pytest.fixture
def everything():
    """One organisation for each visibility and state, and one for each visibility that nobody confirmed for years."""
    for visibility in Visibility:
        for state in State:
            MigrantOrganisationFactory(name=f"{visibility} {state}", visibility=visibility, state=state)
        MigrantOrganisationFactory(
            name=f"{visibility} alt", visibility=visibility, confirmed_on=datetime.date(2020, 1, 1)
        )


@pytest.mark.usefixtures("everything")
class TestWhoSeesWhat:
    PUBLIC = frozenset({"oeffentlich veroeffentlicht", "ohne-adresse veroeffentlicht"})
    NETWORK = PUBLIC | {"nur-netzwerk veroeffentlicht"}

    def test_visitors_and_strangers(self, readers):
        organisations = MigrantOrganisation.objects.all()
        assert names(organisations.published()) == self.PUBLIC
        for user in (readers.visitor, readers.stranger):
            assert names(organisations.listed_for(user)) == names(organisations.visible_to(user)) == self.PUBLIC

    def test_the_people_of_any_organisation(self, readers):
        member = MigrantOrganisationMembershipFactory(organisation__name="eigene", organisation__state=State.DRAFT).user
        organisations = MigrantOrganisation.objects.all()
        assert names(organisations.listed_for(readers.bob)) == self.NETWORK
        assert names(organisations.visible_to(readers.bob)) == self.NETWORK
        assert names(organisations.listed_for(member)) == self.NETWORK
        assert names(organisations.visible_to(member)) == self.NETWORK | {"eigene"}

    def test_staff_find_the_same_and_those_of_the_strand_preview_everything(self, readers):
        organisations = MigrantOrganisation.objects.all()
        own = curator("Redaktion Migrantenorganisationen")
        for user in (readers.alice, curator(), own):
            assert names(organisations.listed_for(user)) == self.NETWORK
        for user in (readers.alice, curator()):
            assert names(organisations.visible_to(user)) == self.NETWORK
        assert organisations.visible_to(own).count() == 18

    @pytest.mark.parametrize("who", ["bob", "alice"])
    def test_the_blocked_see_what_visitors_see(self, readers, who):
        user = getattr(readers, who)
        user.is_active = False
        user.save()
        organisations = MigrantOrganisation.objects.all()
        assert names(organisations.listed_for(user)) == names(organisations.visible_to(user)) == self.PUBLIC

    def test_leaving_an_organisation_is_leaving_the_network(self, readers):
        CarrierMembership.objects.all().delete()
        assert names(MigrantOrganisation.objects.listed_for(readers.bob)) == self.PUBLIC

    def test_an_archived_organisation_is_none(self, readers):
        Carrier.objects.update(state=State.ARCHIVED)
        assert names(MigrantOrganisation.objects.listed_for(readers.bob)) == self.PUBLIC

    def test_the_team_of_an_archived_network_organisation_still_sees_its_own(self):
        organisation = MigrantOrganisation.objects.get(name="nur-netzwerk archiviert")
        member = MigrantOrganisationMembershipFactory(organisation=organisation).user
        assert names(MigrantOrganisation.objects.visible_to(member)) == self.PUBLIC | {organisation.name}

    def test_counts_search_and_districts_know_no_more(self, readers):
        for user, number in ((readers.visitor, 2), (readers.bob, 3)):
            seen = MigrantOrganisation.objects.listed_for(user)
            assert seen.counted(datetime.date(2020, 1, 1))["all"] == number
            assert sum(district.number for district in seen.by_district()) == number
            assert seen.search("netzwerk").count() == number - 2

    def test_one_query_whoever_asks(self, readers, django_assert_num_queries):
        for user in vars(readers).values():
            with django_assert_num_queries(1):
                list(MigrantOrganisation.objects.listed_for(user))

    def test_permissions_of_staff_take_two_more_queries_once(self, readers, django_assert_num_queries):
        for name, user in vars(readers).items():
            for queries in (3 if name == "alice" else 1, 1):
                with django_assert_num_queries(queries):
                    list(MigrantOrganisation.objects.visible_to(user))


def test_in_the_network(readers, django_assert_num_queries):
    for user, belongs, queries in (
        (readers.visitor, False, 0),
        (readers.stranger, False, 1),
        (readers.bob, True, 1),
        (readers.alice, True, 0),
        (UserFactory(is_staff=True, is_active=False), False, 0),
    ):
        with django_assert_num_queries(queries):
            assert in_network(user) is belongs


@pytest.mark.parametrize(
    ("visibility", "seen_by"), [("oeffentlich", "vsb"), ("ohne-adresse", "vsb"), ("nur-netzwerk", "b")]
)
def test_pictures_follow_their_organisation(readers, visibility, seen_by):
    organisation = MigrantOrganisationFactory(visibility=visibility)
    MigrantOrganisationPicture.objects.create(
        organisation=organisation, slot=0, file="bilder/x.webp", small="bilder/y.webp", width=1, height=1
    )
    pictures = MigrantOrganisationPicture.objects
    assert pictures.of_public().exists() is ("v" in seen_by)
    assert pictures.of_visible_to(readers.visitor).exists() is ("v" in seen_by)
    assert pictures.of_visible_to(readers.stranger).exists() is ("s" in seen_by)
    assert pictures.of_visible_to(readers.bob).exists() is ("b" in seen_by)


def test_a_new_entry_does_not_show_its_address():
    assert MigrantOrganisation().visibility == Visibility.PLACE_ONLY
    assert not MigrantOrganisation().has_consented


@pytest.fixture
def placed():
    """One organisation for each visibility, all at the same true point."""
    return [
        MigrantOrganisationFactory(
            name=visibility, visibility=visibility, street=STREET, postal_code_id="63065", consented=True, **OWN_POINT
        )
        for visibility in Visibility
    ]


@pytest.mark.usefixtures("placed")
class TestPlace:
    HERE = (50.1, 8.7)

    @pytest.mark.parametrize("queryset", ["for_readers", "for_cards", "for_detail"])
    def test_the_true_point_never_leaves_the_database(self, queryset):
        town = municipality("Offenbach am Main")
        found = getattr(MigrantOrganisation.objects.filter(visibility=Visibility.PLACE_ONLY), queryset)().with_point()
        with CaptureQueriesContext(connection):
            organisation = found.get()
        assert (organisation.point_latitude, organisation.point_longitude) == (town.latitude, town.longitude)
        with connection.cursor() as cursor:
            cursor.execute(*found.query.sql_with_params())
            rows = str(cursor.fetchall())
        for secret in (*map(str, OWN_POINT.values()), STREET, "63065"):
            assert secret not in rows

    def test_the_test_would_notice(self):
        found = MigrantOrganisation.objects.filter(visibility=Visibility.PLACE_ONLY)
        with connection.cursor() as cursor:
            cursor.execute(*found.query.sql_with_params())
            rows = str(cursor.fetchall())
        assert str(OWN_POINT["latitude"]) in rows
        assert STREET in rows

    def test_the_others_stand_where_they_are(self):
        found = MigrantOrganisation.objects.exclude(visibility=Visibility.PLACE_ONLY).for_cards().with_point()
        assert {(one.point_latitude, one.point_longitude) for one in found} == {tuple(OWN_POINT.values())}

    def test_distance_and_radius_are_the_towns(self):
        MigrantOrganisationFactory(name="im Ort ohne Punkt")
        distances = {
            one.name: round(one.distance, 3)
            for one in MigrantOrganisation.objects.for_cards().with_distance(*OWN_POINT.values())
        }
        assert distances["oeffentlich"] == 0
        assert distances["ohne-adresse"] == distances["im Ort ohne Punkt"] > 1
        near = MigrantOrganisation.objects.within(1, *OWN_POINT.values())
        assert names(near) == {"oeffentlich", "nur-netzwerk"}

    @pytest.mark.parametrize("loaded", [True, False])
    def test_the_address_that_readers_get(self, loaded):
        organisations = MigrantOrganisation.objects.all()
        found = organisations.for_detail() if loaded else organisations
        addresses = {one.name: str(one.public_address) for one in found}
        whole = f"{STREET}\n63065 Offenbach am Main"
        assert addresses == {
            "oeffentlich": whole,
            "ohne-adresse": "Offenbach am Main",
            "nur-netzwerk": whole,
        }
        facts = {one.name: str(one.contact_facts[0][0]) for one in found}
        assert facts == {"oeffentlich": "Anschrift", "ohne-adresse": "Ort", "nur-netzwerk": "Anschrift"}


@pytest.mark.parametrize("queryset", ["for_readers", "for_cards", "for_detail"])
@pytest.mark.parametrize("field", ["phone", "email", "website", "opening_hours", "street", "postal_code", "latitude"])
def test_what_was_made_for_readers_refuses_the_fields_behind(queryset, field):
    MigrantOrganisationFactory(consented=True)
    organisation = getattr(MigrantOrganisation.objects.all(), queryset)().get()
    with pytest.raises(FieldFetchBlocked):
        Template("{{ organisation." + field + " }}").render(Context({"organisation": organisation}))


def test_what_was_made_for_readers_refuses_what_is_internal():
    MigrantOrganisationInternalFactory(contact_name="Geheim")
    organisation = MigrantOrganisation.objects.for_detail().get()
    with pytest.raises(FieldFetchBlocked):
        Template("{{ organisation.internal.contact_name }}").render(Context({"organisation": organisation}))
    assert MigrantOrganisationInternal.objects.get().contact_name == "Geheim"


@pytest.mark.parametrize("number", [1, 3])
def test_cards_and_pages_take_a_fixed_number_of_queries(number, django_assert_num_queries):
    for _ in range(number):
        MigrantOrganisationFactory(
            fields=["bildung", "sport"],
            groups=["frauen"],
            spoken=["ara", "tur"],
            own_name="نادي",
            own_name_language_id="ara",
        )
    with django_assert_num_queries(1):
        for one in MigrantOrganisation.objects.published().for_cards().with_point():
            said = (one.field_names, one.language_names, one.logo_file, one.own_name_language.tag, one.legal_form.name)
            assert said == (["Bildung", "Sport"], ["Arabisch", "Türkisch"], None, "ar", "e. V.")
            assert str(one.public_address) == "Offenbach am Main"
    with django_assert_num_queries(3):
        for one in MigrantOrganisation.objects.published().for_detail():
            said = (
                one.target_group_names,
                [str(language) for language in one.languages.all()],
                list(one.pictures.all()),
            )
            assert said == (["Frauen"], ["Arabisch", "Türkisch"], [])
            assert not one.public_contact


class TestWhatIsMadeForReaders:
    """The shared parts for maps and search engines, with an organisation that shows neither address nor contact."""

    SECRETS = (STREET, "63065", "50.123", "8.654", "069 90009-002", "verein@example.org", "verein.example")

    @pytest.fixture(autouse=True)
    def _without_consent(self, placed):
        MigrantOrganisation.objects.update(contact_consent_on=None, contact_consent_by="")

    def test_points_of_the_map(self):
        properties = JSONObject(title=F("name"), phone=F("public_phone"), email=F("public_email"))
        entries = MigrantOrganisation.objects.filter(visibility=Visibility.PLACE_ONLY).for_readers()
        text, bare = details(entries, properties), points(entries)
        (feature,) = json.loads(text)["features"]
        assert feature["properties"] == {"title": "ohne-adresse", "phone": None, "email": None}
        assert points_of(bare) == {feature["id"]: feature["geometry"]["coordinates"]}
        assert [secret for secret in self.SECRETS if secret in text + bare] == []

    def test_structured_data(self, rf, monkeypatch):
        # The pages of migrant organisations stand above this; only their address is needed here.
        monkeypatch.setattr(MigrantOrganisation, "get_absolute_url", lambda self: "/migrantenorganisationen/x/")
        entry = MigrantOrganisation.objects.filter(visibility=Visibility.PLACE_ONLY).for_detail().get()
        data = structured_data.organisation(entry, rf.get("/"))
        assert data["address"]["addressLocality"] == "Offenbach am Main"
        assert [secret for secret in self.SECRETS if secret in str(data)] == []
