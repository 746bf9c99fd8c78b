"""How the people of migrant organisations are asked whether their entries are right."""

from django.db.models import QuerySet

from migrantenorgs.models import MigrantOrganisation
from vielfalt.reminders.sources import Asked


def _entries(organisations: QuerySet) -> QuerySet:
    return organisations.select_related("legal_form", "own_name_language", "municipality__district").prefetch_related(
        "fields_of_action", "languages"
    )


organisations = Asked(
    model=MigrantOrganisation,
    template="migrantenorgs/_reminded.html",
    report_page="migrantenorgs:organisation_report",
    entries=_entries,
)
