"""Groups of the staff: made by ``load_reference`` from what the domains register."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission

from lotsen.models import Carrier
from tests.factories import CarrierFactory, UserFactory, curator
from vielfalt.accounts import groups
from vielfalt.accounts.emails import staff
from vielfalt.accounts.loading import load_groups
from vielfalt.accounts.permissions import may

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

LOTSEN = "Redaktion WIR-Lots*innen"


def rights_of(name):
    rights = Permission.objects.filter(group__name=name).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rights}


@pytest.fixture
def registered(monkeypatch):
    """What is registered, to be changed for one test."""
    known = {name: list(grants) for name, grants in groups.registered().items()}
    monkeypatch.setattr(groups, "_grants", known)
    return known


class TestLoading:
    def test_a_group_has_all_of_its_app_and_what_curating_takes(self):
        rights = rights_of(LOTSEN)
        assert {"lotsen.change_carrier", "lotsen.add_fieldofwork", "lotsen.view_carrierinternal"} <= rights
        assert {"listings.change_changerequest", "places.change_diversitycentre"} <= rights
        assert {right.partition(".")[0] for right in rights} == {"lotsen", "listings", "notices", "places"}
        assert "listings.view_formerslug" not in rights

    def test_what_belongs_to_the_whole_portal_is_a_group_of_its_own(self):
        assert {right.partition(".")[0] for right in rights_of(groups.PORTAL)} == {
            "daily",
            "mail",
            "operators",
            "public",
            "reminders",
        }

    def test_again_it_changes_nothing(self):
        assert load_groups() == 0

    def test_what_is_registered_no_more_is_taken_away(self, registered):
        registered[LOTSEN].remove("listings.add_language")
        assert load_groups() == 1
        assert "listings.add_language" not in rights_of(LOTSEN)

    def test_who_belongs_to_a_group_stays(self, registered):
        bob = curator()
        groups.register(LOTSEN, "public.view_page")
        load_groups()
        assert list(bob.groups.values_list("name", flat=True)) == [LOTSEN]
        assert bob.has_perm("public.view_page")

    def test_groups_of_the_administrators_own_are_left_alone(self):
        own = Group.objects.create(name="Praktikum")
        own.permissions.add(Permission.objects.get(codename="view_carrier"))
        load_groups()
        assert rights_of("Praktikum") == {"lotsen.view_carrier"}

    def test_a_right_that_does_not_exist_stops_it(self, registered):
        groups.register(LOTSEN, "lotsen.change_carier")
        with pytest.raises(ValueError, match="change_carier"):
            load_groups()


class TestMay:
    def test_staff_by_their_group(self):
        assert may(curator(), "change", Carrier)
        assert not may(curator(groups.PORTAL), "view", Carrier)
        assert may(UserFactory(is_staff=True, is_superuser=True), "view", Carrier)

    def test_nobody_else(self):
        former, visitor = curator(), AnonymousUser()
        former.is_staff = False
        assert not any(may(user, "view", Carrier) for user in (former, visitor, UserFactory(is_superuser=True)))


class TestMailsToTheCentre:
    """Three people on the staff: Alice looks after carriers, Bob after the portal, Charlie may do everything."""

    @pytest.fixture(autouse=True)
    def _people(self):
        self.alice = curator(email="alice@example.org")
        curator(groups.PORTAL, email="bob@example.org")
        self.charlie = UserFactory(email="charlie@example.org", is_staff=True, is_superuser=True)

    def test_go_to_those_in_charge(self):
        assert staff(CarrierFactory()) == ["alice@example.org"]

    def test_once_even_to_who_has_the_right_twice(self):
        self.alice.user_permissions.add(Permission.objects.get(codename="change_carrier"))
        assert staff(CarrierFactory()) == ["alice@example.org"]

    def test_to_who_may_do_everything_only_in_the_group(self):
        self.charlie.groups.add(Group.objects.get(name=LOTSEN))
        assert staff(CarrierFactory()) == ["alice@example.org", "charlie@example.org"]

    def test_to_all_staff_where_nobody_is_in_charge(self):
        self.alice.is_active = False
        self.alice.save()
        assert staff(CarrierFactory()) == ["bob@example.org", "charlie@example.org"]
