"""Media in an S3-compatible store: a real server on this machine, through the portal's pages."""

import contextlib
import json
import socket
import subprocess
import sys
import time

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from tests.factories import CarrierFactory
from tests.pictures.files import upload
from tests.test_settings import COMPLETE, read_settings
from tests.workspace.members import member
from vielfalt.operations.backup import archive, media

pytestmark = pytest.mark.django_db

START_SECONDS = 60
FACTS = {"alt": "Ein Fest", "author": "Stadt", "licence": "eigenes"}


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """The address of an S3 server that keeps everything in memory."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("store") / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        await_(port, server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def await_(port, server, log):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise AssertionError(f"The store does not listen:\n{log.read_text()}")


@pytest.fixture
def bucket(store, settings):
    """A new bucket, and the portal that keeps its media there."""
    name = "medien"
    access = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "eu-central-1"}
    resource = boto3.resource("s3", endpoint_url=store, **access)
    found = resource.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    environment = {"MEDIA_S3_BUCKET": name, "MEDIA_S3_ENDPOINT": store, "MEDIA_S3_REGION": "eu-central-1"}
    environment |= {"MEDIA_S3_KEY": "key", "MEDIA_S3_SECRET": "secret"}
    described = read_settings("__import__('json').dumps(settings.STORAGES)", **COMPLETE, **environment)
    settings.STORAGES = {**settings.STORAGES, "default": json.loads(described)["default"]}
    yield found
    found.objects.delete()
    found.delete()


def names(bucket):
    return sorted(one.key for one in bucket.objects.all())


def test_a_picture_from_upload_to_removal(bucket, reference_data, client, django_capture_on_commit_callbacks):
    carrier = CarrierFactory(slug="eigener")
    alice = member(carrier, "leitung", email="alice@example.org")
    page = "/mein/traeger/eigener/bilder/"
    assert alice.post(f"{page}neu/bild/", FACTS | {"upload": upload()}).status_code == 302
    picture = carrier.pictures.get()
    assert names(bucket) == sorted([picture.file.name, picture.small.name])

    assert picture.url in client.get("/traeger/eigener/").text
    shown = client.get(picture.url)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/webp")
    assert shown.content == bucket.Object(picture.file.name).get()["Body"].read()
    # Nobody gets it from the store itself.
    with pytest.raises(NotImplementedError, match="addresses of the portal"):
        picture.file.url  # noqa: B018

    with django_capture_on_commit_callbacks(execute=True):
        assert alice.post(f"{page}{picture.pk}/", {"entfernen": "1"}).status_code == 302
    assert names(bucket) == []


def test_a_lost_file_is_not_found(bucket, reference_data, client):
    carrier = CarrierFactory(slug="eigener")
    alice = member(carrier, "leitung", email="alice@example.org")
    alice.post("/mein/traeger/eigener/bilder/neu/bild/", FACTS | {"upload": upload()})
    bucket.objects.delete()
    assert client.get(carrier.pictures.get().url).status_code == 404


def test_what_comes_second_gets_another_name(bucket):
    first, second = (default_storage.save("bilder/a.webp", ContentFile(text)) for text in (b"1", b"2"))
    assert first == "bilder/a.webp" != second


def test_it_is_saved_and_written_back(bucket, tmp_path):
    default_storage.save("bilder/a.webp", ContentFile(b"a"))
    default_storage.save("leitfaden/b.webp", ContentFile(b"b"))
    call_command("backup", tmp_path / "alles.zip", verbosity=0)
    with archive.opened(tmp_path / "alles.zip") as backup:
        assert backup.manifest.media == ["bilder/a.webp", "leitfaden/b.webp"]
    bucket.objects.delete()
    for name, content in (("bilder/a.webp", b"a"), ("bilder/a.webp", b"c")):
        media.write(name, content)
        assert media.content(name) == content
    assert list(media.names()) == ["bilder/a.webp"]


def test_without_the_setting_its_library_is_not_loaded():
    loaded = read_settings(
        "__import__('django').setup() or [name for name in __import__('sys').modules if name.startswith('boto')]",
        **COMPLETE,
        DJANGO_SETTINGS_MODULE="vielfalt.settings",
    )
    assert loaded == "[]"
