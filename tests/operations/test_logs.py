"""Log lines of a server: enough to find a mistake, and nothing about people."""

import logging
import re
import smtplib
import time
from types import SimpleNamespace

import pytest
from django.core.mail import EmailMessage
from django.db import DataError, IntegrityError, OperationalError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import UserFactory
from vielfalt.accounts.models import User
from vielfalt.mail.tasks import deliver
from vielfalt.operations import requests
from vielfalt.operations.logs import without_people
from vielfalt.public import views

pytestmark = pytest.mark.django_db

# Not in the lines that raise them: those are the code's own, and stand in a traceback.
ALICE = "alice@example.org"
REFUSED = smtplib.SMTPRecipientsRefused({"bob@example.org": (550, b"<bob@example.org> unknown")})


@pytest.fixture
def failing(client, monkeypatch):
    """A client of a portal whose home page does what it is told."""
    client.raise_request_exception = False

    def fail(do):
        monkeypatch.setattr(views, "figures", do)
        return client

    return fail


def raising(error):
    def do(*_):
        raise error

    return do


def only(lines):
    (line,) = lines
    return line


def test_an_error_in_a_view(failing, lines):
    client = failing(raising(OperationalError("out of memory")))
    assert client.get("/?ort=63065&sprache=ara", headers={"X-Request-ID": "0123456789abcdef"}).status_code == 500
    line = only(lines())
    assert {name: line[name] for name in ("level", "logger", "message", "status", "request", "method", "path")} == {
        "level": "ERROR",
        "logger": "django.request",
        "message": "Internal Server Error: /",
        "status": 500,
        "request": "0123456789abcdef",
        "method": "GET",
        "path": "/",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["time"])
    assert 0 <= line["seconds"] < 10
    assert "vielfalt/public/views.py" in line["exception"]
    assert line["exception"].endswith("django.db.utils.OperationalError: out of memory")


def test_no_line_says_what_somebody_looked_for(failing, lines):
    failing(raising(ValueError("63065 is no place"))).get("/?ort=63065&sprache=ara")
    text = str(lines())
    assert "63065" not in text
    assert "sprache" not in text


def test_an_error_of_the_database_repeats_nothing_that_somebody_typed(failing, lines):
    UserFactory(email=ALICE)

    def twice():
        with transaction.atomic():
            User.objects.create(email=ALICE)

    failing(twice).get("/")
    line = only(lines())
    assert "psycopg.errors.UniqueViolation" in line["exception"]
    assert line["exception"].endswith("django.db.utils.IntegrityError")
    assert "alice" not in str(line)


@pytest.mark.parametrize("error", [DataError, IntegrityError, ValueError, KeyError])
def test_causes_are_told_without_their_words(failing, lines, error):
    def twice():
        try:
            raise error("Alice Geheim")
        except error as cause:
            raise RuntimeError("Bob Geheim") from cause

    failing(twice).get("/")
    told = only(lines())["exception"]
    assert "Geheim" not in re.sub(r"raise .*", "", told)
    assert error.__qualname__ in told
    assert told.endswith("builtins.RuntimeError")


@pytest.mark.parametrize(
    ("given_id", "is_kept"),
    [("req-0123-ABC", True), ("kurz", False), ("x" * 65, False), ("alice@example.org", False), ('","level":"', False)],
)
def test_the_id_of_a_proxy_is_kept_if_it_is_harmless(failing, lines, given_id, is_kept):
    failing(raising(ValueError())).get("/", headers={"X-Request-ID": given_id})
    request_id = only(lines())["request"]
    assert (request_id == given_id) is is_kept
    assert is_kept or re.fullmatch("[0-9a-f]{32}", request_id)


def test_a_slow_request(failing, lines, monkeypatch):
    monkeypatch.setattr(requests, "SLOW_SECONDS", 0.1)
    client = failing(lambda: time.sleep(0.2) or [])
    assert client.get("/?ort=63065").status_code == 200
    line = only(lines())
    assert (line["message"], line["level"], line["status"], line["path"]) == ("Slow request", "WARNING", 200, "/")
    assert line["seconds"] >= 0.2


def test_what_is_not_found_is_the_proxys_business(client, lines):
    client.get("/gibt-es-nicht/?ort=63065")
    client.post("/konto/anmelden/", {"login": "alice@example.org", "password": "falsch"})
    assert lines() == []


def test_secrets_in_addresses_are_not_logged(client, lines, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("vielfalt.mail.views.address_of", raising(OperationalError("alice:1a2b")))
    client.get("/post/abbestellen/alice:1a2b/")
    line = only(lines())
    assert line["path"] == "/post/abbestellen/…/"
    assert line["message"] == "Internal Server Error: /post/abbestellen/…/"
    assert "1a2b" not in str(line)


def test_a_line_after_the_request_does_not_belong_to_it(client, lines):
    client.get("/robots.txt")
    logging.getLogger("vielfalt").warning("later")
    assert set(only(lines())) == {"time", "level", "logger", "message"}


def test_a_mail_that_fails_in_the_worker(queue, lines, monkeypatch):
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", raising(REFUSED))
    EmailMessage("Betreff Geheim", "Text Geheim", to=["bob@example.org"]).send()
    deliver.call()
    line = only(line for line in lines() if line["level"] == "ERROR")
    assert line["logger"] == "post_office"
    assert "SMTPRecipientsRefused" in line["exception"]
    assert "550" in line["exception"]
    assert "bob" not in str(lines())
    assert "Geheim" not in str(lines())


def test_a_line_holds_nothing_else(lines):
    logging.getLogger("x").error(
        "m", extra={"user": "Alice", "ip": "8.8.8.8", "request": SimpleNamespace(path="/?q=1")}
    )
    assert set(only(lines())) == {"time", "level", "logger", "message"}


def test_warnings_of_python_are_lines(lines):
    logging.getLogger("py.warnings").warning("views.py:1: DocumentWarning: no alt")
    assert only(lines())["logger"] == "py.warnings"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Invalid request from ip=93.184.216.34: bad", "Invalid request from ip=…: bad"),
        ("Invalid request from ip=2a02:8108::1: bad", "Invalid request from ip=…: bad"),
        ("Error handling request GET /karte/?ort=63065&q=a", "Error handling request GET /karte/"),
        ("from 93.184.216.34:8000, [2a02:8108::1]:443", "from …:8000, […]:443"),
        ("postgres://portal:secret@db/x", "…@…"),
        ("<bob.muster+x@sub.example.org> refused", "<…@…> refused"),
        ("Listening at: http://127.0.0.1:8000 (12)", "Listening at: http://127.0.0.1:8000 (12)"),
        ("server at 10.0.0.5, port 5432 at 12:30:45", "server at 10.0.0.5, port 5432 at 12:30:45"),
        ("Wirklich? Ja.", "Wirklich? Ja."),
    ],
)
def test_what_is_left_out(text, left):
    assert without_people(text) == left


@given(st.ip_addresses(v=4).filter(lambda ip: ip.is_global), st.text(alphabet=" ,;()='\"[]", min_size=1, max_size=3))
def test_no_visitors_address_is_left(ip, around):
    assert str(ip) not in without_people(f"from{around}{ip}{around}to")


def test_developers_read_sentences(settings):
    """Tests run with DEBUG=1, as developers do."""
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "readable"
