"""One organisation with entries in two strands: each team looks after both, until they are parted."""

import pytest
from django.core.exceptions import ValidationError

from migrantenorgs.models import Visibility
from tests.factories import CarrierFactory, MigrantOrganisationFactory, UserFactory
from tests.workspace.members import member
from vielfalt.accounts.models import Role
from vielfalt.listings.models import State
from vielfalt.listings.twins import join, part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

CARRIER = "/mein/traeger/doppelt/"
ORGANISATION = "/mein/migrantenorganisationen/doppelt/"


@pytest.fixture
def staff():
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.fixture
def entries(staff):
    carrier = CarrierFactory(name="Träger Doppelt", slug="doppelt")
    organisation = MigrantOrganisationFactory(name="Verein Doppelt", slug="doppelt")
    join(first=carrier, second=organisation, by=staff)
    return carrier, organisation


@pytest.fixture
def alice(entries):
    return member(entries[0], Role.MANAGER)


@pytest.fixture
def bob(entries):
    return member(entries[1])


def pages(client):
    return [client.get(url).status_code for url in (CARRIER, ORGANISATION)]


def test_each_team_looks_after_both(alice, bob):
    assert pages(alice) == pages(bob) == [200, 200]
    for client in (alice, bob):
        assert [place.strand for place in client.get("/mein/").context["share"].places] == ["lotsen", "migrantenorgs"]


def test_roles_count_for_both(alice, bob, entries):
    _carrier, organisation = entries
    invitation = {"email": "neu@example.org", "role": "mitarbeit"}
    assert bob.post(f"{CARRIER}team/", invitation).status_code == 403
    assert alice.post(f"{ORGANISATION}team/", invitation).status_code == 302
    assert organisation.invitations.exists()


def test_who_leaves_one_team_may_stay_by_the_other(alice, entries):
    _carrier, organisation = entries
    own = organisation.memberships.create(user=alice.user)
    answer = alice.post(f"{ORGANISATION}team/{own.pk}/", {"entfernen": "1"})
    assert answer.headers["Location"] == f"{ORGANISATION}team/"
    assert pages(alice) == [200, 200]


def test_parted_each_keeps_its_own_team(alice, bob, entries, staff):
    part(entry=entries[0], by=staff)
    assert pages(alice) == [200, 404]
    assert pages(bob) == [404, 200]


def test_strangers_see_neither_in_mein_bereich(entries, client):
    charlie = member(CarrierFactory(), Role.MANAGER)
    assert pages(charlie) == [404, 404]
    assert pages(client) == [302, 302]
    assert "Doppelt" not in charlie.get("/mein/").text


def test_readers_learn_of_no_twin_that_is_not_for_them(entries, client):
    carrier, organisation = entries
    assert "Verein Doppelt" in client.get(carrier.get_absolute_url()).text
    for hidden in ({"visibility": Visibility.NETWORK}, {"visibility": Visibility.OPEN, "state": State.DRAFT}):
        type(organisation).objects.update(**hidden)
        assert "Verein Doppelt" not in client.get(carrier.get_absolute_url()).text


def test_one_entry_has_one_twin_of_another_strand(entries, staff):
    carrier, _organisation = entries
    with pytest.raises(ValidationError, match="schon verbunden"):
        join(first=carrier, second=MigrantOrganisationFactory(), by=staff)
    with pytest.raises(ValidationError, match="im selben Verzeichnis"):
        join(first=CarrierFactory(), second=CarrierFactory(), by=staff)
