"""The questions that every strand puts on the staff's desk; a strand only says of which entries and in which words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vielfalt.listings.desk import Figure, Item, Panel
from vielfalt.listings.freshness import no_longer_fresh
from vielfalt.listings.models import Entry, State
from vielfalt.listings.requirements import lacks, requirements_of

SHOWN = 6

KEPT = (State.DRAFT, State.IN_REVIEW, State.PUBLISHED)
"""The states of entries that are worth completing."""


@dataclass(frozen=True)
class Kind:
    """One kind of entries on the desk."""

    label: str
    """What its figures are called: "Träger"."""
    entries: Callable[[], QuerySet]
    """All of them, with what their names need."""
    complete: Callable[[QuerySet], QuerySet] = field(default=lambda entries: entries)
    """Loads what ``lacks`` reads, so that a list of them takes a fixed number of queries."""
    name: Callable[[Any], str] = str

    def filtered(self, *conditions: Any, **lookups: Any) -> QuerySet:
        return self.entries().filter(*conditions, **lookups)

    def figure(self, entries: QuerySet, *, label: str = "", **filters: str) -> Figure:
        """Return how many ``entries`` there are, with the address of the list that shows just them."""
        address = reverse(f"admin:{_admin_name(entries.model)}_changelist")
        return Figure(label or self.label, entries.count(), f"{address}?{urlencode(filters)}" if filters else address)

    def item(self, entry: Entry, detail: str) -> Item:
        return Item(self.name(entry), detail, reverse(f"admin:{_admin_name(type(entry))}_change", args=[entry.pk]))


@dataclass(frozen=True, kw_only=True)
class Strand:
    """What one strand puts on the desk: its organisations first, then what they offer."""

    label: str
    """The label of its app, which keeps the panels of several strands apart."""
    kinds: tuple[Kind, ...]
    name: str = ""
    """Stands behind each question, so that who looks after several strands sees whose it is."""
    all_of_it: str
    """What the strand's entries are called together: "Alle Träger und Programme"."""
    nothing_waits: str
    nothing_incomplete: str
    nothing_yet: str
    share: str
    """A sentence with ``{share}``: how many of a hundred organisations are current."""
    hidden: str
    """What hidden organisations are called: "Träger ausgeblendet"."""

    @property
    def organisations(self) -> Kind:
        return self.kinds[0]

    def panels(self) -> list[Panel]:
        """Return the five panels."""
        return [self.waiting(), self.unanswered(), self.incomplete(), self.stale(), self.newest()]

    def waiting(self) -> Panel:
        changed = _("{state}, geändert am {day}")
        found = [(kind, kind.filtered(state__in=[State.DRAFT, State.IN_REVIEW])) for kind in self.kinds]
        return Panel(
            slug="waiting",
            strand=self.label,
            title=self._titled(_("Wartet auf Sie")),
            hint=_("Entwürfe und Einträge in Prüfung"),
            nothing=self.nothing_waits,
            figures=[kind.figure(entries, bearbeitung="offen") for kind, entries in found],
            items=[
                kind.item(entry, changed.format(state=entry.get_state_display(), day=_day(entry)))
                for kind, entry in _latest(found)
            ],
        )

    def incomplete(self) -> Panel:
        kind = self.organisations
        entries = kind.filtered(state__in=KEPT)
        entries = entries.filter(requirements_of(entries.model).incomplete())
        return Panel(
            slug="incomplete",
            strand=self.label,
            title=self._titled(_("Unvollständig")),
            hint=_("Das fehlt noch, damit Ratsuchende etwas davon haben"),
            nothing=self.nothing_incomplete,
            figures=[kind.figure(entries, vollstaendig="nein", state__in=",".join(KEPT))],
            items=[
                kind.item(entry, "; ".join(lacks(entry)))
                for entry in kind.complete(entries).order_by("-updated_at")[:SHOWN]
            ],
        )

    def unanswered(self) -> Panel:
        kind = self.organisations
        entries: Any = kind.entries()
        entries = entries.maintained().with_questions()
        return Panel(
            slug="unanswered",
            strand=self.label,
            title=self._titled(_("Bitte nachfragen")),
            hint=_("Zwei Erinnerungen ohne Antwort, oder jemand meldet: gibt es nicht mehr"),
            nothing=_("Niemand wartet auf einen Anruf. Das Portal erinnert selbst."),
            figures=[kind.figure(entries, nachfragen="ja")],
            items=[
                kind.item(entry, _("gibt es vielleicht nicht mehr") if entry.said_gone else _confirmed(entry))
                for entry in entries.order_by("-said_gone", "confirmed_on")[:SHOWN]
            ],
        )

    def stale(self) -> Panel:
        found = [(kind, kind.filtered(no_longer_fresh(), state=State.PUBLISHED)) for kind in self.kinds]
        filters = {"state__exact": State.PUBLISHED.value}
        organisations: Any = self.organisations.entries()
        hidden = self.organisations.figure(
            organisations.hidden(), label=self.hidden, aktualitaet="ausgeblendet", **filters
        )
        oldest = [
            (kind, entry) for kind, entries in found for entry in entries.order_by("confirmed_on", "updated_at")[:SHOWN]
        ]
        return Panel(
            slug="stale",
            strand=self.label,
            title=self._titled(_("Nicht mehr aktuell")),
            hint=self.share.format(share=organisations.maintained().current_share() or 0),
            nothing=_("Alles, was öffentlich ist, wurde in letzter Zeit bestätigt."),
            figures=[*(kind.figure(entries, aktualitaet="veraltet", **filters) for kind, entries in found), hidden],
            items=[
                kind.item(entry, _confirmed(entry))
                for kind, entry in sorted(oldest, key=lambda pair: _confirmation(pair[1]))[:SHOWN]
            ],
        )

    def newest(self) -> Panel:
        found = [(kind, kind.entries()) for kind in self.kinds]
        return Panel(
            slug="newest",
            strand=self.label,
            title=self._titled(_("Zuletzt geändert")),
            hint=_("{all_of_it}, das Neueste zuerst").format(all_of_it=self.all_of_it),
            nothing=self.nothing_yet,
            figures=[kind.figure(entries) for kind, entries in found],
            items=[
                kind.item(entry, _("{day}, {state}").format(day=_day(entry), state=entry.get_state_display()))
                for kind, entry in _latest(found)
            ],
        )

    def _titled(self, question: str) -> str:
        return _("{question}: {strand}").format(question=question, strand=self.name) if self.name else question


def _latest(found: list[tuple[Kind, QuerySet]]) -> list[tuple[Kind, Any]]:
    pairs = [(kind, entry) for kind, entries in found for entry in entries.order_by("-updated_at")[:SHOWN]]
    return sorted(pairs, key=lambda pair: pair[1].updated_at, reverse=True)[:SHOWN]


def _confirmation(entry: Entry) -> tuple[bool, object]:
    """Sort what nobody ever confirmed behind what was once right and may have changed."""
    return (entry.confirmed_on is None, entry.confirmed_on or entry.updated_at)


def _confirmed(entry: Entry) -> str:
    if entry.confirmed_on is None:
        return _("noch nie bestätigt")
    return _("bestätigt am {day}").format(day=date_format(entry.confirmed_on, "j. F Y"))


def _day(entry: Entry) -> str:
    return date_format(localtime(entry.updated_at), "j. F Y")


def _admin_name(model: type[Entry]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"
