"""The row that stands for a migrant organisation, which the import reads without changing anything.

It holds what the centre knows. Exports are for staff who may see all organisations; and contact
data without a consent, and an address that the organisation keeps for itself, are in it only for
those who may see internal details (``withheld`` of the columns).
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from migrantenorgs.models import MigrantOrganisation
from migrantenorgs.spreadsheets import columns
from vielfalt.listings.spreadsheets.cells import Known
from vielfalt.listings.spreadsheets.exporting import day_cell, list_cell, note_cell, number_cell
from vielfalt.listings.spreadsheets.spreadsheet import Cells


def with_spreadsheet_columns() -> QuerySet[MigrantOrganisation]:
    """Organisations with everything that stands in a row, in a fixed number of queries."""
    return (
        MigrantOrganisation.objects.defer("search", "municipality__outline")
        .select_related("legal_form", "own_name_language", "municipality", "postal_code", "internal")
        .prefetch_related("fields_of_action", "target_groups", "languages", "postal_code__municipalities")
    )


def organisation_rows(organisation: MigrantOrganisation, known: Known) -> Iterator[Cells]:
    """Return the one row of an organisation."""
    yield {
        columns.NAME: organisation.name,
        columns.OWN_NAME: organisation.own_name,
        columns.OWN_NAME_LANGUAGE: organisation.own_name_language.name if organisation.own_name_language else "",
        columns.TRANSLITERATION: organisation.transliteration,
        columns.LEGAL_FORM: organisation.legal_form.name,
        columns.FOUNDED_IN: number_cell(organisation.founded_in),
        columns.PLACE: organisation.municipality.name,
        columns.POSTAL_CODE: organisation.postal_code_id or "",
        columns.STREET: organisation.street,
        columns.WEBSITE: organisation.website,
        columns.EMAIL: organisation.email,
        columns.PHONE: organisation.phone,
        columns.OPENING_HOURS: organisation.opening_hours,
        columns.REACH: organisation.get_reach_display(),
        columns.FIELDS_OF_ACTION: list_cell(organisation.fields_of_action.all()),
        columns.TARGET_GROUPS: list_cell(organisation.target_groups.all()),
        columns.LANGUAGES: list_cell(organisation.languages.all()),
        columns.DESCRIPTION: organisation.description,
        columns.OFFERS: organisation.offers,
        columns.NETWORKS: organisation.networks,
        columns.VISIBILITY: organisation.get_visibility_display(),
        columns.CONSENT_ON: day_cell(organisation.contact_consent_on),
        columns.NOTE: note_cell(organisation),
    }
