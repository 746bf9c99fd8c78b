"""Inviting and accepting: the link works once and for 14 days, and tells nothing to strangers."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from lotsen.models import CarrierInvitation, CarrierMembership
from tests.accounts.conftest import PASSWORD
from tests.accounts.racing import both
from tests.factories import CarrierFactory, CarrierMembershipFactory, UserFactory, curator
from vielfalt.accounts import actions
from vielfalt.accounts.models import Role, User

NEW = "neu@example.org"
ACCOUNT = {"name": "Koordination", "password": "ein neues Wort 8"}


@pytest.fixture
def invitation(carrier, alice, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return actions.invite(by=alice, organisation=carrier, email="Neu@Example.org ", role=Role.EDITOR)


def roles(carrier):
    return dict(carrier.memberships.values_list("user__email", "role"))


def test_the_mail(invitation, mailoutbox, link, alice):
    mail = mailoutbox[-1]
    assert mail.to == [NEW]
    assert mail.subject == "Einladung: Verein Beispiel e. V. im Portal Vielfalt Hessen"
    assert "Mitarbeit (darf bearbeiten)" in mail.body
    assert link() in mail.alternatives[0][0]
    assert alice.email not in mail.body + mail.alternatives[0][0]


def test_only_the_hash_of_the_link_is_kept(invitation, link):
    token = link().rstrip("/").rsplit("/", 1)[1]
    stored = str(CarrierInvitation.objects.values().get())
    assert len(token) >= 40
    assert token not in stored


def test_accepting_with_a_new_account(client, invitation, link, carrier):
    page = client.get(link())
    assert "Konto einrichten und annehmen" in page.text
    assert not CarrierMembership.objects.filter(user__email=NEW).exists()
    response = client.post(link(), ACCOUNT, follow=True)
    assert response.redirect_chain == [("/mein/", 302)]
    assert "Willkommen im Team von Verein Beispiel e. V." in response.text
    user = User.objects.get(email=NEW)
    assert (user.name, user.check_password(ACCOUNT["password"]), user.is_staff) == ("Koordination", True, False)
    assert roles(carrier)[NEW] == Role.EDITOR


def test_without_a_password_a_passkey_comes_next(client, invitation, link):
    response = client.post(link(), {"name": "Koordination"}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("mfa_add_webauthn")
    assert not User.objects.get(email=NEW).has_usable_password()


def test_what_was_typed_stays_after_a_mistake(client, invitation, link):
    response = client.post(link(), {"name": "Koordination", "password": "kurz"})
    assert "Koordination" in response.text
    assert "Dieses Passwort ist zu kurz" in response.text
    assert not User.objects.filter(email=NEW).exists()


def test_accepting_with_the_existing_account(client, invitation, link, carrier):
    user = UserFactory(email=NEW, password=PASSWORD)
    page = client.get(link())
    assert "gibt es schon ein Konto" in page.text
    log_in = re.search(r'href="(/konto/anmelden/\?next=[^"]+)"', page.text)[1]
    response = client.post(log_in, {"login": NEW, "password": PASSWORD})
    assert response.url == link()
    assert roles(carrier).get(NEW) is None
    client.post(link())
    assert roles(carrier)[NEW] == Role.EDITOR
    assert User.objects.filter(email=NEW).get() == user


def test_a_form_cannot_take_over_an_existing_account(client, invitation, link, carrier):
    user = UserFactory(email=NEW, password=PASSWORD)
    client.post(link(), ACCOUNT)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert NEW not in roles(carrier)


def test_accepting_with_another_account_than_the_invited(client, invitation, link, carrier, charlie):
    client.force_login(charlie)
    assert "angemeldet als Charlie" in client.get(link()).text
    client.post(link())
    assert roles(carrier)[charlie.email] == Role.EDITOR


def gone(client, path):
    response = client.get(path)
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)
    return response.status_code, text.replace(path, "")


def test_used_old_and_unknown_links_get_the_same_answer(client, invitation, link):
    unknown = gone(client, reverse("accounts:invitation", args=["gibtesnicht"]))
    CarrierInvitation.objects.update(expires_at=timezone.now())
    old = gone(client, link())
    CarrierInvitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    client.post(link(), ACCOUNT)
    client.logout()
    used = gone(client, link())
    assert unknown == old == used
    assert used[0] == 410


def test_who_used_the_link_just_comes_in(client, invitation, link):
    client.post(link(), ACCOUNT)
    assert client.get(link()).url == "/mein/"


def test_it_works_for_14_days(client, invitation, link):
    now = timezone.now()
    assert timedelta(days=13, hours=23) < CarrierInvitation.objects.get().expires_at - now <= timedelta(days=14)


@pytest.fixture
def ask(client, django_capture_on_commit_callbacks):
    """Ask for a new link with an old one."""

    def ask(token):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("accounts:new_link", args=[token])).text

    return ask


@pytest.mark.usefixtures("bob")
def test_an_old_link_asks_the_managers_for_a_new_one_once_a_day(invitation, link, mailoutbox, ask):
    token = link().split("/")[-2]
    CarrierInvitation.objects.update(expires_at=timezone.now())
    assert len({ask(token), ask(token), ask("gibtesnicht")}) == 1
    assert [mail.to for mail in mailoutbox[1:]] == [["alice@example.org"]]
    assert mailoutbox[-1].subject == f"Bitte neu einladen: {NEW}"


@pytest.mark.usefixtures("invitation")
def test_where_nobody_manages_the_centre_is_asked(link, mailoutbox, staff, ask):
    CarrierInvitation.objects.update(expires_at=timezone.now())
    CarrierMembership.objects.all().delete()
    ask(link().split("/")[-2])
    assert mailoutbox[-1].to == [staff.email]


@pytest.mark.usefixtures("invitation")
def test_a_working_link_asks_nobody(link, mailoutbox, ask):
    ask(link().split("/")[-2])
    assert len(mailoutbox) == 1


def test_inviting_again_ends_the_first_link(client, invitation, link, carrier, alice):
    first = link()
    actions.invite(by=alice, organisation=carrier, email=NEW, role=Role.EDITOR)
    assert client.get(first).status_code == 410
    assert CarrierInvitation.objects.count() == 1


def test_members_are_not_invited_again(carrier, alice, bob):
    with pytest.raises(ValidationError, match="gehört schon zum Team"):
        actions.invite(by=alice, organisation=carrier, email=bob.email.upper(), role=Role.MANAGER)


def test_an_invitation_raises_a_role_but_never_lowers_it(carrier, alice, bob, link, django_capture_on_commit_callbacks):
    for role, user in ((Role.MANAGER, bob), (Role.EDITOR, alice)):
        with django_capture_on_commit_callbacks(execute=True):
            actions.invite(by=alice, organisation=carrier, email=NEW, role=role)
        actions.accept(token=link().split("/")[-2], user=user)
    assert roles(carrier) == {alice.email: Role.MANAGER, bob.email: Role.MANAGER}


class TestWhoMayInvite:
    def invite(self, by, carrier):
        return actions.invite(by=by, organisation=carrier, email=NEW, role=Role.EDITOR)

    def test_managers_and_staff(self, carrier, alice, staff):
        assert self.invite(alice, carrier).pk
        assert self.invite(staff, carrier).pk

    @pytest.mark.parametrize("who", ["bob", "charlie"])
    def test_nobody_else(self, request, carrier, who):
        with pytest.raises(PermissionDenied, match="wer für die Organisation die Leitung hat"):
            self.invite(request.getfixturevalue(who), carrier)
        assert not CarrierInvitation.objects.exists()

    def test_not_even_staff_of_another_strand(self, carrier):
        with pytest.raises(PermissionDenied):
            self.invite(UserFactory(is_staff=True), carrier)

    def test_withdrawing(self, client, invitation, alice, bob, link):
        with pytest.raises(PermissionDenied):
            actions.withdraw(by=bob, invitation=invitation)
        actions.withdraw(by=alice, invitation=invitation)
        assert client.get(link()).status_code == 410


class TestAdmin:
    @pytest.fixture(autouse=True)
    def _boss(self, client, db):
        client.force_login(User.objects.create_superuser("boss@example.org", PASSWORD))

    def page(self, carrier):
        return reverse("admin:lotsen_carrier_team", args=[carrier.pk])

    def test_inviting(self, client, carrier, link, django_capture_on_commit_callbacks):
        assert self.page(carrier) in client.get(reverse("admin:lotsen_carrier_change", args=[carrier.pk])).text
        assert "Noch niemand" in client.get(self.page(carrier)).text
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(self.page(carrier), {"step": "invite", "email": NEW, "role": "leitung"}, follow=True)
        assert "Die Einladung ist unterwegs." in response.text
        assert NEW in response.text
        client.logout()
        client.post(link(), ACCOUNT)
        assert roles(carrier) == {NEW: Role.MANAGER}

    def test_mistakes_are_told(self, client, carrier, alice):
        response = client.post(self.page(carrier), {"step": "invite", "email": alice.email, "role": "leitung"})
        assert "gehört schon zum Team" in response.text
        assert alice.email in response.text

    def test_roles_leaving_and_withdrawing(self, client, carrier, alice, bob, invitation):
        member = carrier.memberships.get(user=bob)
        client.post(self.page(carrier), {"step": "role", "pk": member.pk, "role": "leitung"})
        assert roles(carrier)[bob.email] == Role.MANAGER
        client.post(self.page(carrier), {"step": "remove", "pk": member.pk})
        assert roles(carrier) == {alice.email: Role.MANAGER}
        client.post(self.page(carrier), {"step": "withdraw", "pk": invitation.pk})
        assert not CarrierInvitation.objects.exists()

    def test_members_of_others_are_out_of_reach(self, client, carrier, charlie):
        other = CarrierMembership.objects.get(user=charlie)
        assert client.post(self.page(carrier), {"step": "remove", "pk": other.pk}).status_code == 404
        assert CarrierMembership.objects.filter(pk=other.pk).exists()

    def test_staff_without_the_right_to_change_carriers(self, client, carrier):
        client.force_login(UserFactory(is_staff=True))
        assert client.get(self.page(carrier)).status_code == 403


@pytest.mark.django_db(transaction=True)
class TestRaces:
    """Two uses at once, over two connections of the real database: exactly one wins."""

    @pytest.fixture
    def token(self, mailoutbox, link):
        self.carrier = CarrierFactory()
        boss = curator()
        actions.invite(by=boss, organisation=self.carrier, email=NEW, role=Role.EDITOR)
        return link().split("/")[-2]

    def test_two_accounts(self, token):
        users = [UserFactory(), UserFactory()]
        results = both(*(lambda user=user: actions.accept(token=token, user=user) for user in users))
        assert sorted(type(result).__name__ for result in results) == ["CarrierMembership", "InvitationGoneError"]
        assert self.carrier.memberships.count() == 1

    def test_a_double_click_makes_one_account(self, token):
        results = both(*[lambda: actions.accept_with_new_account(token=token, name="Neu", password=None)] * 2)
        assert sorted(type(result).__name__ for result in results) == ["CarrierMembership", "InvitationGoneError"]
        assert User.objects.filter(email=NEW).count() == 1

    def test_two_teams_invite_the_same_new_address(self, token, link):
        boss = User.objects.get(is_staff=True)
        actions.invite(by=boss, organisation=CarrierFactory(), email=NEW, role=Role.EDITOR)
        tokens = [token, link().split("/")[-2]]
        results = both(
            *(lambda one=one: actions.accept_with_new_account(token=one, name="Neu", password=None) for one in tokens)
        )
        assert sorted(type(result).__name__ for result in results) == ["AccountExistsError", "CarrierMembership"]
        assert CarrierInvitation.objects.open().count() == 1

    def test_managers_who_remove_each_other(self, token):
        members = [CarrierMembershipFactory(organisation=self.carrier, role=Role.MANAGER) for _ in range(2)]
        results = both(
            lambda: actions.remove_member(by=members[0].user, membership=members[1]),
            lambda: actions.remove_member(by=members[1].user, membership=members[0]),
        )
        assert [type(result).__name__ for result in sorted(results, key=str)].count("NoneType") == 1
        assert self.carrier.memberships.managers().count() == 1
