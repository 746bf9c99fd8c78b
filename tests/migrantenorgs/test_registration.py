"""/migrantenorganisationen/anmelden/: from the form to the entry."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import localdate

from migrantenorgs.models import ConsentGiven, FieldOfAction, LegalForm, MigrantOrganisation, Visibility
from tests.factories import MigrantOrganisationFactory, curator, municipality
from vielfalt.listings import actions, senders
from vielfalt.listings.models import ChangeRequest, State
from vielfalt.listings.senders import new_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

PAGE = "/migrantenorganisationen/anmelden/"


@pytest.fixture
def token(monkeypatch):
    """The token of a form that somebody has looked at for a minute."""
    made = new_token()
    now = senders.time.time() + 60
    monkeypatch.setattr(senders.time, "time", lambda: now)
    return made


@pytest.fixture
def register(client, token, django_capture_on_commit_callbacks):
    """Send the form; keywords differ from what is sent otherwise."""

    def send(**fields):
        data = {
            "name": "Brücke",
            "own_name": "جسر",
            "own_name_language": "ara",
            "transliteration": "Jisr",
            "legal_form": LegalForm.objects.get(slug="e-v").pk,
            "municipality": municipality("Fulda").pk,
            "postal_code": "36037",
            "fields_of_action": [term.pk for term in FieldOfAction.objects.filter(slug__in=["bildung", "sport"])],
            "description": "<p>Wir sind offen.</p>",
            "phone": "0661 90009-1",
            "visibility": "nur-netzwerk",
            "message": "Fragen Sie den Vorstand.",
            "sender_email": "neu@example.org",
            "form_token": token,
            **fields,
        }
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(PAGE, data)

    return send


@pytest.fixture
def accepted(client, register, mailoutbox):
    """Register, confirm the address, and let the centre accept it."""

    def accept(**fields):
        assert register(**fields)["Location"] == "/antraege/abgeschickt/"
        client.post(urlsplit(re.search(r"http\S+/antraege/\S+", mailoutbox[0].body)[0]).path)
        request = ChangeRequest.objects.get()
        actions.accept(request=request, by=curator("Redaktion Migrantenorganisationen"))
        return MigrantOrganisation.objects.get()

    return accept


def test_the_form_explains_what_one_decides(client):
    text = client.get(PAGE).text
    for piece in (
        "ohne Adresse (nur Ort): Alle sehen ihn. Von der Adresse sehen sie nur den Ort.",
        "nur Netzwerk: Nur angemeldete Mitglieder von Organisationen im Portal und wir sehen ihn.",
        "Ohne Häkchen zeigen wir sie nie.",
        'href="/migrantenorganisationen/anmeldebogen.pdf"',
        "Fulda, Landkreis Fulda",
    ):
        assert piece in text, piece
    checked = re.findall(r'<input type="radio"[^>]*value="([^"]+)"[^>]* checked', text)
    assert checked == ["ohne-adresse"]


def test_the_directory_leads_there(client):
    assert f'href="{PAGE}"' in client.get("/migrantenorganisationen/").text


def test_what_was_proposed_becomes_a_draft(accepted):
    organisation = accepted()
    assert (organisation.name, organisation.slug, organisation.state) == ("Brücke", "bruecke", State.DRAFT)
    assert (organisation.own_name, organisation.own_name_language_id, organisation.transliteration) == (
        "جسر",
        "ara",
        "Jisr",
    )
    assert (organisation.visibility, organisation.phone) == (Visibility.NETWORK, "0661 90009-1")
    assert [term.slug for term in organisation.fields_of_action.all()] == ["bildung", "sport"]
    assert (organisation.internal.contact_email, organisation.internal.note) == (
        "neu@example.org",
        "Fragen Sie den Vorstand.",
    )
    assert (organisation.contact_consent_on, organisation.contact_consent_by) == (None, "")


def test_consent_counts_from_the_day_it_was_given(accepted):
    organisation = accepted(consent="on")
    assert (organisation.contact_consent_on, organisation.contact_consent_by) == (localdate(), ConsentGiven.ONLINE)


def test_other_staff_do_not_decide(client, register, mailoutbox):
    register()
    client.post(urlsplit(re.search(r"http\S+/antraege/\S+", mailoutbox[0].body)[0]).path)
    with pytest.raises(actions.NotAllowedError):
        actions.accept(request=ChangeRequest.objects.get(), by=curator())


def test_mistakes_are_said_and_nothing_is_lost(register):
    text = register(name="", postal_code="99999", visibility="geheim", own_name="جسر").text
    assert "Diese Postleitzahl gibt es in Hessen nicht." in text
    assert "geheim ist keine gültige Auswahl" in text or "Bitte eine gültige Auswahl treffen" in text
    assert 'value="99999"' in text
    assert 'value="جسر"' in text
    assert len(re.findall(r'name="fields_of_action"[^>]* checked', text)) == 2
    assert not ChangeRequest.objects.exists()


def test_a_postal_code_of_another_town(register):
    assert "Die Postleitzahl 63065 gehört zu Offenbach am Main" in register(postal_code="63065").text


def test_it_does_not_tell_which_names_exist(register):
    MigrantOrganisationFactory(name="Brücke", visibility=Visibility.NETWORK)
    assert register().status_code == 302


def test_no_organisation_takes_this_address(client):
    assert MigrantOrganisationFactory(name="Anmelden", slug="").slug == "anmelden-2"
    assert client.get(PAGE).status_code == 200


def test_visitors_get_no_cookies(client, register):
    client.get(PAGE)
    register()
    assert not client.cookies
