"""Import carriers with their programmes from a CSV or XLSX file."""

from django.utils.translation import gettext_lazy as _

from lotsen.spreadsheets.carriers import CARRIERS
from vielfalt.listings.spreadsheets.command import ImportCommand


class Command(ImportCommand):
    help = _("Liest Träger mit ihren Programmen aus einer Tabelle (CSV oder XLSX) ein.")
    sheet = CARRIERS
