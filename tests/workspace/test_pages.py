"""The start page, team, pictures and history of an organisation in "Mein Bereich"."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lotsen.models import Carrier, CarrierInternal, CarrierMembership
from tests.factories import UserFactory
from tests.workspace.members import HOME, opened, section, words
from vielfalt.accounts.models import Role
from vielfalt.listings import actions
from vielfalt.listings.models import ChangeRequest, State
from vielfalt.reminders import tokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_confirming(bob, carrier, programme):
    Carrier.objects.update(confirmed_on="2020-01-01")
    assert "Stimmt „Eigener Träger“ noch?" in bob.get("/mein/").content.decode()
    bob.post(f"{HOME}bestaetigen/")
    assert "Stimmt „Eigener Träger“ noch?" not in bob.get("/mein/").content.decode()


def test_most_urgent_first(alice, carrier, programme):
    Carrier.objects.update(confirmed_on="2020-01-01")
    data = opened(alice, section("grunddaten")) | {"name": "Neuer Name"}
    alice.post(section("grunddaten"), data)
    actions.ask(request=ChangeRequest.objects.get(), reason="Warum?", by=UserFactory(is_staff=True, is_superuser=True))
    tasks = alice.get("/mein/").context["share"].tasks
    assert [task.button for task in tasks[:3]] == ["Antworten", "Ansehen und bestätigen", "Ergänzen"]


def test_an_account_without_a_team(client):
    client.force_login(UserFactory())
    assert "Sie gehören noch zu keinem Team." in client.get("/mein/").content.decode()


def test_members_see_their_draft_as_a_preview(alice, charlie, carrier, client):
    Carrier.objects.filter(pk=carrier.pk).update(state=State.DRAFT)
    assert alice.get(carrier.get_absolute_url()).status_code == 200
    assert charlie.get(carrier.get_absolute_url()).status_code == 404
    assert client.get(carrier.get_absolute_url()).status_code == 404


def picture_file(name="logo.png", size=(200, 100)):
    content = io.BytesIO()
    Image.new("RGB", size, "navy").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def test_logo_and_pictures(alice, carrier, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    url = f"{HOME}bilder/"
    facts = {"author": "Team", "licence": "eigen"}
    form = alice.get(f"{url}neu/bild/").context["form"]
    facts["licence"] = next(value for value, _label in form.fields["licence"].choices if value)
    assert alice.post(f"{url}neu/logo/", facts | {"upload": picture_file()}).status_code == 302
    missing = alice.post(f"{url}neu/bild/", facts | {"upload": picture_file(), "alt": ""})
    assert "Bitte beschreiben Sie" in missing.content.decode()
    assert alice.post(f"{url}neu/bild/", facts | {"upload": picture_file(), "alt": "Ein Fest"}).status_code == 302
    assert "Ein Fest" in alice.get(url).content.decode()
    assert "Ein Fest" in client.get(carrier.get_absolute_url()).content.decode()
    picture = carrier.pictures.get(alt="Ein Fest")
    alice.post(f"{url}{picture.pk}/", facts | {"alt": "Ein Sommerfest"})
    assert "Ein Sommerfest" in client.get(carrier.get_absolute_url()).content.decode()
    alice.post(f"{url}{picture.pk}/", {"entfernen": "1"})
    assert carrier.pictures.count() == 1


def test_editors_may_not_change_the_team(alice, bob, carrier):
    assert "Einladen kann nur, wer" in bob.get(f"{HOME}team/").content.decode()
    assert bob.post(f"{HOME}team/", {"email": "neu@example.org", "role": "mitarbeit"}).status_code == 403
    other = CarrierMembership.objects.get(user=alice.user)
    assert bob.post(f"{HOME}team/{other.pk}/", {"entfernen": "1"}).status_code == 403
    assert CarrierMembership.objects.filter(pk=other.pk).exists()


def test_managers_change_the_team(alice, bob, carrier):
    alice.post(f"{HOME}team/", {"email": "neu@example.org", "role": "mitarbeit"})
    invitation = carrier.invitations.get()
    assert "neu@example.org" in alice.get(f"{HOME}team/").content.decode()
    alice.post(f"{HOME}team/einladung/{invitation.pk}/")
    assert not carrier.invitations.exists()
    other = CarrierMembership.objects.get(user=bob.user)
    alice.post(f"{HOME}team/{other.pk}/", {"role": "leitung"})
    other.refresh_from_db()
    assert other.role == Role.MANAGER
    alice.post(f"{HOME}team/{other.pk}/", {"role": "chef"})
    alice.post(f"{HOME}team/{other.pk}/", {"entfernen": "1"})
    assert not CarrierMembership.objects.filter(pk=other.pk).exists()


def test_everybody_can_leave(alice, bob, carrier):
    mine = CarrierMembership.objects.get(user=bob.user)
    response = bob.post(f"{HOME}team/{mine.pk}/", {"entfernen": "1"})
    assert response.headers["Location"] == "/mein/"
    assert bob.get(HOME).status_code == 404


def test_history_tells_who_changed_what(alice, bob, carrier):
    bob.post(section("kontakt"), opened(bob, section("kontakt")) | {"phone": "069 90009-222"})
    text = words(alice.get(f"{HOME}verlauf/"))
    assert "Bob" in text
    assert "Telefon 069 90009-[entfernt: 001] [neu: 222]" in text


@pytest.mark.parametrize(("wish", "state"), [("archivieren", State.ARCHIVED), ("ruhen", State.DORMANT)])
def test_asking_for_another_state(alice, carrier, programme, wish, state):
    alice.post(f"{HOME}status/{wish}/")
    alice.post(f"{HOME}programm/{programme.pk}/status/{wish}/")
    assert [one.proposed for one in ChangeRequest.objects.order_by("pk")] == [{"state": state}, {"state": state}]
    carrier.refresh_from_db()
    assert carrier.state == State.PUBLISHED
    assert alice.post(f"{HOME}status/unsinn/").status_code == 404


def test_a_reminder_leads_to_the_form(client, carrier):
    token = tokens.make(carrier, "alice@example.org")
    CarrierInternal.objects.create(carrier=carrier, contact_email="alice@example.org")
    text = client.get(f"/aktuell/{token}/aendern/").content.decode()
    assert f'href="{HOME}"' in text
    assert f'href="/traeger/{carrier.slug}/fehler-melden/"' in text
