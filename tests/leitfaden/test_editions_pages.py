"""The pages on which editions become public, and who may do what there."""

from html import unescape

import pytest
from django.contrib.auth.models import Permission

from leitfaden import editions
from leitfaden.changes import Edit
from leitfaden.models import BuildState, Edition, EditionBuild, EditionState, FileKind
from tests.factories import UserFactory
from tests.leitfaden.pages import url
from tests.leitfaden.texts import passage, save, text
from vielfalt.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    """Edits the text and publishes nothing."""
    user = UserFactory(name="Text", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_document"))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def edition(document, alice):
    return editions.create_edition(document=document, label="2026.1", revision=document.head, by=alice)


def move(client, user, name, **data):
    client.force_login(user)
    return client.post(url("move_edition", "2026-1", name), data)


def review(client, user):
    client.force_login(user)
    return unescape(client.get(url("review_edition", "2026-1")).content.decode())


def state():
    return Edition.objects.get(slug="2026-1").state


@pytest.mark.usefixtures("document")
def test_from_a_revision_to_a_published_edition(client, alice, bob, settings, django_capture_on_commit_callbacks):
    # The files are built elsewhere; here it is enough that they wait for it.
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    client.force_login(alice)
    answer = client.post(url("new_edition"), {"label": "2026.1", "revision": "2", "note": "Die erste."})
    assert answer.url == url("review_edition", "2026-1")
    assert "Noch fehlen Freigaben von 2 Personen." in review(client, alice)
    move(client, alice, "freigeben")
    assert "Sie haben diese Ausgabe schon freigegeben. Jetzt braucht es eine zweite Person." in review(client, alice)
    move(client, alice, "freigeben")
    assert state() == EditionState.DRAFT
    move(client, alice, "veroeffentlichen")
    assert state() == EditionState.DRAFT
    move(client, bob, "freigeben")
    assert state() == EditionState.APPROVED
    with django_capture_on_commit_callbacks(execute=True):
        move(client, alice, "veroeffentlichen")
    assert state() == EditionState.PUBLISHED
    assert EditionBuild.objects.filter(edition__slug="2026-1", state=BuildState.WAITING).count() == len(FileKind)
    # A second click says how it stands and does nothing.
    assert (
        "Das geht nicht" in client.post(url("move_edition", "2026-1", "veroeffentlichen"), follow=True).content.decode()
    )


def test_giving_back(client, edition, alice, bob):
    move(client, alice, "freigeben")
    move(client, bob, "freigeben")
    move(client, bob, "zurueckgeben")
    assert state() == EditionState.DRAFT
    assert not edition.approvals.exists()


def test_withdrawing_needs_a_reason(client, edition, alice, bob):
    for person in (alice, bob):
        editions.approve(edition=edition, by=person)
    editions.publish(edition=edition, by=alice)
    assert move(client, alice, "zurueckziehen", reason=" ").status_code == 422
    assert state() == EditionState.PUBLISHED
    move(client, alice, "zurueckziehen", reason="Modul 3 ist veraltet.")
    assert state() == EditionState.WITHDRAWN
    assert "Modul 3 ist veraltet." in review(client, alice)


def test_who_only_writes_sees_why_not(client, edition, writer):
    page = review(client, writer)
    assert "Dafür sind in der Redaktion andere zuständig." in page
    move(client, writer, "freigeben")
    assert not edition.approvals.exists()
    assert client.get(url("new_edition")).status_code == 403
    assert client.post(url("delete_edition", "2026-1")).status_code == 404


def test_the_review_shows_what_changed_since_the_last_edition(client, document, edition, alice, bob):
    for person in (alice, bob):
        editions.approve(edition=edition, by=person)
    editions.publish(edition=edition, by=alice)
    revision = save(document, Edit(passage(document, "zwei").version, text("zwei und mehr")), by=bob)
    editions.create_edition(document=document, label="2026.2", revision=revision, by=bob)
    client.force_login(alice)
    page = unescape(client.get(url("review_edition", "2026-2")).content.decode())
    assert "Das ist anders als in Ausgabe 2026.1" in page
    assert "1 Abschnitt geändert." in page
    assert "und mehr" in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"label": "Frühling", "revision": "2"}, "Bitte Jahr und Nummer"),
        ({"label": "2026.1", "revision": "99"}, "Diesen Stand gibt es nicht."),
        ({"label": "2026.1", "revision": "2"}, "gibt es schon"),
        ({"label": "2026.2", "revision": "99999999999999999999"}, "Diesen Stand gibt es nicht."),
    ],
)
def test_what_cannot_be_an_edition(client, edition, alice, sent, sentence):
    client.force_login(alice)
    answer = client.post(url("new_edition"), sent)
    assert answer.status_code == 422
    assert sentence in unescape(answer.content.decode())
    assert Edition.objects.count() == 1


def test_a_draft_can_be_deleted(client, edition, alice):
    client.force_login(alice)
    client.post(url("delete_edition", "2026-1"))
    assert not Edition.objects.exists()
