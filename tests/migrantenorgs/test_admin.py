"""Migrant organisations in the admin.

Alice curates them, Bob curates carriers, Charlie has an account and nothing else.
"""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from migrantenorgs.models import (
    ConsentGiven,
    FieldOfAction,
    LegalForm,
    MigrantOrganisation,
    MigrantOrganisationMembership,
    Visibility,
)
from tests.administration import sent, texts
from tests.factories import (
    CarrierFactory,
    MigrantOrganisationFactory,
    NoticeFactory,
    UserFactory,
    curator,
    municipality,
)
from vielfalt.accounts.models import Role
from vielfalt.listings.history import timeline
from vielfalt.listings.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

LIST = "/verwaltung/migrantenorgs/migrantorganisation/"
COMPLETE = {"fields": ["bildung"], "description": "Wir lernen gemeinsam."}


@pytest.fixture
def alice(client):
    user = curator("Redaktion Migrantenorganisationen", email="alice@example.org", name="Alice")
    client.force_login(user)
    return user


def names(response):
    return [str(one) for one in response.context["cl"].result_list]


def change(client, organisation, **changes):
    address = f"{LIST}{organisation.pk}/change/"
    return client.post(address, sent(client.get(address), **changes))


# Who may


@pytest.mark.parametrize("page", ["", "add/", "{pk}/change/", "{pk}/team/", "{pk}/gleiche-organisation/", "import/"])
def test_only_the_strands_staff_see_its_pages(client, page):
    organisation = MigrantOrganisationFactory(visibility=Visibility.NETWORK)
    address = LIST + page.format(pk=organisation.pk)
    client.force_login(curator("Redaktion Migrantenorganisationen"))
    assert client.get(address).status_code == 200
    client.force_login(curator(email="bob@example.org"))
    assert client.get(address).status_code == 403
    client.force_login(UserFactory(email="charlie@example.org"))
    assert client.get(address).status_code == 302
    client.logout()
    assert client.get(address).status_code == 302


def test_staff_of_the_strand_do_not_see_carriers(client, alice):
    assert client.get("/verwaltung/lotsen/carrier/").status_code == 403


# The list


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_a_fixed_number_of_queries(client, alice, django_assert_num_queries, number):
    for _number in range(number):
        MigrantOrganisationFactory(fields=["bildung"], spoken=["ara"])
    client.get(LIST)
    with django_assert_num_queries(12):
        client.get(LIST)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"visibility__exact": Visibility.NETWORK}, ["B"]),
        ({"kontakt": "oeffentlich"}, ["A"]),
        ({"kontakt": "nicht"}, ["B"]),
        ({"vollstaendig": "nein"}, ["B"]),
        ({"vollstaendig": "ja"}, ["A"]),
        ({"bearbeitung": "offen"}, ["B"]),
        ({"nachfragen": "ja"}, []),
    ],
)
def test_filters(client, alice, query, expected):
    MigrantOrganisationFactory(name="A", consented=True, **COMPLETE)
    MigrantOrganisationFactory(name="B", visibility=Visibility.NETWORK, state=State.DRAFT)
    assert names(client.get(LIST, query)) == expected


def test_own_names_are_found(client, alice):
    MigrantOrganisationFactory(name="Kulturbrücke", own_name="Türkçe Derneği", transliteration="Turkce Dernegi")
    assert names(client.get(LIST, {"q": "turkce"})) == ["Kulturbrücke"]


# Publishing


def test_publishing_says_what_is_missing(client, alice):
    ready = MigrantOrganisationFactory(name="A", state=State.DRAFT, **COMPLETE)
    MigrantOrganisationFactory(name="B", state=State.DRAFT)
    data = {"action": "publish", "_selected_action": list(MigrantOrganisation.objects.values_list("pk", flat=True))}
    response = client.post(LIST, data, follow=True)
    assert texts(response) == [
        "1 Eintrag ist jetzt veröffentlicht.",
        "Nicht veröffentlicht: B (es fehlt: ein Handlungsfeld; eine Selbstbeschreibung oder Angebote).",
    ]
    ready.refresh_from_db()
    assert ready.state == State.PUBLISHED


def test_the_form_refuses_to_publish_what_is_incomplete(client, alice):
    organisation = MigrantOrganisationFactory(state=State.DRAFT)
    response = change(client, organisation, state=State.PUBLISHED)
    assert "Zum Veröffentlichen fehlt noch: ein Handlungsfeld; eine Selbstbeschreibung oder Angebote." in response.text
    organisation.refresh_from_db()
    assert organisation.state == State.DRAFT


# Consent


def test_a_consent_on_paper_is_entered_with_its_day(client, alice):
    organisation = MigrantOrganisationFactory(**COMPLETE)
    response = change(
        client, organisation, contact_consent_on="02.11.2026", contact_consent_by=ConsentGiven.ON_PAPER.value
    )
    assert response.status_code == 302
    organisation.refresh_from_db()
    assert (organisation.contact_consent_on, organisation.contact_consent_by) == (date(2026, 11, 2), "papier")


def test_a_consent_is_withdrawn(client, alice):
    organisation = MigrantOrganisationFactory(consented=True, **COMPLETE)
    assert change(client, organisation, contact_consent_on="", contact_consent_by="").status_code == 302
    organisation.refresh_from_db()
    assert not organisation.has_consented


@pytest.mark.parametrize(
    ("consent", "sentence"),
    [
        ({"contact_consent_on": "02.11.2026"}, "Zur Einwilligung gehören der Tag und wie sie gegeben wurde."),
        (
            {"contact_consent_on": "02.11.2026", "contact_consent_by": "online"},
            "Online willigt nur die Organisation selbst ein.",
        ),
        ({"contact_consent_on": "02.11.2999", "contact_consent_by": "papier"}, "Dieser Tag liegt in der Zukunft."),
    ],
)
def test_half_a_consent_is_none(client, alice, consent, sentence):
    organisation = MigrantOrganisationFactory(**COMPLETE)
    assert sentence in change(client, organisation, **consent).text
    organisation.refresh_from_db()
    assert organisation.contact_consent_on is None


def test_an_old_page_does_not_give_back_a_withdrawn_consent(client, alice):
    organisation = MigrantOrganisationFactory(consented=True, **COMPLETE)
    address = f"{LIST}{organisation.pk}/change/"
    data = sent(client.get(address))
    MigrantOrganisation.objects.update(contact_consent_on=None, contact_consent_by="")
    assert client.post(address, {**data, "phone": "069 1"}).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.phone, organisation.has_consented) == ("069 1", False)


# On behalf


def test_an_entry_from_a_paper_form_is_named_so_in_the_history(client, alice):
    data = sent(client.get(f"{LIST}add/")) | {
        "name": "Nachbarschaftshilfe",
        "legal_form": LegalForm.objects.get(slug="initiative").pk,
        "municipality": municipality("Fulda").pk,
        "fields_of_action": [FieldOfAction.objects.get(slug="bildung").pk],
        "internal-0-form_received_on": "20.11.2026",
    }
    response = client.post(f"{LIST}add/", data)
    assert response.status_code == 302, response.context["adminform"].form.errors
    organisation = MigrantOrganisation.objects.get()
    assert organisation.visibility == Visibility.PLACE_ONLY
    assert organisation.internal.form_received_on == date(2026, 11, 20)
    assert "im Auftrag eingetragen" in client.get(f"{LIST}{organisation.pk}/history/").text
    assert len(timeline(organisation, internal=True)) == 1


# Team, twin, notices


def test_the_team_is_invited_and_changed(client, alice):
    organisation = MigrantOrganisationFactory()
    address = reverse("admin:migrantenorgs_migrantorganisation_team", args=[organisation.pk])
    assert address in client.get(f"{LIST}{organisation.pk}/change/").text
    response = client.post(
        address, {"step": "invite", "email": "neu@example.org", "role": Role.MANAGER.value}, follow=True
    )
    assert texts(response) == ["Die Einladung ist unterwegs."]
    member = MigrantOrganisationMembership.objects.create(organisation=organisation, user=UserFactory())
    client.post(address, {"step": "remove", "pk": member.pk})
    assert not organisation.memberships.exists()


def test_two_entries_become_one_organisation_by_who_looks_after_both(client, alice):
    organisation, carrier = MigrantOrganisationFactory(name="Brücke e. V."), CarrierFactory(name="Brücke e. V.")
    address = reverse("admin:migrantenorgs_migrantorganisation_twin", args=[organisation.pk])
    word = f"lotsen.carrier:{carrier.pk}"
    assert word not in client.get(address).text
    assert client.post(address, {"join": word}).status_code == 403
    both = curator(email="both@example.org")
    both.groups.add(*alice.groups.all())
    client.force_login(both)
    page = client.get(address)
    assert word in page.text
    assert "Brücke e. V." in client.get(address, {"q": "brucke"}).text
    response = client.post(address, {"join": word}, follow=True)
    assert texts(response) == [
        "„Brücke e. V.“ und „Brücke e. V.“ sind jetzt eine Organisation: Beide Teams pflegen beide Einträge."
    ]
    assert organisation.twins == [carrier]
    assert reverse("admin:lotsen_carrier_twin", args=[carrier.pk]) in (
        client.get(reverse("admin:lotsen_carrier_change", args=[carrier.pk])).text
    )
    client.post(address, {"part": "1"})
    assert organisation.twins == []


def test_notices_of_other_strands_stay_with_their_staff(client, alice):
    NoticeFactory(title="Raum des Trägers")
    NoticeFactory(title="Raum des Vereins", organisation=MigrantOrganisationFactory())
    alice.user_permissions.set(Permission.objects.filter(codename="view_notice"))
    assert names(client.get("/verwaltung/notices/notice/")) == ["Raum des Vereins"]
