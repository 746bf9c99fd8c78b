"""What the carrier network puts on the staff's desk, in a fixed number of queries."""

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lotsen.models import Carrier, Programme
from vielfalt.listings.desk import Panel
from vielfalt.listings.desk_panels import Kind, Strand


def panels(request: HttpRequest) -> list[Panel]:
    """Return the five panels, for those who may see carriers and programmes."""
    if not request.user.has_perms(["lotsen.view_carrier", "lotsen.view_programme"]):
        return []
    return Strand(
        label="lotsen",
        kinds=(
            Kind(_("Träger"), _carriers, _with_programmes),
            Kind(_("Lotsenprogramme"), _programmes, name=_with_carrier),
        ),
        all_of_it=_("Alle Träger und Programme"),
        nothing_waits=_("Nichts wartet. Neue Träger legen Sie an oder importieren sie aus einer Tabelle."),
        nothing_incomplete=_("Alle Träger sind vollständig."),
        nothing_yet=_("Noch gibt es keine Träger. Beginnen Sie mit der Vorlage für den Import."),
        share=_("{share} % der Träger sind aktuell."),
        hidden=_("Träger ausgeblendet"),
    ).panels()


def _carriers() -> QuerySet[Carrier]:
    return Carrier.objects.defer("search")


def _with_programmes(carriers: QuerySet[Carrier]) -> QuerySet[Carrier]:
    programmes = Programme.objects.prefetch_related("offered_languages", "fields_of_work")
    return carriers.prefetch_related(Prefetch("programmes", programmes))


def _programmes() -> QuerySet[Programme]:
    return Programme.objects.select_related("carrier").defer("search", "carrier__search")


def _with_carrier(programme: Programme) -> str:
    return f"{programme} ({programme.carrier})"
