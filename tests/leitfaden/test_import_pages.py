"""Taking over a file on the pages: everything is shown before anything is written."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leitfaden.changes import Edit
from leitfaden.models import Revision
from tests.leitfaden.pages import seen_on, url
from tests.leitfaden.texts import editor, head, passage, save, text, words
from vielfalt.listings.models import PendingImport

pytestmark = pytest.mark.django_db

FILE = """# Rolle und Aufgaben

## Einführung

eins

<iframe src="x"></iframe>

vier
"""


@pytest.fixture
def desk(client, alice):
    client.force_login(alice)
    return client


def upload(client, content=FILE):
    file = SimpleUploadedFile("text.md", content if isinstance(content, bytes) else content.encode())
    return client.post(url("import"), {"file": file})


def test_what_cannot_be_taken_is_listed_before_anything_is_written(desk, document):
    answer = upload(desk)
    page = unescape(desk.get(answer.url).content.decode())
    assert "HTML im Text wird nicht übernommen" in page
    assert "entfernt" in page
    assert Revision.objects.count() == 2
    data = {"gesehen": seen_on(desk.get(answer.url)), "note": "Aus Datei"}
    assert desk.post(answer.url, data).status_code == 302
    assert "vier" in words(document)
    assert "drei" not in words(document)
    assert head(document).note == "Aus Datei"
    assert not PendingImport.objects.exists()
    # The second click of a double click finds it done.
    assert desk.post(answer.url, data).status_code == 302
    assert Revision.objects.count() == 3


def test_somebody_else_saved_meanwhile(desk, document, bob):
    answer = upload(desk)
    seen = seen_on(desk.get(answer.url))
    save(document, Edit(passage(document, "eins").version, text("von Bob")), by=bob)
    again = desk.post(answer.url, {"gesehen": seen, "note": ""})
    assert again.status_code == 409
    assert "Das ist der neue Plan" in unescape(again.content.decode())
    assert "von Bob" in words(document)
    assert desk.post(answer.url, {"gesehen": seen_on(again), "note": ""}).status_code == 302
    assert "von Bob" not in words(document)


def test_giving_up_and_others_files(desk, document):
    answer = upload(desk)
    desk.force_login(editor("Bob"))
    assert desk.get(answer.url).status_code == 404
    desk.force_login(PendingImport.objects.get().uploaded_by)
    desk.post(answer.url, {"abbrechen": "1"})
    assert not PendingImport.objects.exists()
    assert Revision.objects.count() == 2


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04kaputt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe\x00x", b"x" * 6_000_000]
)
def test_files_that_cannot_be_read(desk, document, content):
    answer = upload(desk, content)
    assert answer.status_code == 422
    assert 'class="kern-error"' in answer.content.decode() or "lässt sich so nicht" in answer.content.decode()
    assert not PendingImport.objects.exists()
