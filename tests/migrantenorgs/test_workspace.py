""" "Mein Bereich" of migrant organisations: Alice manages one, Bob edits it, Charlie belongs to another one."""

import pytest

from migrantenorgs.models import MigrantOrganisation, Visibility
from migrantenorgs.workspace.keeping import SECTIONS
from tests.factories import CarrierFactory, MigrantOrganisationFactory, UserFactory, curator
from tests.workspace.members import member, opened, words
from vielfalt.accounts.models import Role
from vielfalt.listings import actions
from vielfalt.listings.models import ChangeRequest, RequestState, State
from vielfalt.listings.twins import join

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

HOME = "/mein/migrantenorganisationen/verein/"
VISIBILITY = f"{HOME}bearbeiten/sichtbarkeit/"
CONTACT = f"{HOME}bearbeiten/kontakt/"
PHONE = "069 90009-002"


@pytest.fixture
def organisation():
    return MigrantOrganisationFactory(
        name="Eigener Verein", slug="verein", fields=["bildung"], spoken=["ara"], description="<p>Wir</p>"
    )


@pytest.fixture
def alice(organisation):
    return member(organisation, Role.MANAGER, email="alice@example.org", name="Alice")


@pytest.fixture
def bob(organisation):
    return member(organisation, email="bob@example.org", name="Bob")


@pytest.fixture
def charlie():
    return member(MigrantOrganisationFactory(slug="fremd"), Role.MANAGER, email="charlie@example.org")


def choose(client, *, visibility=Visibility.OPEN, consent=False):
    """Send the section with the choice; return the page that follows in words."""
    data = opened(client, VISIBILITY) | {"visibility": visibility}
    data.pop("consent", None)
    return words(client.post(VISIBILITY, data | ({"consent": "on"} if consent else {}), follow=True))


# What others see


def test_consent_counts_at_once_in_both_directions(alice, organisation, client):
    page = organisation.get_absolute_url()
    assert PHONE not in client.get(page).text
    said = choose(alice, consent=True)
    assert "Alle sehen Ihren Eintrag, mit Anschrift. Ihre Kontaktdaten sind zu sehen." in said
    assert PHONE in client.get(page).text
    assert "Eingewilligt am" in words(alice.get(VISIBILITY))
    assert "Ihre Kontaktdaten sind nicht zu sehen." in choose(alice)
    assert PHONE not in client.get(page).text
    organisation.refresh_from_db()
    assert (organisation.contact_consent_on, organisation.phone) == (None, PHONE)


def test_visibility_counts_at_once(alice, organisation, client):
    MigrantOrganisation.objects.update(street="Testweg 7")
    page = organisation.get_absolute_url()
    assert "Testweg 7" in client.get(page).text
    choose(alice, visibility=Visibility.PLACE_ONLY)
    assert "Testweg 7" not in client.get(page).text
    assert "Nur das Netzwerk" in choose(alice, visibility=Visibility.NETWORK)
    assert client.get(page).status_code == 404
    assert alice.get(page).status_code == 200


def test_every_choice_says_what_others_then_see(alice):
    text = words(alice.get(VISIBILITY))
    assert "Die Karte zeigt die Gemeinde, nicht Ihr Haus." in text
    assert "Für alle anderen gibt es ihn nicht." in text
    assert "Zurzeit sind Ihre Kontaktdaten nicht öffentlich." in text


def test_a_draft_is_not_said_to_be_seen(alice):
    MigrantOrganisation.objects.update(state=State.DRAFT)
    assert "Das gilt, sobald der Eintrag veröffentlicht ist." in choose(alice, consent=True)
    data = opened(alice, f"{HOME}bearbeiten/angebote/") | {"offers": "Ein Sprachcafé"}
    said = words(alice.post(f"{HOME}bearbeiten/angebote/", data, follow=True))
    assert "„Angebote“ ist gespeichert." in said


def test_a_form_opened_before_gives_no_withdrawn_consent_back(alice, bob, organisation):
    choose(alice, consent=True)
    seen_by_bob = opened(bob, VISIBILITY)
    choose(alice)
    bob.post(VISIBILITY, seen_by_bob | {"visibility": Visibility.PLACE_ONLY})
    organisation.refresh_from_db()
    assert (organisation.visibility, organisation.contact_consent_on) == (Visibility.PLACE_ONLY, None)


def test_two_choices_at_once_ask(alice, bob, organisation):
    seen_by_bob = opened(bob, VISIBILITY)
    choose(alice, visibility=Visibility.NETWORK)
    answer = bob.post(VISIBILITY, seen_by_bob | {"visibility": Visibility.PLACE_ONLY})
    assert answer.status_code == 409
    assert "nur Netzwerk" in answer.text
    organisation.refresh_from_db()
    assert organisation.visibility == Visibility.NETWORK


def test_consent_is_not_given_back_by_undo(alice):
    alice.post(CONTACT, opened(alice, CONTACT) | {"phone": "069 90009-222"})
    choose(alice, consent=True)
    choose(alice)
    assert "rückgängig machen" not in alice.get(HOME).text


def test_history_names_who_consented(alice):
    choose(alice, consent=True)
    text = words(alice.get(f"{HOME}verlauf/"))
    assert "Alice" in text
    assert "Kontaktdaten öffentlich seit" in text


# Editing


@pytest.mark.parametrize("slug", SECTIONS)
def test_every_section_saves_what_it_shows(bob, organisation, slug):
    before = MigrantOrganisation.objects.values().get(pk=organisation.pk)
    url = f"{HOME}bearbeiten/{slug}/"
    text = bob.post(url, opened(bob, url), follow=True).text
    assert ("war schon so gespeichert" in text) or ("Es hat sich nichts geändert." in text)
    assert MigrantOrganisation.objects.values().get(pk=organisation.pk) == before


def test_fields_languages_and_undo(bob, organisation):
    url = f"{HOME}bearbeiten/sprachen/"
    bob.post(url, opened(bob, url) | {"languages": ["ara", "tir"]})
    assert set(organisation.languages.values_list("code", flat=True)) == {"ara", "tir"}
    bob.post(f"{HOME}rueckgaengig/")
    assert list(organisation.languages.values_list("code", flat=True)) == ["ara"]


def test_a_double_click_writes_once(alice, organisation):
    data = opened(alice, VISIBILITY) | {"visibility": Visibility.OPEN, "consent": "on"}
    alice.post(VISIBILITY, data)
    organisation.refresh_from_db()
    changed = organisation.updated_at
    assert alice.post(VISIBILITY, data).status_code == 302
    organisation.refresh_from_db()
    assert organisation.updated_at == changed


def test_an_expired_session_loses_nothing(alice, organisation):
    data = opened(alice, CONTACT) | {"opening_hours": "Lange getippt"}
    alice.cookies.clear()
    assert "/konto/anmelden/" in alice.post(CONTACT, data).headers["Location"]
    session = dict(alice.session)
    alice.force_login(alice.user)
    kept = alice.session
    kept.update({key: value for key, value in session.items() if not key.startswith("_auth")})
    kept.save()
    assert "Lange getippt" in alice.get(CONTACT).text
    organisation.refresh_from_db()
    assert organisation.opening_hours == ""


def test_name_form_and_place_wait_for_the_centre(alice, organisation, client):
    url = f"{HOME}bearbeiten/grunddaten/"
    data = opened(alice, url) | {"name": "Neuer Name"}
    alice.post(url, data)
    alice.post(url, data)
    request = ChangeRequest.objects.get()
    assert (request.state, request.proposed) == (RequestState.SUBMITTED, {"name": "Neuer Name"})
    assert "Neuer Name" not in client.get(organisation.get_absolute_url()).text
    actions.accept(request=request, by=curator("Redaktion Migrantenorganisationen"))
    organisation.refresh_from_db()
    assert organisation.name == "Neuer Name"


def test_publication_is_asked_for_and_needs_a_whole_entry(alice, organisation):
    MigrantOrganisation.objects.update(state=State.DRAFT, description="")
    said = words(alice.post(f"{HOME}status/veroeffentlichen/", follow=True))
    assert "Zum Veröffentlichen fehlt noch: eine Selbstbeschreibung oder Angebote." in said
    MigrantOrganisation.objects.update(description="<p>Wir</p>")
    alice.post(f"{HOME}status/veroeffentlichen/")
    actions.accept(request=ChangeRequest.objects.get(), by=curator("Redaktion Migrantenorganisationen"))
    organisation.refresh_from_db()
    assert organisation.state == State.PUBLISHED


def test_a_registration_becomes_a_draft_with_its_contact(organisation):
    made = actions.submit_new(
        model=MigrantOrganisation,
        name="Neu",
        proposed={
            "name": "Neu",
            "legal_form": organisation.legal_form,
            "municipality": organisation.municipality,
            "visibility": Visibility.NETWORK,
        },
        message="Bitte anrufen.",
        by=actions.Sender(user=UserFactory(email="neu@example.org")),
    )
    actions.accept(request=made, by=curator("Redaktion Migrantenorganisationen"))
    new = MigrantOrganisation.objects.get(name="Neu")
    assert (new.state, new.visibility, new.contact_consent_on) == (State.DRAFT, Visibility.NETWORK, None)
    assert (new.internal.contact_email, new.internal.note) == ("neu@example.org", "Bitte anrufen.")


def test_nobody_is_urged_to_show_more(alice):
    text = words(alice.get(HOME))
    assert "Menschen suchen nach dem, was es bei Ihnen gibt." in text
    gaps = [str(item.label) for item in alice.get(HOME).context["missing"]]
    assert gaps == ["Angebote", "Zielgruppen", "Leichte Sprache", "Zwei Zuständige"]


# Who may


def test_strangers_find_nothing(charlie, organisation, client):
    pages = [HOME, *(f"{HOME}bearbeiten/{slug}/" for slug in SECTIONS), f"{HOME}team/", f"{HOME}bilder/"]
    for url in [*pages, f"{HOME}verlauf/"]:
        assert charlie.get(url).status_code == 404, url
        assert charlie.post(url, {}).status_code in {404, 405}, url
        assert client.get(url).status_code == 302, url
    organisation.refresh_from_db()
    assert organisation.visibility == Visibility.OPEN


def test_members_of_the_twin_look_after_both(organisation, alice):
    carrier = CarrierFactory(name="Zwilling Träger", slug="zwilling")
    dora = member(carrier, Role.MANAGER)
    join(first=carrier, second=organisation, by=UserFactory(is_superuser=True))
    start = words(dora.get("/mein/"))
    assert "Eigener Verein" in start
    assert "Zwilling Träger" in start
    choose(dora, visibility=Visibility.NETWORK)
    organisation.refresh_from_db()
    assert organisation.visibility == Visibility.NETWORK
    assert "Außerdem: Team von Zwilling Träger" in words(dora.get(f"{HOME}team/"))
    dora.post(f"{HOME}team/", {"email": "neu@example.org", "role": "mitarbeit"})
    assert organisation.invitations.get().email == "neu@example.org"


@pytest.mark.parametrize("number", [1, 3])
def test_queries(alice, number, django_assert_num_queries):
    for _ in range(number - 1):
        MigrantOrganisationFactory(fields=["bildung"], spoken=["ara"]).memberships.create(user=alice.user)
    with django_assert_num_queries(13):
        alice.get("/mein/")
    with django_assert_num_queries(10):
        alice.get(HOME)
