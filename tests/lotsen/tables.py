"""Spreadsheets of carriers for tests."""

from functools import partial

from lotsen.models import AnnualFigures, Carrier, CarrierInternal, Programme, ProgrammeLanguage
from lotsen.spreadsheets.carriers import CARRIERS
from tests.listings import tables
from vielfalt.listings.spreadsheets.importing import import_file

HEADERS = CARRIERS.headers

csv_bytes = partial(tables.csv_bytes, headers=HEADERS)
xlsx_bytes = partial(tables.xlsx_bytes, headers=HEADERS)

CARRIER = {
    "Name": "Lotsenhaus e. V.",
    "Trägerart": "Gemeinnütziger Verein",
    "Programm": "Lotsen in Fulda",
    "Ort": "Fulda",
}


def row(**cells: str) -> dict[str, str]:
    """Return a valid row; keywords name columns that differ, ``E_Mail`` and ``Aktive`` stand for odd headers."""
    names = {"E_Mail": "E-Mail", "Aktive": "Aktive Lots*innen"}
    return {**CARRIER, **{names.get(name, name): cell for name, cell in cells.items()}}


FULL = row(
    Dachverband="Caritas",
    Ort="Fulda, Hünfeld",
    PLZ="36037",
    Telefon="+49 661 1",
    Website="https://lotsen.example.org",
    Sprachen="Arabisch, Somali (auf Anfrage)",
    Einsatzfelder="Kita | Freizeit, Sport, Vereine",
    Zielgruppen="Frauen",
    Aktive="12",
    Jahr="2025",
    UE="30",
    Notiz="intern",
)
"""A row with something in nearly every column."""


def load(*rows, publish=False):
    return import_file(CARRIERS, content=csv_bytes(*rows), publish=publish, by=None)


def mistakes(*rows, **options):
    return [str(mistake) for mistake in load(*rows, **options).mistakes]


def warnings(*rows, **options):
    return [str(warning) for warning in load(*rows, **options).warnings]


def snapshot():
    """Return every value that an import could change, ``updated_at`` included."""
    return [
        sorted(model.objects.values_list())
        for model in (Carrier, Programme, ProgrammeLanguage, AnnualFigures, CarrierInternal)
    ]
