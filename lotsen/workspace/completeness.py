"""What a complete carrier has, and why each part of it matters to somebody who is looking."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lotsen.models import Carrier, Programme
from vielfalt.listings.models import State
from vielfalt.listings.workspace.completeness import ENOUGH_PEOPLE, Item
from vielfalt.listings.workspace.keeping import page_url, part_url


def items(carrier: Carrier) -> list[Item]:
    """Return everything a complete entry has; reads relations that ``for_workspace`` prefetches."""
    programmes = [one for one in carrier.programmes.all() if one.state != State.ARCHIVED]
    return [*_of_carrier(carrier, programmes), *(item for one in programmes for item in _of_programme(one))]


def _of_carrier(carrier: Carrier, programmes: list[Programme]) -> list[Item]:
    def edit(section: str) -> str:
        return page_url(carrier, "edit", section)

    overview, team = page_url(carrier, "mine"), page_url(carrier, "team")
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
            len(carrier.memberships.all()) >= ENOUGH_PEOPLE,
            team,
        ),
        (_("Eine aktuelle Bestätigung"), _("Alte Angaben glaubt niemand."), carrier.is_fresh, overview),
    ]
    return [Item(label, reason, bool(is_there), url) for label, reason, is_there, url in facts]


def _of_programme(programme: Programme) -> list[Item]:
    def item(label: Promise, reason: Promise, is_there: object, section: str) -> Item:
        return Item(label, reason, bool(is_there), part_url(programme, section), about=programme.title)

    area = programme.covered_municipalities.all() or programme.covered_districts.all()
    return [
        item(_("Sprachen"), _("Danach wird am häufigsten gesucht."), programme.offered_languages.all(), "sprachen"),
        item(_("Einsatzfelder"), _("Zeigt, wobei Sie helfen."), programme.fields_of_work.all(), "angebot"),
        item(_("Zuständigkeit"), _("Nur so stehen Sie bei der Suche nach einem Ort oben."), area, "gebiet"),
        item(_("Anfrageweg"), _("Damit klar ist, wie es losgeht."), programme.request_channels.all(), "anfrage"),
        item(_("Kosten"), _("Viele fragen aus Sorge um die Kosten nicht."), programme.costs, "anfrage"),
    ]
