"""The mails that ask whether entries are still right."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from vielfalt.mail.actions import send
from vielfalt.mail.kinds import Kind
from vielfalt.reminders import tokens
from vielfalt.reminders.people import Due

PAGES = {"confirm_url": "confirm_entry", "change_url": "change_entry", "gone_url": "report_gone"}


def send_digest(*, to: str, entries: Sequence[Due]) -> bool:
    """Ask one person about all their entries in one mail; return whether that person wants to be asked."""
    return send(
        template="reminders/digest",
        to=to,
        context={"entries": [_links(due, to) for due in entries]},
        kind=Kind.REMINDER,
    )


def _links(due: Due, address: str) -> dict[str, Any]:
    token = tokens.make(due.entry, address)
    urls = {name: settings.PORTAL_URL + reverse(f"reminders:{page}", args=[token]) for name, page in PAGES.items()}
    kind = str(due.entry._meta.verbose_name)
    return {"name": due.entry.name, "kind": kind, "confirmed_on": due.entry.confirmed_on, **urls}


def samples() -> dict[str, Mapping[str, Any]]:
    """Return values for the preview."""
    address = settings.PORTAL_URL + "/aktuell/muster/"
    entry = {
        "name": _("Musterträger e. V."),
        "kind": _("Träger"),
        "confirmed_on": date(2025, 12, 1),
        "confirm_url": address,
        "change_url": f"{address}aendern/",
        "gone_url": f"{address}gibt-es-nicht-mehr/",
    }
    second = {
        **entry,
        "name": _("Kulturverein & Nachbarschaft Musterstadt"),
        "kind": _("Migrantenorganisation"),
        "confirmed_on": None,
    }
    return {
        "reminders/digest": {
            "entries": [entry, second],
            "unsubscribe_url": settings.PORTAL_URL + "/post/abbestellen/muster/",
        }
    }
