"""Import migrant organisations from a CSV or XLSX file."""

from django.utils.translation import gettext_lazy as _

from migrantenorgs.spreadsheets.organisations import ORGANISATIONS
from vielfalt.listings.spreadsheets.command import ImportCommand


class Command(ImportCommand):
    help = _("Liest Migrantenorganisationen aus einer Tabelle (CSV oder XLSX) ein.")
    sheet = ORGANISATIONS
