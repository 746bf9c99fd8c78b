"""Who finds an organisation where, and what follows when a strand keeps some of its entries to itself."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from lotsen.models import Carrier, CarrierMembership
from lotsen.querysets import CarrierQuerySet
from tests.factories import CarrierFactory, UserFactory, curator
from vielfalt.accounts.models import Role
from vielfalt.listings import public
from vielfalt.listings.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

ANYBODY = AnonymousUser()


class Secretive(CarrierQuerySet):
    """Carriers as a strand would have them that shows some entries to people with an account only."""

    def disclosed_to(self, user):
        return self if user.is_active else self.exclude(short_name="nur intern")


@pytest.fixture
def everything():
    CarrierFactory(name="Offen")
    CarrierFactory(name="Intern", short_name="nur intern")
    CarrierFactory(name="Entwurf", state=State.DRAFT)


@pytest.fixture
def alice():
    """Alice, who manages the draft."""
    user = UserFactory(email="alice@example.org")
    CarrierMembership.objects.create(organisation=Carrier.objects.get(name="Entwurf"), user=user, role=Role.MANAGER)
    return user


def names(carriers):
    return {carrier.name for carrier in carriers}


@pytest.mark.usefixtures("everything")
def test_anybody_sees_what_is_published_in_lists_and_on_pages():
    carriers = Carrier.objects.all()
    assert names(carriers.published()) == names(carriers.listed_for(ANYBODY)) == {"Offen", "Intern"}
    assert names(carriers.visible_to(ANYBODY)) == {"Offen", "Intern"}


@pytest.mark.usefixtures("everything")
def test_previews_are_for_pages_not_for_lists(alice):
    bob, charlie, dora = curator(), UserFactory(), UserFactory(is_staff=True)
    for user in (alice, bob, charlie, dora):
        assert names(Carrier.objects.all().listed_for(user)) == {"Offen", "Intern"}
    assert names(Carrier.objects.all().visible_to(alice)) == {"Offen", "Intern", "Entwurf"}
    assert names(Carrier.objects.all().visible_to(bob)) == {"Offen", "Intern", "Entwurf"}
    assert names(Carrier.objects.all().visible_to(charlie)) == {"Offen", "Intern"}
    # Staff, but of another strand.
    assert names(Carrier.objects.all().visible_to(dora)) == {"Offen", "Intern"}


@pytest.mark.usefixtures("everything")
def test_what_is_not_disclosed_is_nowhere(alice):
    carriers = Secretive(Carrier)
    for seen in (carriers.published(), carriers.listed_for(ANYBODY), carriers.visible_to(ANYBODY)):
        assert names(seen) == {"Offen"}
    assert names(carriers.listed_for(alice)) == {"Offen", "Intern"}
    assert names(carriers.visible_to(alice)) == {"Offen", "Intern", "Entwurf"}
    alice.is_active = False
    assert names(carriers.visible_to(alice)) == {"Offen"}


@pytest.mark.usefixtures("everything")
def test_counts_are_of_what_is_disclosed():
    numbers = {district.ags: district.number for district in Secretive(Carrier).published().by_district()}
    assert (numbers["06413"], sum(numbers.values())) == (1, 1)


@pytest.mark.parametrize(("short_name", "status"), [("", 410), ("nur intern", 404)])
def test_a_hidden_entry_is_not_told_to_whom_it_is_not_disclosed(rf, short_name, status):
    CarrierFactory(slug="alt", short_name=short_name, confirmed_on=datetime.date(2020, 1, 1))
    assert answer(rf, ANYBODY) == status
    assert answer(rf, UserFactory()) == 410


@pytest.mark.parametrize(("short_name", "status"), [("", 301), ("nur intern", 404)])
def test_a_former_address_leads_nowhere_for_whom_it_is_not_disclosed(rf, short_name, status):
    carrier = CarrierFactory(slug="alt", short_name=short_name)
    carrier.slug = "neu"
    carrier.save()
    assert answer(rf, ANYBODY) == status
    assert answer(rf, UserFactory()) == 301


def answer(rf, user):
    """Return the status of the page at the slug "alt"."""
    request = rf.get("/")
    request.user = user
    try:
        return public.elsewhere(request, Secretive(Carrier), "alt").status_code
    except Http404:
        return 404


def test_the_point_is_the_organisations_own_or_its_municipalitys():
    own = CarrierFactory(latitude=50.2, longitude=8.9)
    other = CarrierFactory()
    points = {carrier.pk: (carrier.point_latitude, carrier.point_longitude) for carrier in Carrier.objects.with_point()}
    assert points == {own.pk: (50.2, 8.9), other.pk: (other.municipality.latitude, other.municipality.longitude)}


def test_within_a_radius():
    CarrierFactory(name="Offenbach")
    CarrierFactory(name="Wetzlar", latitude=50.55, longitude=8.5)
    assert names(Carrier.objects.within(10, 50.1, 8.77)) == {"Offenbach"}
