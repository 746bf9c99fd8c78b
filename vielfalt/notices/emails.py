"""The mails about notices."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from vielfalt.mail.actions import send
from vielfalt.mail.kinds import Kind
from vielfalt.notices.models import Notice


def send_ending(*, to: str, notices: Sequence[Notice]) -> bool:
    """Say which notices end soon; return whether that person wants to be reminded."""
    return send(
        template="notices/ending", to=to, context={"notices": notices, "link": _own_notices()}, kind=Kind.REMINDER
    )


def send_withheld(*, to: str, notice: Notice) -> None:
    """Say that the centre withholds a notice, and why."""
    send(template="notices/withheld", to=to, context={"notice": notice, "link": _own_notices()})


def _own_notices() -> str:
    return settings.PORTAL_URL + reverse("notices:mine")


def samples() -> dict[str, Mapping[str, Any]]:
    """Return values for the preview."""
    notice = SimpleNamespace(
        title=_("Raum für 20 Menschen am Samstagvormittag"),
        organisation=_("Musterverein e. V."),
        ends_on=date(2026, 12, 31),
        withheld_because=_("In der Anzeige steht eine private Telefonnummer."),
    )
    other = SimpleNamespace(title=_("Wer leitet mit uns ein Sprachcafé?"), organisation=_("Lotsen & Nachbarschaft"))
    other.ends_on = date(2027, 1, 2)
    link = _own_notices()
    return {
        "notices/ending": {
            "notices": [notice, other],
            "link": link,
            "unsubscribe_url": settings.PORTAL_URL + "/post/abbestellen/muster/",
        },
        "notices/withheld": {"notice": notice, "link": link},
    }
