"""Probes: fast, without log-in, HTTPS, cookies or the right name, and true."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from vielfalt.operations import health

pytestmark = pytest.mark.django_db


def test_a_portal_that_can_serve(client, django_assert_num_queries):
    client.get("/healthz")
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not response.cookies


def test_a_probe_comes_by_the_address_of_the_machine_and_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/robots.txt").status_code == 301
    assert client.get("/healthz", headers={"Host": "10.0.0.7:8000"}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_probe_only_asks(client, method):
    assert getattr(client, method)("/healthz").status_code == 405


def test_head(client):
    assert client.head("/healthz").status_code == 200


def test_a_migration_is_missing(client):
    MigrationRecorder.Migration.objects.filter(app="lotsen").latest("pk").delete()
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (503, "Die Datenbank ist nicht auf dem Stand dieses Programms.\n")
    assert response.headers["Cache-Control"] == "no-store"


def test_a_database_without_anything(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO somewhere_else")
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (503, "Die Datenbank ist nicht auf dem Stand dieses Programms.\n")


def test_a_database_that_is_ahead(client):
    """While a new version is rolled out, the old processes go on serving."""
    MigrationRecorder(connection).record_applied("lotsen", "9999_later")
    assert client.get("/healthz").status_code == 200


def test_no_database(client, monkeypatch, lines):
    def refuse(*_):
        raise OperationalError("connection refused")

    monkeypatch.setattr(MigrationRecorder.Migration.objects, "values_list", refuse)
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (503, "Die Datenbank ist nicht erreichbar.\n")
    assert {line["message"] for line in lines()} == {
        "The database cannot be reached",
        "Service Unavailable: /healthz",
    }


def test_what_is_known_are_the_migrations_of_all_apps():
    assert health.known_migrations() == set(MigrationLoader(None).disk_migrations)
