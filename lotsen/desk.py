"""What the carrier network puts on the staff's desk, in a fixed number of queries."""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lotsen import rules
from lotsen.models import Carrier, Programme
from vielfalt.listings.desk import Figure, Item, Panel
from vielfalt.listings.freshness import no_longer_fresh
from vielfalt.listings.models import State

SHOWN = 6

Entry = Carrier | Programme


def panels(request: HttpRequest) -> list[Panel]:
    """Return the five panels, for those who may see carriers and programmes."""
    if not request.user.has_perms(["lotsen.view_carrier", "lotsen.view_programme"]):
        return []
    return [waiting(), unanswered(), incomplete(), stale(), newest()]


def waiting() -> Panel:
    in_work = {"state__in": [State.DRAFT, State.IN_REVIEW]}
    carriers, programmes = _carriers().filter(**in_work), _programmes().filter(**in_work)
    return Panel(
        slug="waiting",
        title=_("Wartet auf Sie"),
        hint=_("Entwürfe und Einträge in Prüfung"),
        nothing=_("Nichts wartet. Neue Träger legen Sie an oder importieren sie aus einer Tabelle."),
        figures=_figures(carriers, programmes, bearbeitung="offen"),
        items=[
            _item(entry, _("{state}, geändert am {day}").format(state=entry.get_state_display(), day=_day(entry)))
            for entry in _latest(carriers, programmes)
        ],
    )


def incomplete() -> Panel:
    kept = {"state__in": [State.DRAFT, State.IN_REVIEW, State.PUBLISHED]}
    carriers = _carriers().filter(rules.incomplete_carriers(), **kept)
    with_programmes = carriers.prefetch_related(
        Prefetch("programmes", Programme.objects.prefetch_related("offered_languages", "fields_of_work"))
    )
    return Panel(
        slug="incomplete",
        title=_("Unvollständig"),
        hint=_("Das fehlt noch, damit Ratsuchende etwas davon haben"),
        nothing=_("Alle Träger sind vollständig."),
        figures=[
            Figure(
                _("Träger"),
                carriers.count(),
                _list_url(Carrier, vollstaendig="nein", state__in=",".join(kept["state__in"])),
            )
        ],
        items=[
            _item(carrier, "; ".join(rules.missing_for_publication(carrier)))
            for carrier in with_programmes.order_by("-updated_at")[:SHOWN]
        ],
    )


def unanswered() -> Panel:
    carriers = _carriers().maintained().with_questions()
    return Panel(
        slug="unanswered",
        title=_("Bitte nachfragen"),
        hint=_("Zwei Erinnerungen ohne Antwort, oder jemand meldet: gibt es nicht mehr"),
        nothing=_("Niemand wartet auf einen Anruf. Das Portal erinnert selbst."),
        figures=[Figure(_("Träger"), carriers.count(), _list_url(Carrier, nachfragen="ja"))],
        items=[
            _item(carrier, _("gibt es vielleicht nicht mehr") if carrier.said_gone else _confirmed(carrier))
            for carrier in carriers.order_by("-said_gone", "confirmed_on")[:SHOWN]
        ],
    )


def stale() -> Panel:
    published = {"state": State.PUBLISHED}
    carriers = _carriers().filter(no_longer_fresh(), **published)
    programmes = _programmes().filter(no_longer_fresh(), **published)
    oldest = [*_oldest(carriers), *_oldest(programmes)]
    hidden = _list_url(Carrier, aktualitaet="ausgeblendet", state__exact=State.PUBLISHED)
    return Panel(
        slug="stale",
        title=_("Nicht mehr aktuell"),
        hint=_("{share} % der Träger sind aktuell.").format(share=_carriers().maintained().current_share() or 0),
        nothing=_("Alles, was öffentlich ist, wurde in letzter Zeit bestätigt."),
        figures=[
            *_figures(carriers, programmes, aktualitaet="veraltet", state__exact=State.PUBLISHED),
            Figure(_("Träger ausgeblendet"), _carriers().hidden().count(), hidden),
        ],
        items=[_item(entry, _confirmed(entry)) for entry in sorted(oldest, key=_confirmation)[:SHOWN]],
    )


def newest() -> Panel:
    carriers, programmes = _carriers(), _programmes()
    return Panel(
        slug="newest",
        title=_("Zuletzt geändert"),
        hint=_("Alle Träger und Programme, das Neueste zuerst"),
        nothing=_("Noch gibt es keine Träger. Beginnen Sie mit der Vorlage für den Import."),
        figures=_figures(carriers, programmes),
        items=[
            _item(entry, _("{day}, {state}").format(day=_day(entry), state=entry.get_state_display()))
            for entry in _latest(carriers, programmes)
        ],
    )


def _carriers() -> QuerySet[Carrier]:
    return Carrier.objects.defer("search")


def _programmes() -> QuerySet[Programme]:
    return Programme.objects.select_related("carrier").defer("search", "carrier__search")


def _latest(*querysets: QuerySet) -> list[Entry]:
    entries = [entry for queryset in querysets for entry in queryset.order_by("-updated_at")[:SHOWN]]
    return sorted(entries, key=lambda entry: entry.updated_at, reverse=True)[:SHOWN]


def _oldest(queryset: QuerySet) -> QuerySet:
    return queryset.order_by("confirmed_on", "updated_at")[:SHOWN]


def _confirmation(entry: Entry) -> tuple[bool, object]:
    """Sort what nobody ever confirmed behind what was once right and may have changed."""
    return (entry.confirmed_on is None, entry.confirmed_on or entry.updated_at)


def _confirmed(entry: Entry) -> str:
    if entry.confirmed_on is None:
        return _("noch nie bestätigt")
    return _("bestätigt am {day}").format(day=date_format(entry.confirmed_on, "j. F Y"))


def _figures(carriers: QuerySet, programmes: QuerySet, **filters: str) -> list[Figure]:
    return [
        Figure(_("Träger"), carriers.count(), _list_url(Carrier, **filters)),
        Figure(_("Lotsenprogramme"), programmes.count(), _list_url(Programme, **filters)),
    ]


def _item(entry: Entry, detail: str) -> Item:
    text = f"{entry} ({entry.carrier})" if isinstance(entry, Programme) else str(entry)
    return Item(text, detail, reverse(f"admin:lotsen_{entry._meta.model_name}_change", args=[entry.pk]))


def _day(entry: Entry) -> str:
    changed: datetime = localtime(entry.updated_at)
    return date_format(changed, "j. F Y")


def _list_url(model: type[Entry], **filters: str) -> str:
    address = reverse(f"admin:lotsen_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode(filters)}" if filters else address
