"""Which answers are kept, for whom, and for how long."""

import gzip
import os
from datetime import timedelta

import brotli
import pytest
import time_machine
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lotsen.models import Carrier
from tests.factories import CarrierFactory, MigrantOrganisationFactory, NoticeFactory, UserFactory
from vielfalt.answers.keeping import Answer, Kept
from vielfalt.answers.values import kept as kept_value
from vielfalt.answers.values import using
from vielfalt.listings import public
from vielfalt.listings.models import State

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/",
    "/karte/",
    "/karte/daten.geojson",
    "/karte/eintraege.geojson",
    "/traeger/",
    "/traeger/erster/",
    "/migrantenorganisationen/",
]
PAGES += [
    "/migrantenorganisationen/erste/",
    "/sucht-bietet/",
    "/sucht-bietet/neues.atom",
    "/leitfaden/",
    "/sitemap.xml",
]
PAGES += ["/impressum/", "/migrantenorganisationen/anmeldebogen.pdf"]


@pytest.fixture(autouse=True)
def _entries():
    CarrierFactory(name="Erster Träger", slug="erster")
    NoticeFactory(organisation=MigrantOrganisationFactory(slug="erste"), title="Raum gesucht")


def queries(client, path, **options):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path, **options)
    return response, len(captured)


@pytest.mark.parametrize("path", PAGES)
def test_the_second_answer_takes_one_query_and_is_the_same(reader, path):
    first = reader.get(path)
    second, number = queries(reader, path)
    assert first.status_code == second.status_code == 200
    assert number == 1
    assert first.content == second.content
    assert first.headers == second.headers
    assert second["Cache-Control"] == "public, no-cache"
    assert "default-src 'none'" in second["Content-Security-Policy"]
    again, number = queries(reader, path, headers={"If-None-Match": second["ETag"]})
    assert (again.status_code, again.content, number) == (304, b"", 1)


@pytest.mark.parametrize(("accepted", "encoding", "decode"), [
    ("gzip, deflate, br, zstd", "br", brotli.decompress),
    ("gzip", "gzip", gzip.decompress),
    ("deflate", None, bytes),
    ("", None, bytes),
])  # fmt: skip
def test_everybody_gets_what_they_can_read(reader, accepted, encoding, decode):
    plain = reader.get("/traeger/").content
    response = reader.get("/traeger/", headers={"Accept-Encoding": accepted})
    assert response.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in response["Vary"]
    assert int(response["Content-Length"]) == len(response.content)
    assert decode(response.content) == plain


def test_a_change_is_seen_by_the_next_reader(reader):
    assert "Erster Träger" in reader.get("/traeger/").text
    entry = Carrier.objects.get(slug="erster")
    entry.state = State.DORMANT
    entry.save()
    assert "Erster Träger" not in reader.get("/traeger/").text
    assert reader.get("/traeger/erster/").status_code == 404


def test_a_change_that_was_rolled_back_is_none(reader):
    reader.get("/traeger/")
    with transaction.atomic():
        CarrierFactory(name="Doch nicht")
        transaction.set_rollback(True)
    response, number = queries(reader, "/traeger/")
    assert number == 1
    assert "Doch nicht" not in response.text


def test_what_ends_with_the_day_is_gone_the_next_day(reader):
    assert "Raum gesucht" in reader.get("/sucht-bietet/").text
    with time_machine.travel(timezone.now() + timedelta(days=400), tick=True):
        assert "Raum gesucht" not in reader.get("/sucht-bietet/").text


def test_another_address_is_another_answer(reader, settings):
    settings.ALLOWED_HOSTS = ["eins.example", "zwei.example"]
    one = reader.get("/traeger/erster/", headers={"host": "eins.example"}).text
    two = reader.get("/traeger/erster/", headers={"host": "zwei.example"}).text
    assert "eins.example" in one
    assert "zwei.example" in two
    assert "eins.example" not in two
    assert reader.get("/traeger/?kreis=06413", headers={"host": "eins.example"}).text != one
    assert reader.get("/traeger/erster/", headers={"host": "drei.example"}).status_code == 400


def test_nothing_is_kept_for_or_given_to_somebody_who_is_logged_in(reader):
    public = reader.get("/karte/")
    reader.force_login(UserFactory(name="Alice"))
    for _time in range(2):
        own, number = queries(reader, "/karte/")
        assert own["Cache-Control"] == "private, no-cache"
        assert number > 1
    reader.logout()
    assert reader.get("/karte/").content == public.content


def test_a_form_is_nobody_elses(reader):
    for _time in range(2):
        response, number = queries(reader, "/traeger/anmelden/")
        assert number > 1
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/traeger/gibt-es-nicht/", "/migrantenorganisationen/gibt-es-nicht/"])
def test_what_is_not_there_is_not_kept(reader, path):
    first, second = queries(reader, path), queries(reader, path)
    assert first[0].status_code == second[0].status_code == 404
    # The footer may be known already, the page is not.
    assert second[1] > 1


def test_other_methods_reach_the_view(reader):
    reader.get("/traeger/")
    _answer, number = queries(reader, "/traeger/")
    assert number == 1
    with CaptureQueriesContext(connection) as captured:
        assert reader.head("/traeger/").status_code == 200
    assert len(captured) > 1
    assert reader.post("/traeger/").status_code == 405


class TestKept:
    def answer(self, length):
        # What is random can't be compressed.
        return Answer(HttpResponse(os.urandom(length)))

    def test_it_forgets_what_was_asked_for_the_longest_ago(self):
        kept = Kept("now", most_bytes=3_000)
        for key in ("a", "b"):
            kept.keep(key, self.answer(500))
        assert kept.answer("a")
        kept.keep("c", self.answer(500))
        assert [bool(kept.answer(key)) for key in "abc"] == [True, False, True]

    def test_what_is_too_large_is_not_kept(self):
        kept = Kept("now", most_bytes=3_000)
        kept.keep("a", self.answer(1_300))
        assert kept.answer("a") is None

    def test_values_are_worked_out_once_in_a_state(self):
        asked = []

        def work_out():
            asked.append(1)

        for state in ("now", "later"):
            with using(Kept(state)):
                assert kept_value("name", work_out) is kept_value("name", work_out) is None
        assert len(asked) == 2
        kept_value("name", work_out)
        kept_value("name", work_out)
        assert len(asked) == 4


def test_what_somebody_is_working_out_while_things_change_is_kept_for_nobody(reader, monkeypatch):
    def and_change(request, entries):
        context = directory(request, entries)
        Carrier.objects.update(name="Zwischendurch")
        return context

    directory = public.directory
    monkeypatch.setattr(public, "directory", and_change)
    reader.get("/traeger/")
    monkeypatch.undo()
    _response, number = queries(reader, "/traeger/")
    assert number > 1
