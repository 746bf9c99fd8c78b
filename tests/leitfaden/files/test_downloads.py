"""Who gets which file, and under which name."""

import hashlib

import pytest

from leitfaden import editions
from leitfaden.files import tasks
from leitfaden.models import BuildState, EditionBuild, FileKind

pytestmark = pytest.mark.django_db
PAGE = "/leitfaden/2026-1/dateien/"
BUILD = "/leitfaden/2026-1/dateien/erzeugen/"
PDF = "/leitfaden/2026-1/herunterladen/leitfaden-2026-1.pdf"


@pytest.fixture
def published(edition, alice):
    editions.keep_file(edition=edition, kind=FileKind.PDF, content=b"%PDF")
    return editions.publish(edition=edition, by=alice)


def test_a_file_of_a_published_edition(client, published):
    response = client.get(PDF)
    digest = hashlib.sha256(b"%PDF").hexdigest()
    assert (response.status_code, response.content) == (200, b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    name = "Empfehlungs-Leitfaden-fuer-Basisqualifizierungen-2026.1.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["ETag"] == f'"{digest}"'
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(PDF, headers={"If-None-Match": f'"{digest}"'}).status_code == 304
    assert client.head(PDF).status_code == 200
    assert digest in client.get(PAGE).content.decode()


@pytest.mark.parametrize("name", ["leitfaden-2026-1.epub", "leitfaden-2026-2.pdf", "x.pdf", "leitfaden-2026-1.", "pdf"])
def test_no_other_names(client, published, name):
    assert client.get(f"/leitfaden/2026-1/herunterladen/{name}").status_code == 404


def test_an_approved_edition_is_for_editors(client, edition, alice, charlie):
    editions.keep_file(edition=edition, kind=FileKind.PDF, content=b"%PDF")
    for user in (None, charlie):
        if user:
            client.force_login(user)
        assert [client.get(address).status_code for address in (PAGE, PDF)] == [404, 404]
        assert client.post(BUILD).status_code == 404
    client.force_login(alice)
    assert client.get(PDF)["Cache-Control"] == "private, no-cache"
    assert client.get(PAGE)["Cache-Control"] == "private, no-store"


def test_a_withdrawn_edition(client, published, alice):
    editions.withdraw(edition=published, reason="Ein Fehler.", by=alice)
    for address in (PAGE, PDF):
        response = client.get(address)
        assert response.status_code == 410
        assert "Ein Fehler." in response.content.decode()
    client.force_login(alice)
    assert [client.get(address).status_code for address in (PAGE, PDF)] == [200, 200]


def test_progress(client, published):
    EditionBuild.objects.create(
        edition=published, kind=FileKind.EPUB, state=BuildState.RUNNING, percent=20, message="Der Text wird gesetzt."
    )
    EditionBuild.objects.create(edition=published, kind=FileKind.DOCX, state=BuildState.FAILED, message="Ging nicht.")
    page = client.get(PAGE).content.decode()
    assert 'value="20"' in page
    assert "Der Text wird gesetzt." in page
    assert "Ging nicht." in page
    assert "hx-get" in page
    assert BUILD not in page
    EditionBuild.objects.update(state=BuildState.DONE)
    assert "hx-get" not in client.get(PAGE).content.decode()


@pytest.fixture
def quick(monkeypatch):
    """Builders that need no time."""
    monkeypatch.setattr(tasks, "BUILDERS", {kind: lambda book: book.title.encode() for kind in tasks.BUILDERS})


@pytest.mark.usefixtures("quick")
def test_building_by_button(client, published, alice, charlie, django_capture_on_commit_callbacks):
    client.force_login(charlie)
    assert client.post(BUILD).status_code == 403
    client.force_login(alice)
    assert BUILD in client.get(PAGE).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(BUILD, follow=True)
    assert "werden erzeugt" in response.content.decode()
    assert published.files.count() == 4
    assert BUILD not in client.get(PAGE).content.decode()


def test_queries(client, published, django_assert_num_queries):
    with django_assert_num_queries(5) as captured:
        client.get(PAGE)
    assert sum("leitfaden_" in query["sql"] for query in captured.captured_queries) == 3
