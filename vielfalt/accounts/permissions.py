"""Who may do what with accounts and memberships."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from vielfalt.accounts.models import Organisation, User

FACTORS = [Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP]


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Whether ``user`` is staff who must set up a second factor before the admin opens."""
    return settings.STAFF_SECOND_FACTOR and user.is_staff and not is_mfa_enabled(user, FACTORS)


def manages(user: User, organisation: Organisation) -> bool:
    """Whether ``user`` may invite to ``organisation`` and change its team."""
    return user.is_active and (user.is_staff or organisation.memberships.managers().of(user).exists())


def require_manager(user: User, organisation: Organisation) -> None:
    """Raise, with the reason, unless ``user`` may change the team of ``organisation``."""
    if not manages(user, organisation):
        raise PermissionDenied(_("Das Team ändert nur, wer für die Organisation die Leitung hat."))
