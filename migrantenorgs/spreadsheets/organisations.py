"""Migrant organisations as a spreadsheet."""

from django.utils.translation import gettext_lazy as _

from migrantenorgs.models import MigrantOrganisation
from migrantenorgs.spreadsheets.checking import MigrantOrganisationPlan, plan_organisation
from migrantenorgs.spreadsheets.columns import COLUMNS
from migrantenorgs.spreadsheets.exporting import organisation_rows, with_spreadsheet_columns
from vielfalt.listings.spreadsheets.importing import write_entry
from vielfalt.listings.spreadsheets.spreadsheet import Spreadsheet

ORGANISATIONS = Spreadsheet(
    model=MigrantOrganisation,
    columns=COLUMNS,
    kinds=(MigrantOrganisationPlan,),
    entries=with_spreadsheet_columns,
    plan=plan_organisation,
    write=write_entry,
    rows=organisation_rows,
    file_name="migrantenorganisationen",
    explanation=_("Jede Zeile ist eine Organisation. Neue sind „ohne Adresse“ sichtbar, wenn nichts anderes dasteht."),
    internal_permission="migrantenorgs.view_migrantorganisationinternal",
)
