"""Pictures of carriers: what is asked for, who sees them, and what becomes of their files."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from lotsen.models import Carrier, CarrierMembership, CarrierPicture
from lotsen.pictures import CarrierPictureForm
from tests.factories import CarrierFactory, ProgrammeFactory, UserFactory, curator
from tests.pictures.files import drawing, encoded, upload
from vielfalt.listings.history import timeline
from vielfalt.listings.models import State
from vielfalt.pictures.actions import save_picture
from vielfalt.pictures.forms import own_picture_form

OwnPictureForm = own_picture_form(CarrierPicture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

SAID = {"alt": "Eine Lotsin am Schalter", "author": "Stadt Muster", "licence": "eigenes"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A folder of its own for the files of each test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*.webp"))


def add(carrier, content=None, *, is_logo=False, **said):
    form = OwnPictureForm({**SAID, **said}, {"upload": upload(content)}, organisation=carrier, is_logo=is_logo)
    picture = save_picture(form)
    assert picture, form.errors
    return picture


def errors(form):
    assert save_picture(form) is None
    return {name: list(texts) for name, texts in form.errors.items()}


class TestForm:
    def test_everything_that_is_missing_is_said_at_once(self):
        form = OwnPictureForm({}, {}, organisation=CarrierFactory())
        assert errors(form) == {
            "upload": ["Bitte wählen Sie eine Datei."],
            "alt": ["Bitte beschreiben Sie, was auf dem Bild zu sehen ist."],
            "author": ["Dieses Feld ist zwingend erforderlich."],
            "licence": ["Dieses Feld ist zwingend erforderlich."],
        }

    def test_a_logo_needs_no_description(self):
        picture = add(CarrierFactory(), is_logo=True, alt="")
        assert picture.is_logo
        assert (picture.width, picture.height) == (480, 320)

    def test_the_name_of_a_file_says_nothing_and_is_not_kept(self):
        form = OwnPictureForm(SAID, {"upload": upload(name="../../Familie Geheim.png")}, organisation=CarrierFactory())
        picture = save_picture(form)
        assert picture.file.name.startswith("bilder/")
        assert len(picture.file.name) == len("bilder/.webp") + 32
        assert picture.file.name != picture.small.name

    @pytest.mark.parametrize(
        ("content", "name", "message"),
        [
            (b"<svg/>", "bild.jpg", "GIF, SVG und HEIC gehen nicht"),
            (encoded(kind="GIF"), "bild.png", "GIF, SVG und HEIC gehen nicht"),
            (encoded()[:2000], "bild.jpg", "beschädigt"),
            (b"", "bild.jpg", "Diese Datei ist leer"),
        ],
    )
    def test_a_wrong_file_is_said_in_a_sentence(self, content, name, message):
        form = OwnPictureForm(SAID, {"upload": upload(content, name)}, organisation=CarrierFactory())
        assert message in errors(form)["upload"][0]

    def test_the_content_counts_and_not_the_ending(self):
        form = OwnPictureForm(SAID, {"upload": upload(encoded(kind="PNG"), "bild.txt")}, organisation=CarrierFactory())
        assert save_picture(form)

    def test_six_pictures_and_a_logo(self):
        carrier = CarrierFactory()
        slots = [add(carrier).slot for _ in range(6)]
        slots.append(add(carrier, is_logo=True).slot)
        assert slots == [1, 2, 3, 4, 5, 6, 0]
        full = OwnPictureForm(SAID, {"upload": upload()}, organisation=carrier)
        assert errors(full)["__all__"] == ["Es sind schon sechs Bilder da. Bitte löschen Sie erst eines."]
        second = OwnPictureForm(SAID, {"upload": upload()}, organisation=carrier, is_logo=True)
        assert errors(second)["__all__"] == ["Inzwischen ist dort schon ein Bild. Bitte laden Sie die Seite neu."]
        carrier.pictures.get(slot=3).delete()
        assert add(carrier).slot == 3

    def test_words_are_changed_without_a_new_file(self, media):
        picture = add(CarrierFactory())
        before = files(media)
        form = OwnPictureForm({**SAID, "alt": "Anders"}, {}, instance=picture)
        assert save_picture(form).alt == "Anders"
        assert files(media) == before


@pytest.mark.parametrize("values", [{"slot": 7}, {"slot": 1}, {"slot": 2, "alt": ""}])
def test_the_database_keeps_the_limits(values):
    picture = add(CarrierFactory())
    picture.pk, picture._state.adding = None, True
    for name, value in values.items():
        setattr(picture, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        picture.save()


class TestFiles:
    def test_replaced_files_are_removed_after_commit(self, media, django_capture_on_commit_callbacks):
        picture = add(CarrierFactory())
        old = files(media)
        form = OwnPictureForm(SAID, {"upload": upload(encoded(drawing((300, 300))))}, instance=picture)
        with django_capture_on_commit_callbacks() as callbacks:
            save_picture(form)
        assert set(old) < set(files(media))
        for callback in callbacks:
            callback()
        picture.refresh_from_db()
        assert files(media) == sorted([picture.file.name, picture.small.name])
        assert (picture.width, picture.height) == (300, 300)

    @pytest.mark.parametrize("how", ["picture", "queryset", "carrier"])
    def test_deleted_files_are_removed_however_they_are_deleted(self, media, how, django_capture_on_commit_callbacks):
        picture = add(CarrierFactory())
        thing = {"picture": picture, "queryset": CarrierPicture.objects.all(), "carrier": picture.organisation}[how]
        with django_capture_on_commit_callbacks(execute=True):
            thing.delete()
            assert len(files(media)) == 2
        assert files(media) == []

    def test_a_rolled_back_deletion_keeps_the_files(self, media):
        picture = add(CarrierFactory())
        with transaction.atomic():
            picture.delete()
            transaction.set_rollback(True)
        assert len(files(media)) == 2
        assert CarrierPicture.objects.exists()


class TestAccess:
    @pytest.fixture
    def picture(self):
        carrier = CarrierFactory()
        CarrierMembership.objects.create(organisation=carrier, user=UserFactory(email="bob@example.org"))
        return add(carrier)

    @pytest.mark.parametrize("size", ["url", "small_url"])
    def test_of_a_public_entry(self, client, picture, size):
        response = client.get(getattr(picture, size))
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "image/webp"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert "Set-Cookie" not in response.headers
        again = client.get(getattr(picture, size), headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_of_an_entry_that_is_not_public(self, client, picture, state):
        Carrier.objects.update(state=state)
        answers = {"anonymous": client.get(picture.url).status_code}
        for name, user in {
            "member": picture.organisation.memberships.get().user,
            "stranger": UserFactory(),
            "staff": curator(),
        }.items():
            client.force_login(user)
            response = client.get(picture.url)
            answers[name] = response.status_code
            if response.status_code == 200:
                assert "no-cache" in response.headers["Cache-Control"]
        assert answers == {"anonymous": 404, "stranger": 404, "member": 200, "staff": 200}

    @pytest.mark.parametrize(
        "name", ["bilder/nix.webp", "../settings.py", "..%2F..%2Fmanage.py", "%00", "bilder/", "/etc/passwd"]
    )
    def test_nothing_else_is_served(self, client, picture, name):
        assert client.get(f"/medien/{name}").status_code == 404

    def test_a_lost_file_is_not_found(self, client, picture):
        default_storage.delete(picture.file.name)
        assert client.get(picture.url).status_code == 404


def test_on_the_pages(client):
    carrier = CarrierFactory(name="Stadt Muster")
    ProgrammeFactory(carrier=carrier)
    logo, picture = add(carrier, is_logo=True, alt=""), add(carrier, licence="cc-by")
    page = client.get(carrier.get_absolute_url()).text
    assert f'<img src="{logo.url}" alt="Stadt Muster"' in page
    assert f'src="{picture.small_url}"' in page
    assert f"{picture.small_url} 640w, {picture.url} 1200w" in page
    assert 'alt="Eine Lotsin am Schalter" width="1200" height="800"' in page
    assert "Bild: Stadt Muster, CC BY 4.0" in page
    assert f'<img src="{logo.url}" alt=""' in client.get("/karte/").text


def test_without_pictures_nothing_is_shown(client):
    carrier = CarrierFactory()
    ProgrammeFactory(carrier=carrier)
    for address in (carrier.get_absolute_url(), "/karte/"):
        assert "/medien/" not in client.get(address).text
        assert 'id="bilder"' not in client.get(address).text


def test_the_history_tells_of_pictures():
    carrier = CarrierFactory()
    add(carrier)
    added = [change.added for moment in timeline(carrier, internal=True) for change in moment.changes]
    assert added == [("Bild 1: Eine Lotsin am Schalter",)]


def test_in_the_admin(client, editor):
    carrier = CarrierFactory()
    page = client.get(f"/verwaltung/lotsen/carrier/{carrier.pk}/change/")
    data = {}
    for formset in page.context["inline_admin_formsets"]:
        for field in formset.formset.management_form:
            data[field.html_name] = field.value()
    for name, value in page.context["adminform"].form.initial.items():
        data[name] = "" if value is None else value
    data |= {"pictures-TOTAL_FORMS": 1, "pictures-0-slot": 0, "pictures-0-upload": upload()}
    data |= {f"pictures-0-{name}": value for name, value in SAID.items()}
    response = client.post(f"/verwaltung/lotsen/carrier/{carrier.pk}/change/", data)
    assert response.status_code == 302, [one.errors for one in response.context["inline_admin_formsets"]]
    picture = carrier.pictures.get()
    assert picture.is_logo
    assert picture.small_url in client.get(f"/verwaltung/lotsen/carrier/{carrier.pk}/change/").text


def test_the_admins_form_knows_the_places():
    assert list(CarrierPictureForm().fields) == ["upload", "slot", "alt", "author", "licence"]
