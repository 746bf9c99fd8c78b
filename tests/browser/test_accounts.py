"""Accounts in a real browser: the ways to log in, from the invitation on, and the look of every page."""

import re
from itertools import count

import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time

from tests.browser.assertions import NARROW, assert_accessible, look

PASSWORD = "ein langes Wort 7"  # noqa: S105 - of people who exist in tests only
numbers = count(1)


def log_in(page, email, password):
    page.goto("/konto/anmelden/")
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort", exact=True).fill(password)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def log_out(page):
    page.goto("/konto/")
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/konto/anmelden/")


def current_code(secret):
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"


@pytest.fixture
def invite(visit, portal):
    """Let staff invite a new address and return it with the path of the link in the mail."""

    def invite():
        email = f"neu-{next(numbers)}@example.org"
        page = visit()
        log_in(page, "redaktion@example.org", "demo")
        page.goto("/verwaltung/lotsen/carrier/?q=Caritasverband")
        page.get_by_role("link", name="Caritasverband Offenbach").first.click()
        page.get_by_role("link", name="Team").click()
        page.get_by_label("E-Mail-Adresse").fill(email)
        page.get_by_role("button", name="Einladung schicken").click()
        page.get_by_text("Die Einladung ist unterwegs.").wait_for()
        page.context.clear_cookies()
        return email, re.search(r"https?://[^/\s]+(/konto/einladung/\S+/)", portal.last_mail(email))[1]

    return invite


@pytest.fixture
def account(invite, visit):
    """A page of somebody who was invited and accepted with a password, and their address."""

    def account(base=""):
        email, link = invite()
        page = visit()
        page.goto(base + link)
        page.get_by_label("Name oder Rolle").fill("Koordination")
        page.get_by_label("Passwort").fill(PASSWORD)
        page.get_by_role("button", name="Konto einrichten und annehmen").click()
        page.get_by_text("Willkommen im Team von Caritasverband Offenbach.").wait_for()
        return page, email

    return account


def test_from_the_invitation_to_the_log_in_with_a_password(account):
    page, email = account()
    log_out(page)
    log_in(page, email, PASSWORD)
    page.wait_for_url("**/mein/")
    assert page.get_by_role("link", name="Caritasverband Offenbach", exact=True).is_visible()


def test_wrong_password_keeps_the_address(visit):
    page = visit()
    log_in(page, "rodgau@example.org", "falsch")
    assert page.get_by_text("passen nicht zusammen").is_visible()
    assert page.get_by_label("E-Mail-Adresse").input_value() == "rodgau@example.org"


def test_code_by_mail(visit, portal):
    page = visit("/konto/anmelden/")
    page.get_by_role("link", name="Code per E-Mail schicken").click()
    page.get_by_label("E-Mail-Adresse").fill("rodgau@example.org")
    page.get_by_role("button", name="Code schicken").click()
    page.get_by_role("heading", name="Code aus der E-Mail eingeben").wait_for()
    assert_accessible(page)
    page.get_by_label("Code").fill("FALSCH")
    page.get_by_role("button", name="Bestätigen").click()
    page.get_by_text("Dieser Code stimmt nicht.").wait_for()
    code = re.search(r"^([A-Z0-9-]{6,})$", portal.last_mail("rodgau@example.org"), re.MULTILINE)[1]
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Bestätigen").click()
    page.wait_for_url("**/mein/")


def test_app_with_codes_and_emergency_codes(account):
    page, email = account()
    page.goto("/konto/sicherheit/app/einrichten/")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Bestätigen").click()
    secret = page.get_by_label("Schlüssel für die App").input_value()
    assert_accessible(page)
    page.get_by_label("Code aus der App").fill(current_code(secret))
    page.get_by_role("button", name="Einrichten").click()
    codes = page.get_by_label("Freie Notfallcodes").input_value().split()
    assert len(codes) == 10
    assert_accessible(page)
    log_out(page)
    log_in(page, email, PASSWORD)
    page.get_by_label("Code").wait_for()
    look(page)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url("**/mein/")


def test_passkey(account, portal, guard):
    # Browsers know passkeys under names only, not under numbers.
    guard.host = guard.host.replace("127.0.0.1", "localhost")
    home = portal.address.replace("127.0.0.1", "localhost")
    page, _email = account_on(account, home, guard)
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    key.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{home}/konto/sicherheit/passkeys/neu/")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Bestätigen").click()
    page.get_by_role("heading", name="Passkey einrichten").wait_for()
    assert_accessible(page)
    assert page.get_by_label("Anmelden ohne Passwort").is_checked()
    page.locator("#mfa_webauthn_add").click()
    page.get_by_role("heading", name="Notfallcodes").wait_for()
    page.goto(f"{home}/konto/sicherheit/passkeys/")
    look(page)
    page.get_by_role("button", name="Abmelden").click()
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url("**/mein/")


def account_on(account, home, guard):
    """Make an account by staff on the portal's number, and accept it under its name."""
    other = guard.host
    guard.host = guard.host.replace("localhost", "127.0.0.1")
    page, email = account()
    page.goto("about:blank")
    guard.check()
    guard.host = other
    page.goto(f"{home}/konto/anmelden/")
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url("**/mein/")
    return page, email


def test_a_passkey_that_fails_says_why(visit):
    page = visit("/konto/anmelden/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.get_by_text("Passkeys gehen hier nicht.").wait_for()
    assert_accessible(page)


OPEN = [
    "/konto/anmelden/",
    "/konto/anmelden/code/",
    "/konto/neu/",
    "/konto/gesperrt/",
    "/konto/passwort/vergessen/",
    "/konto/passwort/vergessen/gesendet/",
    "/konto/geloescht/",
]
OWN = [
    "/konto/",
    "/konto/e-mail/",
    "/konto/passwort/",
    "/konto/sicherheit/",
    "/konto/sicherheit/passkeys/",
    "/konto/geraete/",
    "/konto/daten/",
    "/konto/loeschen/",
    "/konto/bestaetigen/",
]


def test_open_pages(visit):
    page = visit(**NARROW)
    for path in OPEN:
        page.goto(path)
        look(page)


def test_own_pages(visit):
    page = visit(**NARROW)
    log_in(page, "rodgau@example.org", "demo")
    page.wait_for_url("**/mein/")
    for path in OWN:
        page.goto(path)
        look(page)


def test_invitations(invite, visit):
    gone = visit("/konto/einladung/gibtesnicht/", **NARROW, status=410)
    working = visit(invite()[1], **NARROW)
    for page in (gone, working):
        look(page)


def test_log_in_without_javascript(visit):
    page = visit(javascript=False)
    log_in(page, "rodgau@example.org", "demo")
    page.wait_for_url("**/mein/")
