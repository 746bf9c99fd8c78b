"""Who may do what with accounts and memberships."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from vielfalt.accounts.models import User

FACTORS = [Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP]


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Whether ``user`` is staff who must set up a second factor before the admin opens."""
    return settings.STAFF_SECOND_FACTOR and user.is_staff and not is_mfa_enabled(user, FACTORS)
