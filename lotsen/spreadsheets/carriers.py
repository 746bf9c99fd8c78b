"""Carriers with their programmes as a spreadsheet."""

from django.utils.translation import gettext_lazy as _

from lotsen.models import Carrier
from lotsen.spreadsheets.checking import plan_carrier
from lotsen.spreadsheets.columns import COLUMNS
from lotsen.spreadsheets.existing import with_spreadsheet_columns
from lotsen.spreadsheets.exporting import carrier_rows
from lotsen.spreadsheets.plan import CarrierPlan, ProgrammePlan
from lotsen.spreadsheets.writing import write_carrier
from vielfalt.listings.spreadsheets.spreadsheet import Spreadsheet

CARRIERS = Spreadsheet(
    model=Carrier,
    columns=COLUMNS,
    kinds=(CarrierPlan, ProgrammePlan),
    entries=with_spreadsheet_columns,
    plan=plan_carrier,
    write=write_carrier,
    rows=carrier_rows,
    file_name="traeger",
    explanation=_(
        "Jede Zeile ist ein Programm. Mehrere Zeilen mit demselben Namen sind ein Träger mit mehreren Programmen."
    ),
    internal_permission="lotsen.view_carrierinternal",
)
