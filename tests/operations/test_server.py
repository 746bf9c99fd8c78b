"""The portal in gunicorn with the settings of a server, behind a proxy, and what becomes of it without its database."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import databases, serving
from tests.test_settings import COMPLETE

BACK_WITHIN_SECONDS = 15
MOST = 4
"""Connections to the database, unless an operator says otherwise."""


@pytest.fixture(scope="module")
def served(shared, worker_id, tmp_path_factory):
    """Address, log and database of a portal without entries."""
    database = f"served_{worker_id}"
    databases.create(database, template=databases.with_reference())
    folder = tmp_path_factory.mktemp("served")
    environment = {
        **os.environ,
        **COMPLETE,
        "DEBUG": "0",
        "DEMO": "0",
        "BEHIND_PROXY": "1",
        "DJANGO_SETTINGS_MODULE": "vielfalt.settings",
        "DATABASE_URL": databases.url(database),
        "STATIC_ROOT": str(folder),
        "MEDIA_ROOT": str(folder),
    }
    with serving.serving(environment, folder / "log", probe="/healthz") as server:
        yield server.address, folder / "log", database


def get(served, path, **headers):
    connection = HTTPConnection(urlsplit(served[0]).netloc, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": "portal.example.org", "X-Forwarded-Proto": "https"} | headers)
        response = connection.getresponse()
        return response.status, response.read().decode(), dict(response.getheaders())
    finally:
        connection.close()


def execute(statement, *values):
    with psycopg.connect(databases.url("postgres"), autocommit=True) as connection:
        connection.execute(statement, values)


def lines(served):
    return [json.loads(line) for line in served[1].read_text().splitlines()]


def disconnect(database):
    """End all connections, and wait until they have ended."""
    execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", database)


def connections_to(database):
    with psycopg.connect(databases.url("postgres")) as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
        return connection.execute(query, [database]).fetchone()[0]


def test_a_probe_needs_neither_https_nor_the_name(served):
    plain = {"X-Forwarded-Proto": "http"}
    assert get(served, "/karte/daten.geojson", **plain)[0] == 301
    assert get(served, "/karte/daten.geojson", Host="10.0.0.7")[0] != 200
    status, text, headers = get(served, "/healthz", Host="10.0.0.7", **plain)
    assert (status, text) == (200, "ok\n")
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == "no-store"


def test_a_restart_of_the_database_is_not_noticed(served):
    for _ in range(3):
        disconnect(served[2])
        assert [get(served, "/karte/daten.geojson")[0] for _ in range(3)] == [200, 200, 200]


def test_not_even_when_all_connections_of_the_pool_end(served):
    with ThreadPoolExecutor(MOST) as readers:
        for _ in range(10):
            list(readers.map(lambda _: get(served, "/karte/daten.geojson"), range(2 * MOST)))
            if connections_to(served[2]) == MOST:
                break
    assert connections_to(served[2]) == MOST
    disconnect(served[2])
    assert get(served, "/karte/daten.geojson")[0] == 200


def test_without_the_database_and_when_it_is_back(served):
    execute(f"ALTER DATABASE {served[2]} ALLOW_CONNECTIONS false")
    disconnect(served[2])
    status, text, _ = get(served, "/healthz")
    assert (status, text) == (503, "Die Datenbank ist nicht erreichbar.\n")
    assert get(served, "/karte/daten.geojson?ort=63065", **{"X-Request-ID": "0123456789abcdef"})[0] == 500
    # Long enough for the pool to have tried in vain.
    time.sleep(4)
    execute(f"ALTER DATABASE {served[2]} ALLOW_CONNECTIONS true")
    until = time.monotonic() + BACK_WITHIN_SECONDS
    while (status := get(served, "/healthz")[0]) != 200 and time.monotonic() < until:
        time.sleep(0.5)
    assert status == 200
    assert get(served, "/karte/daten.geojson")[0] == 200
    failed = [line for line in lines(served) if line.get("request") == "0123456789abcdef" and line["level"] == "ERROR"]
    assert [(line["status"], line["path"]) for line in failed] == [(500, "/karte/daten.geojson")]


def test_every_line_is_an_object_also_gunicorns_and_says_nothing_of_questions(served):
    assert get(served, "/karte/daten.geojson?ort=63065&sprache=ara")[0] == 200
    logged = lines(served)
    assert {"time", "level", "logger", "message"} <= set.intersection(*map(set, logged))
    assert "gunicorn.error" in {line["logger"] for line in logged}
    assert "63065" not in served[1].read_text()
