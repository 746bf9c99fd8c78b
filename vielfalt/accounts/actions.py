"""What changes accounts and teams: inviting, accepting, leaving.

An organisation is any model that a domain's membership and invitation point to, e.g. a carrier.
"""

import secrets
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import password_validation
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vielfalt.accounts import emails
from vielfalt.accounts.models import (
    AbstractInvitation,
    AbstractMembership,
    Organisation,
    Role,
    User,
    invitation_models,
    membership_models,
    memberships_of,
)
from vielfalt.accounts.permissions import has_manager, require_manager
from vielfalt.mail.actions import forget

ASK_AGAIN_AFTER = timedelta(days=1)
"""How long a second wish for a new link is not passed on, so that a lost link cannot flood anybody with mail."""

EXPIRED_KEPT_FOR = timedelta(days=90)
"""How long a link that no longer works still offers to ask for a new one."""


class InvitationGoneError(Exception):
    """The link is unknown, too old or was used before; which of them is nobody's business."""


class AccountExistsError(Exception):
    """The invited address has an account already: its owner should log in and accept with it."""


@transaction.atomic
def invite(*, by: User, organisation: Organisation, email: str, role: str) -> AbstractInvitation:
    """Invite an address to a team by mail; an earlier open invitation of the same address ends."""
    require_manager(by, organisation)
    email = email.strip().lower()
    if organisation.memberships.filter(user__email=email).exists():
        raise ValidationError(_("Diese Adresse gehört schon zum Team."), code="member")
    organisation.invitations.filter(email=email, used_at=None).delete()
    invitation: AbstractInvitation = organisation.invitations.model(
        organisation=organisation, email=email, role=role, invited_by=by
    )
    token = invitation.new_token()
    invitation.save()
    emails.send_invitation(invitation, token)
    return invitation


@transaction.atomic
def withdraw(*, by: User, invitation: AbstractInvitation) -> None:
    """Make the link of an invitation worthless."""
    require_manager(by, invitation.organisation)
    invitation.delete()


def find_invitation(token: str) -> AbstractInvitation | None:
    """Return the invitation that a link belongs to, whether it still works or not."""
    for model in invitation_models():
        found = model.objects.with_token(token).select_related("organisation", "invited_by")
        invitation: AbstractInvitation | None = found.first()
        if invitation:
            return invitation
    return None


@transaction.atomic
def accept(*, token: str, user: User) -> AbstractMembership:
    """Make ``user`` a member as invited; of two uses at once exactly one wins, the other raises."""
    return _use(_locked(token), user)


@transaction.atomic
def accept_with_new_account(*, token: str, name: str, password: str | None) -> AbstractMembership:
    """Make an account for the invited address and with it a member."""
    invitation = _locked(token)
    if password:
        password_validation.validate_password(password, User(email=invitation.email, name=name))
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, password or None, name=name)
    except IntegrityError as error:
        raise AccountExistsError from error
    return _use(invitation, user)


def _locked(token: str) -> AbstractInvitation:
    for model in invitation_models():
        found = model.objects.select_for_update(of=("self",)).with_token(token)
        invitation: AbstractInvitation | None = found.first()
        if invitation and invitation.is_open:
            return invitation
    raise InvitationGoneError


def _use(invitation: AbstractInvitation, user: User) -> AbstractMembership:
    team = invitation.organisation.memberships
    membership: AbstractMembership
    membership, is_new = team.get_or_create(user=user, defaults={"role": invitation.role})
    # An invitation never takes rights away.
    if not is_new and invitation.role == Role.MANAGER and membership.role != Role.MANAGER:
        membership.role = Role.MANAGER
        membership.save(update_fields=["role"])
    invitation.used_at, invitation.used_by = timezone.now(), user
    invitation.save(update_fields=["used_at", "used_by"])
    return membership


@transaction.atomic
def ask_for_new_link(*, token: str) -> None:
    """Tell those who may invite that a link no longer works; at most once a day for each invitation."""
    for model in invitation_models():
        invitation = model.objects.select_for_update(of=("self",)).with_token(token).first()
        if invitation is None or invitation.is_open:
            continue
        now = timezone.now()
        if invitation.asked_again_at is None or invitation.asked_again_at < now - ASK_AGAIN_AFTER:
            invitation.asked_again_at = now
            invitation.save(update_fields=["asked_again_at"])
            emails.send_new_link_wanted(invitation)


@transaction.atomic
def change_role(*, by: User, membership: AbstractMembership, role: str) -> None:
    """Give a member another role; where nobody manages the organisation afterwards, the centre is told."""
    organisation = membership.organisation
    membership = _lock_team(organisation, membership)
    if by.pk != membership.user_id or role != Role.EDITOR:
        require_manager(by, organisation)
    had_manager = has_manager(organisation)
    membership.role = Role(role)
    membership.save(update_fields=["role"])
    _tell_if_unmanaged(organisation, had_manager=had_manager)


@transaction.atomic
def remove_member(*, by: User, membership: AbstractMembership) -> None:
    """End a membership: managers and staff anybody's, everybody their own."""
    organisation = membership.organisation
    membership = _lock_team(organisation, membership)
    if by.pk != membership.user_id:
        require_manager(by, organisation)
    had_manager = has_manager(organisation)
    membership.delete()
    _tell_if_unmanaged(organisation, had_manager=had_manager)


def _lock_team(organisation: Organisation, membership: AbstractMembership) -> AbstractMembership:
    """Lock the whole team, so that two managers who remove each other cannot both succeed."""
    team: dict[int, AbstractMembership] = {
        member.pk: member for member in organisation.memberships.select_for_update(of=("self",)).order_by("pk")
    }
    if membership.pk not in team:
        raise ValidationError(_("Dieses Mitglied ist nicht mehr im Team."), code="gone")
    return team[membership.pk]


def _tell_if_unmanaged(organisation: Organisation, *, had_manager: bool) -> None:
    if had_manager and not has_manager(organisation):
        emails.send_organisation_without_manager(organisation)


@transaction.atomic
def pseudonymise(*, user: User, by: User) -> None:
    """Forget a person: what identifies them goes, what they did for organisations stays, without their name."""
    if by.pk != user.pk and not by.is_superuser:
        raise PermissionDenied(_("Konten anderer löscht nur, wer die Verwaltung leitet."))
    for model in membership_models():
        for membership in model.objects.filter(user=user):
            remove_member(by=user, membership=membership)
    for model in invitation_models():
        model.objects.filter(email=user.email).delete()
    _end_access(user)
    EmailAddress.objects.filter(user=user).delete()
    forget(address=user.email)
    user.email = f"ehemalig-{secrets.token_hex(8)}@konto.invalid"
    user.name = _("ehemaliges Mitglied")
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()


@transaction.atomic
def block(*, user: User) -> None:
    """Keep somebody from logging in, at once and everywhere; where a team loses its last manager, tell the centre."""
    managed = [one.organisation for one in memberships_of(user) if one.organisation.memberships.managers().of(user)]
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_access(user, factors=False)
    for organisation in managed:
        _tell_if_unmanaged(organisation, had_manager=True)


def _end_access(user: User, *, factors: bool = True) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()
    if factors:
        Authenticator.objects.filter(user=user).delete()


def remove_expired_invitations(day: date) -> str:
    """Delete invitations that nobody used, once nobody will ask for a new link any more."""
    before = timezone.now() - EXPIRED_KEPT_FOR
    number: int = sum(model.objects.expired_before(before).delete()[0] for model in invitation_models())
    return ngettext("%d alte Einladung gelöscht.", "%d alte Einladungen gelöscht.", number) % number
