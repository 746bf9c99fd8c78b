"""How complete an entry is, and why each part matters to somebody who is looking."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lotsen.models import Carrier, Programme
from vielfalt.listings.freshness import fresh_since
from vielfalt.listings.models import State

ENOUGH_PEOPLE = 2
"""Two people, so that an entry is looked after when one of them is ill or leaves."""


@dataclass(frozen=True)
class Item:
    """One part of a complete entry."""

    label: str | Promise
    reason: str | Promise
    is_there: bool
    url: str
    about: str = ""
    """The programme it belongs to."""


def items(carrier: Carrier) -> list[Item]:
    """Return everything a complete entry has; reads relations that ``for_workspace`` prefetches."""
    programmes = [one for one in carrier.programmes.all() if one.state != State.ARCHIVED]
    return [*_of_carrier(carrier, programmes), *(item for one in programmes for item in _of_programme(one))]


def percentage(items: list[Item]) -> int:
    """Return how much of an entry is there."""
    return round(100 * sum(item.is_there for item in items) / len(items))


def _of_carrier(carrier: Carrier, programmes: list[Programme]) -> list[Item]:
    def edit(section: str) -> str:
        return reverse("lotsen:edit_carrier", args=[carrier.slug, section])

    fresh = carrier.confirmed_on is not None and carrier.confirmed_on >= fresh_since()
    overview = reverse("lotsen:my_carrier", args=[carrier.slug])
    team = reverse("lotsen:team", args=[carrier.slug])
    people = sum(member.user.is_active for member in carrier.memberships.all())
    facts = [
        (_("Telefon oder E-Mail"), _("Sonst kann niemand fragen."), carrier.phone or carrier.email, edit("kontakt")),
        (_("Sprechzeiten"), _("Damit niemand umsonst kommt."), carrier.opening_hours, edit("kontakt")),
        (_("Beschreibung"), _("Ein paar Sätze schaffen Vertrauen."), carrier.description, edit("texte")),
        (_("Leichte Sprache"), _("Viele lernen noch Deutsch."), carrier.description_easy, edit("texte")),
        (
            _("Barrierefreiheit"),
            _("Manche müssen vorher wissen, ob sie hineinkommen."),
            carrier.accessibility.all(),
            edit("barrierefreiheit"),
        ),
        (_("Ein Programm"), _("Danach suchen die Menschen."), programmes, overview),
        (
            _("Zwei Zuständige"),
            _("Wenn jemand ausfällt, bleibt der Eintrag trotzdem aktuell."),
            people >= ENOUGH_PEOPLE,
            team,
        ),
        (_("Eine aktuelle Bestätigung"), _("Alte Angaben glaubt niemand."), fresh, overview),
    ]
    return [Item(label, reason, bool(is_there), url) for label, reason, is_there, url in facts]


def _of_programme(programme: Programme) -> list[Item]:
    def item(label: Promise, reason: Promise, is_there: object, section: str) -> Item:
        url = reverse("lotsen:edit_programme", args=[programme.pk, section])
        return Item(label, reason, bool(is_there), url, about=programme.title)

    area = programme.covered_municipalities.all() or programme.covered_districts.all()
    return [
        item(_("Sprachen"), _("Danach wird am häufigsten gesucht."), programme.offered_languages.all(), "sprachen"),
        item(_("Einsatzfelder"), _("Zeigt, wobei Sie helfen."), programme.fields_of_work.all(), "angebot"),
        item(_("Zuständigkeit"), _("Nur so stehen Sie bei der Suche nach einem Ort oben."), area, "gebiet"),
        item(_("Anfrageweg"), _("Damit klar ist, wie es losgeht."), programme.request_channels.all(), "anfrage"),
        item(_("Kosten"), _("Viele fragen aus Sorge um die Kosten nicht."), programme.costs, "anfrage"),
    ]
