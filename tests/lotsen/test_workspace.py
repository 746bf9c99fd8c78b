""" "Mein Bereich": Alice manages a carrier, Bob edits it, Charlie belongs to another one."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from lotsen.models import Carrier, CarrierInternal, CarrierMembership, Programme
from lotsen.workspace.completeness import items, percentage
from lotsen.workspace.sections import CARRIER_SECTIONS, PROGRAMME_SECTIONS
from tests.factories import CarrierFactory, ProgrammeFactory, UserFactory, municipality
from vielfalt.accounts.models import Role
from vielfalt.listings import actions
from vielfalt.listings.models import ChangeRequest, RequestState, State
from vielfalt.reminders import tokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

HOME = "/mein/traeger/eigener/"


def member(carrier, role=Role.EDITOR, **fields):
    """Return somebody of the carrier's team and a browser in which they are logged in."""
    user = UserFactory(**fields)
    CarrierMembership.objects.create(organisation=carrier, user=user, role=role)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def carrier():
    return CarrierFactory(name="Eigener Träger", slug="eigener")


@pytest.fixture
def programme(carrier):
    return ProgrammeFactory(carrier=carrier, title="Lots*innen", languages=["ara"])


@pytest.fixture
def alice(carrier):
    return member(carrier, Role.MANAGER, email="alice@example.org", name="Alice")


@pytest.fixture
def bob(carrier):
    return member(carrier, email="bob@example.org", name="Bob")


@pytest.fixture
def charlie():
    return member(CarrierFactory(slug="fremder"), Role.MANAGER, email="charlie@example.org")


def opened(client, url):
    """Open a section and return its form as a browser would send it back."""
    response = client.get(url)
    assert response.status_code == 200
    form = response.context["form"]
    data = {"base": response.context["attempt"].base, "form_token": str(response.context["form_token"])}
    for name in form.fields:
        value = form[name].value()
        if value is True:
            data[name] = "on"
        elif value not in (None, False):
            data[name] = value
    return data


def words(response):
    """Return the text of a page as a reader hears it, without the marks of changed words."""
    return " ".join(re.sub(r"<[^>]+>", "", response.content.decode()).split())


def section(slug):
    return f"{HOME}bearbeiten/{slug}/"


def programme_section(programme, slug):
    return f"/mein/programme/{programme.pk}/bearbeiten/{slug}/"


def test_contact_is_public_at_once(alice, carrier, client):
    data = opened(alice, section("kontakt")) | {"phone": "069 90009-222"}
    response = alice.post(section("kontakt"), data, follow=True)
    assert "ist gespeichert und öffentlich" in response.content.decode()
    assert "069 90009-222" in client.get(carrier.get_absolute_url()).content.decode()


@pytest.mark.parametrize("slug", CARRIER_SECTIONS)
def test_every_section_of_a_carrier_saves_what_it_shows(alice, carrier, slug):
    before = Carrier.objects.values().get(pk=carrier.pk)
    response = alice.post(section(slug), opened(alice, section(slug)), follow=True)
    assert response.status_code == 200
    text = response.content.decode()
    assert ("war schon so gespeichert" in text) or ("Es hat sich nichts geändert." in text)
    assert Carrier.objects.values().get(pk=carrier.pk) == before


@pytest.mark.parametrize("slug", PROGRAMME_SECTIONS)
def test_every_section_of_a_programme_saves_what_it_shows(bob, programme, slug):
    before = Programme.objects.values().get(pk=programme.pk)
    url = programme_section(programme, slug)
    text = bob.post(url, opened(bob, url), follow=True).content.decode()
    assert ("war schon so gespeichert" in text) or ("Es hat sich nichts geändert." in text)
    assert Programme.objects.values().get(pk=programme.pk) == before
    assert list(programme.offered_languages.values_list("language", "availability")) == [("ara", "regelmaessig")]


def test_languages(bob, programme, client):
    url = programme_section(programme, "sprachen")
    bob.post(url, opened(bob, url) | {"ara": "auf-anfrage", "tir": "regelmaessig"})
    assert set(programme.offered_languages.values_list("language", "availability")) == {
        ("ara", "auf-anfrage"),
        ("tir", "regelmaessig"),
    }
    bob.post(url, opened(bob, url) | {"ara": ""})
    assert list(programme.offered_languages.values_list("language", flat=True)) == ["tir"]


def test_accessibility(bob, carrier):
    url = section("barrierefreiheit")
    first = next(iter(bob.get(url).context["form"].fields))
    bob.post(url, opened(bob, url) | {first: "ja"})
    assert list(carrier.accessibility.values_list("feature__slug", "answer")) == [(first, "ja")]


def test_area_by_districts_and_places(bob, programme):
    url = programme_section(programme, "gebiet")
    rodgau = municipality("Rodgau").pk
    bob.post(url, opened(bob, url) | {"covered_districts": ["06413"], "covered_municipalities": [rodgau]})
    assert [one.pk for one in programme.covered_municipalities.all()] == [rodgau]
    assert [one.pk for one in programme.covered_districts.all()] == ["06413"]
    text = bob.get(url).content.decode()
    assert re.search(r'value="06413" checked', text)


def test_mistakes_keep_what_was_typed(alice, carrier):
    data = opened(alice, section("kontakt")) | {"email": "keine Adresse", "opening_hours": "Montag\nDienstag"}
    text = alice.post(section("kontakt"), data).content.decode()
    assert "Ihre Eingaben sind noch da." in text
    assert "keine Adresse" in text
    assert "Montag\nDienstag" in text
    carrier.refresh_from_db()
    assert carrier.email == "lotsen@example.org"


def test_two_people_change_different_fields(alice, bob, carrier):
    hers, his = opened(alice, section("kontakt")), opened(bob, section("kontakt"))
    alice.post(section("kontakt"), hers | {"phone": "069 90009-111"})
    bob.post(section("kontakt"), his | {"opening_hours": "Freitag"})
    carrier.refresh_from_db()
    assert (carrier.phone, carrier.opening_hours) == ("069 90009-111", "Freitag")


def test_two_people_change_the_same_field(alice, bob, carrier):
    hers, his = opened(alice, section("kontakt")), opened(bob, section("kontakt"))
    alice.post(section("kontakt"), hers | {"phone": "069 90009-111", "website": "https://a.example/"})
    response = bob.post(section("kontakt"), his | {"phone": "069 90009-222", "website": "https://b.example/"})
    assert response.status_code == 409
    conflicts = {one.name: (one.mine, one.theirs) for one in response.context["attempt"].conflicts}
    assert conflicts == {
        "phone": ("069 90009-222", "069 90009-111"),
        "website": ("https://b.example/", "https://a.example/"),
    }
    carrier.refresh_from_db()
    assert carrier.phone == "069 90009-111"
    again = his | {
        "phone": "069 90009-222",
        "website": "https://b.example/",
        "base": response.context["attempt"].base,
        "nimm-phone": "meine",
        "nimm-website": "andere",
    }
    assert bob.post(section("kontakt"), again).status_code == 302
    carrier.refresh_from_db()
    assert (carrier.phone, carrier.website) == ("069 90009-222", "https://a.example/")


def test_a_third_change_while_deciding_asks_again(alice, bob, carrier):
    his = opened(bob, section("kontakt"))
    Carrier.objects.update(phone="069 90009-111")
    response = bob.post(section("kontakt"), his | {"phone": "069 90009-222"})
    Carrier.objects.update(phone="069 90009-333")
    data = his | {"phone": "069 90009-222", "base": response.context["attempt"].base}
    assert bob.post(section("kontakt"), data).status_code == 409
    assert alice.get(section("kontakt")).status_code == 200


def test_a_double_click_writes_once(alice, carrier):
    data = opened(alice, section("kontakt")) | {"phone": "069 90009-222"}
    alice.post(section("kontakt"), data)
    carrier.refresh_from_db()
    changed = carrier.updated_at
    assert alice.post(section("kontakt"), data).status_code == 302
    carrier.refresh_from_db()
    assert carrier.updated_at == changed


def test_a_forged_base_overwrites_nobody_unseen(alice, carrier):
    data = opened(alice, section("kontakt")) | {"base": "gefälscht"}
    assert alice.post(section("kontakt"), data).status_code == 302


def test_an_expired_session_loses_nothing(alice, carrier):
    data = opened(alice, section("kontakt")) | {"opening_hours": "Lange getippt"}
    alice.cookies.clear()
    response = alice.post(section("kontakt"), data)
    assert response.status_code == 302
    assert "/konto/anmelden/" in response.headers["Location"]
    answer = alice.post(response.headers["Location"], {"login": "alice@example.org", "password": "x"})
    assert answer.status_code == 200
    alice.user.set_password("ein-gutes-passwort")
    alice.user.save()
    alice.user.vouch_for_address()
    answer = alice.post(response.headers["Location"], {"login": "alice@example.org", "password": "ein-gutes-passwort"})
    assert answer.headers["Location"] == section("kontakt")
    text = alice.get(section("kontakt")).content.decode()
    assert "Ihre Eingaben sind noch da." in text
    assert "Lange getippt" in text
    assert "Lange getippt" not in alice.get(section("kontakt")).content.decode()


def test_undo(alice, carrier):
    alice.post(section("kontakt"), opened(alice, section("kontakt")) | {"phone": "069 90009-222"})
    assert "rückgängig machen" in alice.get(HOME).content.decode()
    alice.post(f"{HOME}rueckgaengig/")
    carrier.refresh_from_db()
    assert carrier.phone == "069 90009-001"
    assert "rückgängig machen" not in alice.get(HOME).content.decode()


def test_undo_asks_where_somebody_went_on(alice, bob, carrier):
    alice.post(section("kontakt"), opened(alice, section("kontakt")) | {"phone": "069 90009-222"})
    bob.post(section("kontakt"), opened(bob, section("kontakt")) | {"phone": "069 90009-333"})
    assert alice.post(f"{HOME}rueckgaengig/").status_code == 409
    carrier.refresh_from_db()
    assert carrier.phone == "069 90009-333"


def test_risky_changes_wait_for_the_centre(alice, carrier, client):
    data = opened(alice, section("grunddaten")) | {"name": "Neuer Name"}
    response = alice.post(section("grunddaten"), data, follow=True)
    request = ChangeRequest.objects.get()
    assert (request.state, request.proposed, request.author) == (
        RequestState.SUBMITTED,
        {"name": "Neuer Name"},
        alice.user,
    )
    assert "Das Kompetenzzentrum sieht sich Ihren Antrag an." in response.content.decode()
    assert "Neuer Name" not in client.get(carrier.get_absolute_url()).content.decode()
    assert "Neuer Name" in words(alice.get(f"/antraege/{request.pk}/"))
    alice.post(section("grunddaten"), data)
    assert ChangeRequest.objects.count() == 1


def test_a_stale_proposal_shows_the_conflict_to_the_centre(alice, carrier):
    data = opened(alice, section("grunddaten")) | {"name": "Vorschlag"}
    Carrier.objects.update(name="Inzwischen anders")
    alice.post(section("grunddaten"), data)
    request = ChangeRequest.objects.get()
    with pytest.raises(actions.ConflictError):
        actions.accept(request=request, by=UserFactory(is_staff=True, is_superuser=True))


@pytest.mark.parametrize(("wish", "state"), [("archivieren", State.ARCHIVED), ("ruhen", State.DORMANT)])
def test_asking_for_another_state(alice, carrier, programme, wish, state):
    alice.post(f"{HOME}status/{wish}/")
    alice.post(f"{HOME}programm/{programme.pk}/status/{wish}/")
    assert [one.proposed for one in ChangeRequest.objects.order_by("pk")] == [{"state": state}, {"state": state}]
    carrier.refresh_from_db()
    assert carrier.state == State.PUBLISHED
    assert alice.post(f"{HOME}status/unsinn/").status_code == 404


def test_a_new_programme_is_a_proposal(alice, carrier):
    place = municipality("Hanau").pk
    url = f"{HOME}programm/neu/"
    assert (
        "Bitte" in alice.post(url, {"title": ""}).content.decode() or alice.post(url, {"title": ""}).status_code == 200
    )
    alice.post(url, {"title": "Neues Programm", "municipality": place, "description": "Worte"})
    request = ChangeRequest.objects.get()
    assert request.kind == ChangeRequest.Kind.NEW
    actions.accept(request=request, by=UserFactory(is_staff=True, is_superuser=True))
    made = Programme.objects.get(title="Neues Programm")
    assert (made.carrier, made.municipality_id, made.state) == (carrier, place, State.DRAFT)


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


def test_the_meter_says_what_is_missing_and_why(alice, carrier, programme):
    response = alice.get(HOME)
    text = response.content.decode()
    assert "Viele lernen noch Deutsch." in text
    parts = items(Carrier.objects.for_workspace().get(pk=carrier.pk))
    assert response.context["complete"] == percentage(parts)
    Carrier.objects.update(description_easy="Kurz.")
    assert alice.get(HOME).context["complete"] > percentage(parts)


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


def pages(carrier, programme):
    return [
        HOME,
        *(section(slug) for slug in CARRIER_SECTIONS),
        *(programme_section(programme, slug) for slug in PROGRAMME_SECTIONS),
        f"{HOME}verlauf/",
        f"{HOME}team/",
        f"{HOME}bilder/",
        f"{HOME}bilder/neu/logo/",
        f"{HOME}programm/neu/",
    ]


def test_strangers_find_nothing(charlie, carrier, programme, client):
    for url in pages(carrier, programme):
        assert charlie.get(url).status_code == 404, url
        assert charlie.post(url, {}).status_code in {404, 405}, url
        assert client.get(url).status_code == 302, url
    for action in ("bestaetigen", "rueckgaengig", "status/archivieren"):
        assert charlie.post(f"{HOME}{action}/").status_code == 404
    assert not ChangeRequest.objects.exists()


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


@pytest.mark.parametrize("programmes", [1, 3])
def test_queries(alice, carrier, programmes, django_assert_num_queries):
    for _ in range(programmes):
        ProgrammeFactory(carrier=carrier, languages=["ara", "tur"], covers=["Hanau"], fields=["wohnen"])
    with django_assert_num_queries(14):
        alice.get("/mein/")
    with django_assert_num_queries(14):
        alice.get(HOME)


def test_a_reminder_leads_to_the_form(client, carrier):
    token = tokens.make(carrier, "alice@example.org")
    CarrierInternal.objects.create(carrier=carrier, contact_email="alice@example.org")
    text = client.get(f"/aktuell/{token}/aendern/").content.decode()
    assert f'href="{HOME}"' in text
    assert f'href="/traeger/{carrier.slug}/fehler-melden/"' in text
