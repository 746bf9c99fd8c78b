"""Contact data is public only with a dated consent, and not a moment longer."""

import datetime
from threading import Event

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from migrantenorgs.actions import give_consent, withdraw_consent
from migrantenorgs.models import ConsentGiven, MigrantOrganisation
from tests.accounts.racing import both
from tests.factories import MigrantOrganisationFactory, MigrantOrganisationMembershipFactory, UserFactory
from vielfalt.listings.history import changes_to, restore, timeline
from vielfalt.listings.models import PublicContact

TOMORROW = datetime.timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def contacts(organisation):
    """The contact as everything for readers knows it: from the object, from cards, from the page."""
    organisations = MigrantOrganisation.objects.filter(pk=organisation.pk)
    return [
        found.get().public_contact for found in (organisations, organisations.for_cards(), organisations.for_detail())
    ]


@pytest.fixture
def organisation():
    return MigrantOrganisationFactory(opening_hours="freitags", by_appointment=True)


@pytest.fixture
def alice(organisation):
    return MigrantOrganisationMembershipFactory(organisation=organisation, user__name="Koordination").user


WHOLE = PublicContact("069 90009-002", "verein@example.org", "https://verein.example/", "freitags", True)


def test_nothing_without_consent(organisation):
    assert contacts(organisation) == [PublicContact()] * 3
    assert not organisation.can_be_reached
    assert [str(value) for _, value in organisation.contact_facts] == ["Offenbach am Main", "", ""]


def test_given_and_withdrawn_at_once(organisation, alice):
    give_consent(organisation=organisation, how=ConsentGiven.ONLINE, by=alice)
    assert contacts(organisation) == [WHOLE] * 3
    assert organisation.can_be_reached
    withdraw_consent(organisation=organisation, by=alice)
    assert contacts(organisation) == [PublicContact()] * 3
    kept = MigrantOrganisation.objects.get()
    assert (kept.phone, kept.contact_consent_on, kept.contact_consent_by) == ("069 90009-002", None, "")


def test_on_paper_counts_from_the_day_on_the_paper(organisation):
    give_consent(organisation=organisation, how=ConsentGiven.ON_PAPER, by=UserFactory(), on=datetime.date(2026, 10, 1))
    kept = MigrantOrganisation.objects.get()
    assert (kept.contact_consent_on, kept.get_contact_consent_by_display()) == (
        datetime.date(2026, 10, 1),
        "auf Papier",
    )


def test_not_in_the_future(organisation, alice):
    with pytest.raises(ValidationError, match="Zukunft"):
        give_consent(organisation=organisation, how=ConsentGiven.ONLINE, by=alice, on=localdate() + TOMORROW)
    organisation.contact_consent_on, organisation.contact_consent_by = localdate() + TOMORROW, ConsentGiven.ONLINE
    with pytest.raises(ValidationError, match="Zukunft"):
        organisation.full_clean()
    MigrantOrganisation.objects.update(
        contact_consent_on=localdate() + TOMORROW, contact_consent_by=ConsentGiven.ONLINE
    )
    assert contacts(organisation) == [PublicContact()] * 3


@pytest.mark.parametrize("half", [{"contact_consent_on": datetime.date(2026, 11, 1)}, {"contact_consent_by": "online"}])
def test_day_and_way_belong_together(organisation, half):
    with pytest.raises(IntegrityError), transaction.atomic():
        MigrantOrganisation.objects.update(**half)


def test_whoever_loaded_the_entry_before_gives_nothing_back(organisation, alice):
    give_consent(organisation=organisation, how=ConsentGiven.ONLINE, by=alice)
    loaded_before = MigrantOrganisation.objects.get()
    withdraw_consent(organisation=organisation, by=alice)
    loaded_before.phone = "069 90009-003"
    loaded_before.save()
    kept = MigrantOrganisation.objects.get()
    assert (kept.phone, kept.contact_consent_on) == ("069 90009-003", None)
    assert contacts(organisation) == [PublicContact()] * 3


def test_nor_takes_what_was_given(organisation, alice):
    loaded_before = MigrantOrganisation.objects.get()
    give_consent(organisation=organisation, how=ConsentGiven.ONLINE, by=alice)
    loaded_before.save()
    assert contacts(organisation) == [WHOLE] * 3


def test_history_says_who_and_when(organisation, alice):
    give_consent(organisation=organisation, how=ConsentGiven.ONLINE, by=alice)
    moment = timeline(organisation, internal=True)[0]
    told = {change.label: change.new for change in moment.changes}
    assert told["Einwilligung gegeben"] == "online durch die Organisation"
    assert told["Kontaktdaten öffentlich seit"]
    assert moment.who.startswith("Koordination")


@pytest.mark.usefixtures("clock")
def test_an_earlier_state_brings_back_neither_consent_nor_visibility(alice, organisation):
    editor = UserFactory(is_staff=True, is_superuser=True)
    give_consent(organisation=organisation, how=ConsentGiven.ONLINE, by=alice)
    before = timeline(organisation, internal=True)[0].slug
    withdraw_consent(organisation=organisation, by=alice)
    MigrantOrganisation.objects.update(visibility="nur-netzwerk", networks="Neues")
    assert [change.label for change in changes_to(organisation, before, internal=True)] == ["Netzwerke"]
    restore(entry=organisation, slug=before, internal=True, by=editor)
    kept = MigrantOrganisation.objects.get()
    assert (kept.networks, kept.visibility, kept.contact_consent_on) == ("", "nur-netzwerk", None)


@pytest.mark.django_db(transaction=True)
def test_withdrawn_while_somebody_saves():
    """Two connections: the other one loads before the withdrawal and saves after it."""
    organisation = MigrantOrganisationFactory(consented=True)
    alice = UserFactory()
    loaded, withdrawn = Event(), Event()

    def save():
        other = MigrantOrganisation.objects.get()
        loaded.set()
        assert withdrawn.wait(10)
        other.networks = "Runder Tisch"
        other.save()

    def withdraw():
        assert loaded.wait(10)
        withdraw_consent(organisation=organisation, by=alice)
        withdrawn.set()

    assert both(save, withdraw) == [None, None]
    kept = MigrantOrganisation.objects.get()
    assert (kept.networks, kept.contact_consent_on, kept.contact_consent_by) == ("Runder Tisch", None, "")
