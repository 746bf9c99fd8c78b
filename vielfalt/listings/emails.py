"""The mails about change requests, one function each. They go out when the transaction is through."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from vielfalt.listings.links import absolute, confirm_path, request_path
from vielfalt.listings.models import ChangeRequest
from vielfalt.listings.models.requests import UNCONFIRMED_DAYS


def send_confirm_address(request: ChangeRequest) -> None:
    """Ask whoever wrote without an account to confirm the address."""
    _send(request, "confirm_address", link=absolute(confirm_path(request)), days=UNCONFIRMED_DAYS)


def send_question(request: ChangeRequest, question: str) -> None:
    """Pass the centre's question on to the author."""
    _send(request, "question", reason=question, link=absolute(request_path(request)))


def send_accepted(request: ChangeRequest, reason: str) -> None:
    """Tell the author that it is done."""
    _send(request, "accepted", reason=reason, link=absolute(request_path(request)))


def send_rejected(request: ChangeRequest, reason: str) -> None:
    """Tell the author that it will not be done, and why."""
    _send(request, "rejected", reason=reason, link=absolute(request_path(request)))


def _send(request: ChangeRequest, name: str, **context: Any) -> None:
    """Queue a mail to the author; nobody is written to who has been erased."""
    if not request.address:
        return
    values = {"request": request, "portal_url": settings.PORTAL_URL, **context}
    # The first line of the text is the subject.
    subject, _empty, text = render_to_string(f"emails/listings/{name}.txt", values).partition("\n")
    html = render_to_string(f"emails/listings/{name}.html", {**values, "subject": subject})
    mail = EmailMultiAlternatives(subject.strip(), text.strip() + "\n", to=[request.address])
    mail.attach_alternative(html, "text/html")
    transaction.on_commit(partial(mail.send))
