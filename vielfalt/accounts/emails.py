"""Mails about accounts and teams: one function each, sent once the change is written."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from vielfalt.accounts.models import ROLE_HINTS, AbstractInvitation, Organisation, Role, User
from vielfalt.mail.actions import send


def send_invitation(invitation: AbstractInvitation, token: str) -> None:
    """The link with which somebody joins a team."""
    context = {
        "invitation": invitation,
        "role_hint": ROLE_HINTS[Role(invitation.role)],
        "days": settings.INVITATION_DAYS,
        "link": settings.PORTAL_URL + reverse("accounts:invitation", args=[token]),
    }
    _send("invitation", to=[invitation.email], context=context)


def send_new_link_wanted(invitation: AbstractInvitation) -> None:
    """To those who may invite: the link they sent no longer works and somebody wants a new one."""
    managers = invitation.organisation.memberships.managers().values_list("user__email", flat=True)
    _send("new_link_wanted", to=list(managers) or staff(), context={"invitation": invitation})


def send_organisation_without_manager(organisation: Organisation) -> None:
    """To the centre: nobody is left who manages an organisation."""
    _send("organisation_without_manager", to=staff(), context={"organisation": organisation})


def staff() -> list[str]:
    """The addresses of the centre's staff."""
    return list(User.objects.filter(is_staff=True, is_active=True).order_by("pk").values_list("email", flat=True))


def _send(name: str, *, to: list[str], context: Mapping[str, Any]) -> None:
    """Send one mail to each address, so that nobody reads who else got it."""
    for address in to:
        send(template=f"accounts/{name}", to=address, context=context)


def samples() -> dict[str, Mapping[str, Any]]:
    """Return values for the staff's preview."""
    organisation = _("Musterträger e. V.")
    invitation = {
        "organisation": organisation,
        "email": "lotsen@beispiel.example",
        "get_role_display": Role.EDITOR.label,
    }
    return {
        "accounts/invitation": {
            "invitation": invitation,
            "role_hint": ROLE_HINTS[Role.EDITOR],
            "days": settings.INVITATION_DAYS,
            "link": settings.PORTAL_URL + "/konto/einladung/muster/",
        },
        "accounts/new_link_wanted": {"invitation": invitation},
        "accounts/organisation_without_manager": {"organisation": organisation},
    }
