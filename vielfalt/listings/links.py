"""Signed links for people without an account: each works for one request and one purpose."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from vielfalt.listings.models import ChangeRequest
from vielfalt.listings.models.requests import UNCONFIRMED_DAYS

_CONFIRM = "listings.confirm-sender"
_FOLLOW = "listings.follow-request"
FOLLOW_DAYS = 180
"""How long the link works under which somebody without an account sees what became of a message."""


def confirm_path(request: ChangeRequest) -> str:
    """Return the address of the page with the button that confirms the sender's address."""
    return reverse("listings:confirm_sender", args=[signing.dumps(request.pk, salt=_CONFIRM)])


def request_path(request: ChangeRequest) -> str:
    """Return where the author sees a request: under their account, or under a signed link."""
    if request.author_id:
        return reverse("listings:own_request", args=[request.pk])
    return reverse("listings:sent_request", args=[signing.dumps(request.pk, salt=_FOLLOW)])


def absolute(path: str) -> str:
    """Return a path as it stands in mails."""
    return f"{settings.PORTAL_URL}{path}"


def request_to_confirm(token: str) -> ChangeRequest | None:
    """Return the request whose sender has this link; ``None`` for a forged or expired one."""
    return _request(token, _CONFIRM, UNCONFIRMED_DAYS)


def request_to_follow(token: str) -> ChangeRequest | None:
    return _request(token, _FOLLOW, FOLLOW_DAYS)


def _request(token: str, salt: str, days: int) -> ChangeRequest | None:
    try:
        key = signing.loads(token, salt=salt, max_age=timedelta(days=days))
    except signing.BadSignature:
        return None
    return ChangeRequest.objects.filter(pk=key).first()
