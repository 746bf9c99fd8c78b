"""The mails about change requests, one function each. They go out when the transaction is through."""

from typing import Any

from django.utils.translation import gettext as _

from vielfalt.listings.links import absolute, confirm_path, request_path
from vielfalt.listings.models import ChangeRequest
from vielfalt.listings.models.requests import UNCONFIRMED_DAYS
from vielfalt.mail.actions import send


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
    """Write to the author; nobody is written to who has been erased."""
    if request.address:
        send(template=f"listings/{name}", to=request.address, context={"request": request, **context})


def samples() -> dict[str, dict[str, Any]]:
    """Return values for the preview."""
    request = ChangeRequest(target_name=_("Musterträger e. V."))
    values = {
        "request": request,
        "link": absolute("/antraege/nachricht/muster/"),
        "reason": _("Können Sie uns die Adresse Ihrer Website nennen?"),
        "days": UNCONFIRMED_DAYS,
    }
    return {f"listings/{name}": values for name in ("accepted", "confirm_address", "question", "rejected")}
