"""Roles, leaving, and that no carrier loses its last manager unnoticed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from lotsen.models import Carrier, CarrierMembership
from vielfalt.accounts import actions
from vielfalt.accounts.models import Role, User


@pytest.fixture
def membership():
    return lambda user: CarrierMembership.objects.get(user=user)


@pytest.fixture
def told(staff, mailoutbox, django_capture_on_commit_callbacks):
    """What the centre is told by an action."""

    def told(action, **arguments):
        with django_capture_on_commit_callbacks(execute=True):
            action(**arguments)
        return [mail.subject for mail in mailoutbox if mail.to == [staff.email]]

    return told


NOTICE = ["Ohne Leitung: Verein Beispiel e. V."]


def test_managers_remove_others(alice, bob, membership, told):
    assert told(actions.remove_member, by=alice, membership=membership(bob)) == []
    assert not CarrierMembership.objects.filter(user=bob).exists()


def test_everybody_leaves_by_themselves(alice, bob, membership, told):
    assert told(actions.remove_member, by=bob, membership=membership(bob)) == []


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_nobody_else_removes(request, alice, membership, who):
    user = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        actions.remove_member(by=user, membership=membership(alice))
    with pytest.raises(PermissionDenied):
        actions.change_role(by=user, membership=membership(alice), role=Role.EDITOR)


def test_editors_do_not_promote_themselves(alice, bob, membership):
    with pytest.raises(PermissionDenied):
        actions.change_role(by=bob, membership=membership(bob), role=Role.MANAGER)


def test_removed_meanwhile(alice, bob, membership):
    member = membership(bob)
    CarrierMembership.objects.filter(user=bob).delete()
    with pytest.raises(ValidationError, match="nicht mehr im Team"):
        actions.remove_member(by=alice, membership=member)


class TestLastManager:
    def test_leaves(self, alice, bob, membership, told):
        assert told(actions.remove_member, by=alice, membership=membership(alice)) == NOTICE

    def test_steps_back(self, alice, membership, told):
        assert told(actions.change_role, by=alice, membership=membership(alice), role=Role.EDITOR) == NOTICE

    def test_is_removed_by_staff(self, alice, membership, told, staff):
        assert told(actions.remove_member, by=staff, membership=membership(alice)) == NOTICE

    def test_deletes_their_account(self, alice, told):
        assert told(actions.pseudonymise, user=alice, by=alice) == NOTICE

    def test_is_blocked(self, alice, told):
        assert told(actions.block, user=alice) == NOTICE

    def test_a_second_manager_is_enough(self, alice, bob, membership, told):
        actions.change_role(by=alice, membership=membership(bob), role=Role.MANAGER)
        assert told(actions.pseudonymise, user=alice, by=alice) == []

    def test_a_blocked_second_manager_is_not(self, alice, bob, membership, told):
        actions.change_role(by=alice, membership=membership(bob), role=Role.MANAGER)
        actions.block(user=bob)
        assert told(actions.remove_member, by=alice, membership=membership(alice)) == NOTICE

    def test_is_blocked_in_the_admin(self, client, alice, staff, mailoutbox, django_capture_on_commit_callbacks):
        client.force_login(User.objects.create_superuser("boss@example.org"))
        with django_capture_on_commit_callbacks(execute=True):
            data = {"email": alice.email, "name": alice.name}
            response = client.post(reverse("admin:accounts_user_change", args=[alice.pk]), data)
        assert response.status_code == 302
        assert {mail.subject for mail in mailoutbox} == set(NOTICE)


class TestWhoMayWhat:
    """The words in which pages ask for carriers."""

    def names(self, carriers):
        return sorted(carrier.name for carrier in carriers)

    def test_edit(self, carrier, alice, bob, charlie, staff):
        assert self.names(Carrier.objects.editable_by(alice)) == [carrier.name]
        assert self.names(Carrier.objects.editable_by(bob)) == [carrier.name]
        assert self.names(Carrier.objects.editable_by(charlie)) == ["Anderer Verein"]
        assert self.names(Carrier.objects.editable_by(staff)) == ["Anderer Verein", carrier.name]

    def test_manage(self, carrier, alice, bob, charlie, staff):
        assert self.names(Carrier.objects.managed_by(alice)) == [carrier.name]
        assert self.names(Carrier.objects.managed_by(bob)) == []
        assert self.names(Carrier.objects.managed_by(staff)) == ["Anderer Verein", carrier.name]

    def test_nobody(self, carrier, alice):
        from django.contrib.auth.models import AnonymousUser

        alice.is_active = False
        for user in (AnonymousUser(), alice):
            assert self.names(Carrier.objects.editable_by(user)) == []
            assert self.names(Carrier.objects.managed_by(user)) == []


class TestAdminOfAccounts:
    @pytest.fixture(autouse=True)
    def _boss(self, client, db):
        self.boss = User.objects.create_superuser("boss@example.org")
        client.force_login(self.boss)

    def do(self, client, action, *users):
        data = {"action": action, "_selected_action": [user.pk for user in users]}
        return client.post(reverse("admin:accounts_user_changelist"), data, follow=True)

    def test_lost_device(self, client, alice):
        from allauth.mfa.models import Authenticator
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        TOTP.activate(alice, generate_totp_secret())
        assert "Die Anmeldung geht wieder" in self.do(client, "reset_factors", alice).text
        assert not Authenticator.objects.exists()

    def test_deleting_is_pseudonymising(self, client, alice, bob):
        assert "2 Konten gelöscht" in self.do(client, "erase", alice, bob, self.boss).text
        assert User.objects.filter(is_active=True).get() == self.boss
        assert client.post(reverse("admin:accounts_user_delete", args=[alice.pk]), {"post": "yes"}).status_code == 403
        assert "delete_selected" not in client.get(reverse("admin:accounts_user_changelist")).text

    def test_ordinary_staff_delete_nobody(self, client, alice, staff):
        from django.contrib.auth.models import Permission

        staff.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
        client.force_login(staff)
        self.do(client, "erase", alice)
        alice.refresh_from_db()
        assert alice.is_active

    def test_a_new_address_works_at_once(self, client, alice):
        data = {"email": "Neue-Adresse@example.org", "name": alice.name, "is_active": "on"}
        client.post(reverse("admin:accounts_user_change", args=[alice.pk]), data)
        client.logout()
        response = client.post(
            reverse("account_login"), {"login": "neue-adresse@example.org", "password": "ein langes Wort 7"}
        )
        assert response.url == "/konto/"
