"""What people see, take with them and delete of their own."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from lotsen.models import CarrierMembership
from tests.accounts.conftest import PASSWORD
from vielfalt.accounts import actions
from vielfalt.accounts.models import Role, User


@pytest.fixture
def me(client, alice):
    client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return alice


def test_name(client, me):
    client.post(reverse("accounts:overview"), {"name": "Koordination"})
    me.refresh_from_db()
    assert me.name == "Koordination"
    page = client.get(reverse("accounts:overview")).text
    assert "Verein Beispiel e. V." in page
    assert "Leitung" in page


@pytest.mark.parametrize("name", ["overview", "data", "download", "leave"])
def test_strangers_must_log_in(client, db, name):
    path = reverse(f"accounts:{name}")
    assert client.get(path).url.startswith("/konto/anmelden/?next=")


@pytest.mark.parametrize("name", ["download", "leave"])
def test_the_password_is_asked_again(client, alice, name):
    client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    assert client.get(reverse(f"accounts:{name}")).url.startswith("/konto/bestaetigen/?next=")


def test_download(client, me, bob, carrier):
    LogEntry.objects.create(user=me, object_repr="Verein", action_flag=CHANGE, change_message="Telefon geändert.")
    LogEntry.objects.create(user=bob, object_repr="Geheim", action_flag=CHANGE, change_message="Geheim")
    actions.invite(by=me, organisation=carrier, email="neu@example.org", role=Role.EDITOR)
    TOTP.activate(me, secret := generate_totp_secret())
    response = client.get(reverse("accounts:download"))
    assert response["Content-Disposition"] == 'attachment; filename="meine-daten.json"'
    assert "no-store" in response["Cache-Control"]
    data = json.loads(response.content)
    assert data["konto"]["e_mail"] == me.email
    assert [team["organisation"] for team in data["teams"]] == ["Verein Beispiel e. V."]
    assert [entry["was"] for entry in data["protokoll"]] == ["Telefon geändert."]
    assert [factor["art"] for factor in data["sicherheit"]] == ["App mit Codes"]
    assert len(data["angemeldete_geraete"]) == 1
    assert len(data["ausgesprochene_einladungen"]) == 1
    for secret_or_others in (secret, bob.email, "neu@example.org", "Geheim", me.password):
        assert secret_or_others not in response.text


def test_leaving(client, me, bob, carrier):
    TOTP.activate(me, generate_totp_secret())
    LogEntry.objects.create(user=me, object_repr="Verein", action_flag=CHANGE, change_message="Telefon geändert.")
    page = client.get(reverse("accounts:leave")).text
    assert "letzte Person mit der Rolle Leitung" in page
    assert client.post(reverse("accounts:leave")).status_code == 200
    me.refresh_from_db()
    assert me.is_active
    response = client.post(reverse("accounts:leave"), {"sure": "on"}, follow=True)
    assert "Ihr Konto ist gelöscht" in response.text
    me.refresh_from_db()
    assert me.name == "ehemaliges Mitglied"
    assert me.email.endswith(".invalid")
    assert not me.is_active
    assert not me.has_usable_password()
    for model in (EmailAddress, Authenticator, UserSession, CarrierMembership):
        assert not model.objects.filter(user=me).exists()
    assert LogEntry.objects.get(user=me).object_repr == "Verein"
    carrier.refresh_from_db()
    assert client.get(reverse("accounts:overview")).status_code == 302
    assert carrier.memberships.get().user == bob


def test_the_address_can_come_back(client, me):
    actions.pseudonymise(user=me, by=me)
    assert User.objects.create_user("alice@example.org").pk != me.pk


def test_nobody_deletes_others(alice, bob, staff):
    for by in (bob, staff):
        with pytest.raises(PermissionDenied):
            actions.pseudonymise(user=alice, by=by)


def test_changing_the_address_needs_its_owner(client, me, mailoutbox):
    import re

    client.post(reverse("account_email"), {"email": "neu@example.org", "action_add": ""})
    me.refresh_from_db()
    assert me.email == "alice@example.org"
    assert mailoutbox[-1].to == ["neu@example.org"]
    code = re.search(r"^\S{6,}$", mailoutbox[-1].body, re.MULTILINE)[0]
    client.post(reverse("account_email_verification_sent"), {"code": code})
    me.refresh_from_db()
    assert me.email == "neu@example.org"
    assert EmailAddress.objects.get(user=me).email == "neu@example.org"
