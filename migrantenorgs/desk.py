"""What the migrant organisations put on the staff's desk, in a fixed number of queries."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from migrantenorgs.models import MigrantOrganisation
from vielfalt.listings.desk import Panel
from vielfalt.listings.desk_panels import Kind, Strand


def panels(request: HttpRequest) -> list[Panel]:
    """Return the five panels, for those who may see migrant organisations."""
    if not request.user.has_perm("migrantenorgs.view_migrantorganisation"):
        return []
    return Strand(
        label="migrantenorgs",
        name=_("Migrantenorganisationen"),
        kinds=(Kind(_("Migrantenorganisationen"), _organisations, _with_fields),),
        all_of_it=_("Alle Migrantenorganisationen"),
        nothing_waits=_("Nichts wartet. Neue Organisationen legen Sie an oder importieren sie aus einer Tabelle."),
        nothing_incomplete=_("Alle Migrantenorganisationen sind vollständig."),
        nothing_yet=_("Noch gibt es keine Migrantenorganisationen. Beginnen Sie mit der Vorlage für den Import."),
        share=_("{share} % der Migrantenorganisationen sind aktuell."),
        hidden=_("Migrantenorganisationen ausgeblendet"),
    ).panels()


def _organisations() -> QuerySet[MigrantOrganisation]:
    return MigrantOrganisation.objects.defer("search")


def _with_fields(organisations: QuerySet[MigrantOrganisation]) -> QuerySet[MigrantOrganisation]:
    return organisations.prefetch_related("fields_of_action")
