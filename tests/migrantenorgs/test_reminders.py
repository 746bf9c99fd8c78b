"""Reminders of migrant organisations: who is asked, and answering without log-in."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail

from migrantenorgs.models import MigrantOrganisation, Visibility
from tests.factories import (
    CarrierFactory,
    CarrierInternalFactory,
    CarrierMembershipFactory,
    MigrantOrganisationFactory,
    MigrantOrganisationInternalFactory,
    UserFactory,
)
from vielfalt.listings.models import State
from vielfalt.listings.twins import join
from vielfalt.reminders import tokens
from vielfalt.reminders.actions import remind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

ALICE, BOB = "alice@example.org", "bob@example.org"
LONG_AGO = date(2025, 11, 1)


@pytest.fixture(autouse=True)
def _late_in_2026():
    with time_machine.travel(datetime(2026, 11, 22, 5, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def organisation():
    made = MigrantOrganisationFactory(name="Verein", confirmed_on=LONG_AGO, visibility=Visibility.NETWORK)
    MigrantOrganisationInternalFactory(organisation=made, contact_email=ALICE, note="intern: schwierig")
    return made


def links(name):
    return re.findall(rf"{name}\nhttp://127.0.0.1:8000(\S+)", mail.outbox[0].body)


def asked():
    mail.outbox.clear()
    remind(date(2026, 11, 22))
    return {message.to[0]: message.body.count("Stimmt noch:") for message in mail.outbox}


def test_one_mail_for_entries_of_both_strands(organisation):
    carrier = CarrierFactory(name="Träger", confirmed_on=LONG_AGO)
    CarrierInternalFactory(carrier=carrier, contact_email=ALICE)
    assert asked() == {ALICE: 2}
    text = mail.outbox[0].body
    assert "Migrantenorganisation. Zuletzt bestätigt am 1. November 2025." in text
    assert "Träger. Zuletzt bestätigt am 1. November 2025." in text
    assert "Lots*innen" not in text
    assert "intern: schwierig" not in text


def test_one_button_confirms_what_only_the_network_sees(organisation, client):
    asked()
    (path,) = links("Stimmt noch:")
    page = client.get(path).text
    assert "nur Netzwerk" in page
    assert "069 90009-002" in page
    assert "intern: schwierig" not in page
    done = client.post(path, follow=True).text
    assert "Der Eintrag ist bestätigt." in done
    assert "Zur öffentlichen Seite" not in done
    organisation.refresh_from_db()
    assert organisation.confirmed_on == date(2026, 11, 22)


def test_changing_leads_to_the_workspace_and_to_no_page_that_is_not_there(organisation, client):
    asked()
    (path,) = links("Bearbeiten:")
    text = client.get(path).text
    assert f'href="/mein/migrantenorganisationen/{organisation.slug}/"' in text
    assert "fehler-melden" not in text
    MigrantOrganisation.objects.update(visibility=Visibility.OPEN)
    assert f'href="/migrantenorganisationen/{organisation.slug}/fehler-melden/"' in client.get(path).text


def test_gone_is_told_to_the_staff(organisation, client):
    asked()
    (path,) = links("Gibt es nicht mehr:")
    assert "Wir kümmern uns darum." in client.post(path, follow=True).text
    assert list(MigrantOrganisation.objects.with_questions()) == [organisation]


def test_the_team_of_the_twin_is_asked_too(organisation):
    carrier = CarrierFactory(state=State.DRAFT)
    CarrierMembershipFactory(organisation=carrier, user__email=BOB)
    assert asked() == {ALICE: 1}
    join(first=organisation, second=carrier, by=UserFactory())
    MigrantOrganisation.objects.update(confirmed_on=LONG_AGO)
    assert asked() == {BOB: 1}


def test_a_link_for_one_kind_opens_no_other(organisation, client):
    carrier = CarrierFactory(pk=organisation.pk)
    assert client.get(f"/aktuell/{tokens.make(carrier, ALICE)}/").status_code == 404
    assert client.get(f"/aktuell/{tokens.make(organisation, BOB)}/").status_code == 404
    assert client.get(f"/aktuell/{tokens.make(organisation, ALICE)}/").status_code == 200
