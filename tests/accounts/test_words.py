"""Every page of the log-in speaks German, says "Sie", and looks like the portal."""

import re
from pathlib import Path

import allauth
import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import get_resolver, reverse

from tests.accounts.conftest import PASSWORD
from vielfalt.accounts import login_urls

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "de" / "LC_MESSAGES"
INFORMAL = re.compile(r"\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir|gib|versuche|wähle|habe Geduld|kontaktiere)\b")
UNUSED = ("socialaccount", "openid", "idp/", "headless", "phone", "verification_sent.html", "verified_email_required")
UNUSED += ("email_confirm.html", "account/signup.html", "signup_by_passkey", "account/login.html")


def strings(message):
    return as_tuple(message.string)


def as_tuple(text):
    return (text,) if isinstance(text, str) else tuple(text)


def test_the_compiled_words_are_the_written_ones():
    """Or else: ``pybabel compile -d locale -D django``."""
    with (CATALOGUE / "django.po").open("rb") as written, (CATALOGUE / "django.mo").open("rb") as compiled:
        catalogues = [
            {as_tuple(message.id): strings(message) for message in catalogue if message.id}
            for catalogue in (read_po(written), read_mo(compiled))
        ]
    assert catalogues[0] == catalogues[1]


def test_nothing_that_allauth_says_is_informal():
    theirs = Path(allauth.__file__).parent / "locale" / "de" / "LC_MESSAGES" / "django.po"
    with theirs.open("rb") as file, (CATALOGUE / "django.po").open("rb") as own:
        ours = {message.id for message in read_po(own)}
        left = [
            message.id
            for message in read_po(file)
            if message.id
            and message.id not in ours
            and any(not any(part in place for part in UNUSED) for place, _ in message.locations)
            and any(INFORMAL.search(text) for text in strings(message))
        ]
    assert left == []


PUBLIC = [
    "account_login",
    "account_request_login_code",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
OWN = [
    "accounts:overview",
    "accounts:data",
    "accounts:leave",
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "usersessions_list",
]


def assert_ours(response):
    assert response.status_code == 200
    assert 'class="site-header"' in response.text
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.text, flags=re.DOTALL)
    assert not INFORMAL.search(text)
    assert not re.search(r"\b(the|your|you|Sign|Email|Change|Key)\b", text)


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_pages_of_everybody(client, name):
    assert_ours(client.get(reverse(name)))


@pytest.mark.parametrize("name", OWN)
def test_pages_of_an_account(client, alice, name):
    client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    response = client.get(reverse(name), follow=True)
    if response.redirect_chain:
        assert "Zur Sicherheit" in response.text or "zur Sicherheit" in response.text
        assert_ours(response)
        response = client.post(response.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    assert response.request["PATH_INFO"] == reverse(name)
    assert_ours(response)


def test_addresses_are_german():
    english = re.compile("login|logout|password|email|session|signup|confirm")
    addresses = [str(pattern.pattern) for pattern in login_urls.urlpatterns]
    assert [address for address in addresses if english.search(re.sub(r"<.*?>|\(.*?\)", "", address))] == []


def test_no_other_page_of_allauth_can_be_reached():
    named = {pattern.name for pattern in login_urls.urlpatterns}
    known = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {name for name in known if name.startswith(("account_", "mfa_", "usersessions_"))} == named
