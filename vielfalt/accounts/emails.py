"""Mails about accounts and teams: one function each, sent once the change is written."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from vielfalt.accounts.models import ROLE_HINTS, AbstractInvitation, Organisation, Role, User


def send_invitation(invitation: AbstractInvitation, token: str) -> None:
    """The link with which somebody joins a team."""
    subject = _("Einladung: {organisation} im Portal Vielfalt Hessen").format(organisation=invitation.organisation)
    context = {
        "invitation": invitation,
        "role_hint": ROLE_HINTS[Role(invitation.role)],
        "days": settings.INVITATION_DAYS,
        "link": settings.PORTAL_URL + reverse("accounts:invitation", args=[token]),
    }
    _send("invitation", subject=subject, to=[invitation.email], context=context)


def send_new_link_wanted(invitation: AbstractInvitation) -> None:
    """To those who may invite: the link they sent no longer works and somebody wants a new one."""
    managers = invitation.organisation.memberships.managers().values_list("user__email", flat=True)
    subject = _("Bitte neu einladen: {email}").format(email=invitation.email)
    _send("new_link_wanted", subject=subject, to=list(managers) or staff(), context={"invitation": invitation})


def send_organisation_without_manager(organisation: Organisation) -> None:
    """To the centre: nobody is left who manages an organisation."""
    subject = _("Ohne Leitung: {organisation}").format(organisation=organisation)
    _send("organisation_without_manager", subject=subject, to=staff(), context={"organisation": organisation})


def staff() -> list[str]:
    """The addresses of the centre's staff."""
    return list(User.objects.filter(is_staff=True, is_active=True).order_by("pk").values_list("email", flat=True))


def _send(name: str, *, subject: str, to: list[str], context: dict[str, Any]) -> None:
    """Send one mail to each address after the commit, so that nobody reads who else got it."""
    context = {"subject": subject, "PORTAL_URL": settings.PORTAL_URL, **context}
    text = render_to_string(f"emails/accounts/{name}.txt", context)
    page = render_to_string(f"emails/accounts/{name}.html", context)
    for address in to:
        message = EmailMultiAlternatives(subject, text, to=[address])
        message.attach_alternative(page, "text/html")
        transaction.on_commit(message.send)
