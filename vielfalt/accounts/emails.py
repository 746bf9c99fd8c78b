"""Mails about accounts and teams: one function each, sent once the change is written."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from vielfalt.accounts.models import ROLE_HINTS, AbstractInvitation, Organisation, Role, User
from vielfalt.accounts.permissions import in_charge_of
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
    teams = invitation.organisation.teams
    managers = {address for team in teams for address in team.managers().values_list("user__email", flat=True)}
    _send("new_link_wanted", to=sorted(managers) or staff(invitation.organisation), context={"invitation": invitation})


def send_organisation_without_manager(organisation: Organisation) -> None:
    """To the centre: nobody is left who manages an organisation."""
    _send("organisation_without_manager", to=staff(organisation), context={"organisation": organisation})


def staff(organisation: Organisation) -> list[str]:
    """The addresses of the staff in charge of an organisation; where nobody is, those of all staff."""
    everybody = User.objects.filter(is_staff=True, is_active=True)
    for people in (in_charge_of(type(organisation)), everybody):
        if addresses := list(people.order_by("pk").values_list("email", flat=True)):
            return addresses
    return []


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
