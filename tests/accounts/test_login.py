"""Logging in: three ways, closed sign-up, and answers that do not tell which addresses are known."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from tests.accounts.conftest import PASSWORD
from tests.factories import UserFactory
from vielfalt.accounts.models import User

pytestmark = pytest.mark.django_db


def log_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_password(client, alice):
    response = log_in(client, "Alice@Example.org")
    assert response.url == "/mein/"
    assert client.get("/konto/").context["user"] == alice


def test_staff_land_in_the_admin(client, staff):
    assert log_in(client, staff.email).url == "/verwaltung/"


def test_code_by_mail(client, alice, mailoutbox):
    response = client.post(reverse("account_request_login_code"), {"email": alice.email}, follow=True)
    assert "Code aus der E-Mail eingeben" in response.text
    code = re.search(r"^\S{6,}$", mailoutbox[-1].body, re.MULTILINE)[0]
    response = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert response.url == "/mein/"


def test_app_with_codes_is_asked_for(client, alice):
    secret = generate_totp_secret()
    TOTP.activate(alice, secret)
    assert log_in(client, alice.email).url == reverse("mfa_authenticate")
    assert client.get("/konto/").status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Dieser Code stimmt nicht" in wrong.text
    code = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == "/mein/"


def test_sessions_are_listed_and_ended(client, alice):
    from django.test import Client

    log_in(other := Client(headers={"user-agent": "Anderer Browser"}), alice.email)
    log_in(client, alice.email)
    assert "Anderer Browser" in client.get(reverse("usersessions_list")).text
    client.post(reverse("usersessions_list"))
    assert other.get("/konto/").status_code == 302
    assert client.get("/konto/").status_code == 200


def test_nobody_signs_up(client, mailoutbox):
    address = reverse("account_signup")
    assert "Konten gibt es auf Einladung" in client.get(address).text
    client.post(address, {"email": "neu@example.org", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()
    assert not mailoutbox


def test_made_by_staff_needs_no_confirmation(client):
    UserFactory(email="neu@example.org", password=PASSWORD)
    assert log_in(client, "neu@example.org").url == "/mein/"


def without_secrets(response, email):
    """The answer with what must differ taken out: the address itself and the form's token."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)
    return response.status_code, response.redirect_chain, text.replace(email, "")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("account_login", {"login": "EMAIL", "password": "falsch"}),
        ("account_request_login_code", {"email": "EMAIL"}),
        ("account_reset_password", {"email": "EMAIL"}),
    ],
)
def test_answers_do_not_tell_whether_an_address_is_known(client, alice, mailoutbox, name, fields):
    from django.test import Client

    answers = []
    for email in (alice.email, "nixda@example.org"):
        data = {key: value.replace("EMAIL", email) for key, value in fields.items()}
        answers.append(without_secrets(Client().post(reverse(name), data, follow=True), email))
    assert answers[0] == answers[1]
    assert answers[0][0] == 200
    # Both get a mail or neither does, or else the time of the answer would tell.
    assert len([mail for mail in mailoutbox if alice.email in mail.to]) == len(mailoutbox) / 2


def test_a_blocked_account_gets_no_code(client, alice, mailoutbox):
    User.objects.update(is_active=False)
    client.post(reverse("account_request_login_code"), {"email": alice.email})
    assert [mail.subject for mail in mailoutbox] == ["Kein Konto mit dieser Adresse"]


def test_many_wrong_passwords_close_the_door(client, alice):
    for _ in range(5):
        log_in(client, alice.email, "falsch")
    assert "zu viele Versuche" in log_in(client, alice.email, PASSWORD).text


def test_many_requests_are_answered_in_the_portals_words(client, alice):
    for _ in range(30):
        client.post(reverse("account_login"))
    response = client.post(reverse("account_login"))
    assert response.status_code == 429
    assert "Bitte einen Moment Geduld" in response.text


def test_forgotten_password(client, alice, link):
    client.post(reverse("account_reset_password"), {"email": alice.email})
    used = link()
    response = client.get(used, follow=True)
    where = response.redirect_chain[-1][0]
    client.post(where, {"password1": "ein neues Wort 8", "password2": "ein neues Wort 8"})
    assert "Dieser Link gilt nicht mehr" in client.get(used, follow=True).text
    assert log_in(client, alice.email, "ein neues Wort 8").url == "/mein/"


def test_mails_have_text_and_html(client, alice, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": alice.email})
    mail = mailoutbox[-1]
    assert mail.subject == "Ihr Code zum Anmelden"
    assert [kind for _, kind in mail.alternatives] == ["text/html"]
    assert "Guten Tag" in mail.body
    assert "Guten Tag" in mail.alternatives[0][0]


class TestSecondFactor:
    """Staff open the admin only with a second factor."""

    @pytest.fixture(autouse=True)
    def _required(self, settings):
        settings.STAFF_SECOND_FACTOR = True

    def test_without_one_staff_are_led_to_setting_one_up(self, client, staff):
        log_in(client, staff.email)
        response = client.get("/verwaltung/", follow=True)
        assert response.redirect_chain[-1][0] == reverse("mfa_index")
        assert "Die Verwaltung öffnet sich, sobald" in response.text

    @pytest.mark.parametrize("path", ["/verwaltung/lotsen/carrier/", "/verwaltung/jsi18n/", "/verwaltung/gibtesnicht/"])
    def test_no_page_of_the_admin_opens(self, client, staff, path):
        client.force_login(staff)
        assert client.get(path).url.startswith("/verwaltung/login/")

    def test_with_one_it_opens(self, client, staff):
        TOTP.activate(staff, generate_totp_secret())
        client.force_login(staff)
        assert client.get("/verwaltung/").status_code == 200

    def test_emergency_codes_alone_are_none(self, client, staff):
        Authenticator.objects.create(user=staff, type=Authenticator.Type.RECOVERY_CODES, data={})
        client.force_login(staff)
        assert client.get("/verwaltung/").status_code == 302

    def test_the_admins_log_in_is_everybodys(self, client):
        response = client.get("/verwaltung/login/?next=/verwaltung/lotsen/carrier/")
        assert response.url == "/konto/anmelden/?next=/verwaltung/lotsen/carrier/"

    def test_log_in_leads_nowhere_else(self, client, staff):
        TOTP.activate(staff, generate_totp_secret())
        client.force_login(staff)
        assert client.get("/verwaltung/login/?next=https://boese.example/").url == "/verwaltung/"

    def test_members_get_403_with_the_reason(self, client, alice):
        client.force_login(alice)
        assert client.get("/verwaltung/", follow=True).status_code == 403


def test_second_factor_is_off_only_in_a_demo():
    """The setting as a real start reads it."""
    import os
    import subprocess
    import sys

    def start(**environment):
        command = [sys.executable, "-c", "from vielfalt import settings; print(settings.STAFF_SECOND_FACTOR)"]
        base = {**os.environ, "DEBUG": "0", "SECRET_KEY": "x", "ALLOWED_HOSTS": "h", "DATABASE_URL": "postgres://h/x"}
        base |= {"MAIL_HOST": "h", "MAIL_FROM": "p@example.org"}
        return subprocess.run(command, env={**base, **environment}, capture_output=True, text=True, check=False)

    assert start(DEMO="0").stdout == "True\n"
    assert start(DEMO="1").stdout == "False\n"
    assert "STAFF_SECOND_FACTOR=0 is only for" in start(DEMO="0", STAFF_SECOND_FACTOR="0").stderr
