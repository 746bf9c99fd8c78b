"""Who may do what with accounts, memberships and, as staff, with kinds of entries."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vielfalt.accounts.models import Organisation, User

FACTORS = [Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP]


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Whether ``user`` is staff who must set up a second factor before the admin opens."""
    return settings.STAFF_SECOND_FACTOR and user.is_staff and not is_mfa_enabled(user, FACTORS)


def may(user: User | AnonymousUser, action: str, model: type[Any]) -> bool:
    """Whether ``user`` is staff who may "view" or "change" all entries of this kind."""
    right = f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}"
    return user.is_active and user.is_staff and user.has_perm(right)


def in_charge_of(model: type[Any]) -> QuerySet[User]:
    """The staff whose task entries of this kind are: those who were given the right to change them.

    Who may do everything is not in charge of everything.
    """
    rights = Permission.objects.filter(
        codename=get_permission_codename("change", model._meta), content_type__app_label=model._meta.app_label
    )
    given = Q(groups__permissions__in=rights) | Q(user_permissions__in=rights)
    return User.objects.filter(given, is_staff=True, is_active=True).distinct()


def manages(user: User, organisation: Organisation) -> bool:
    """Whether ``user`` may invite to ``organisation`` and change its team."""
    as_staff = may(user, "change", type(organisation))
    return user.is_active and (as_staff or any(team.managers().of(user).exists() for team in organisation.teams))


def has_manager(organisation: Organisation) -> bool:
    """Whether anybody who can log in manages ``organisation``."""
    return any(team.managers().exists() for team in organisation.teams)


def require_manager(user: User, organisation: Organisation) -> None:
    """Raise, with the reason, unless ``user`` may change the team of ``organisation``."""
    if not manages(user, organisation):
        raise PermissionDenied(_("Das Team ändert nur, wer für die Organisation die Leitung hat."))
