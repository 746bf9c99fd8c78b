"""The columns of a spreadsheet, and the headers that every organisation's has."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from vielfalt.listings.spreadsheets import cells

NAME = "Name"
PLACE = "Ort"
POSTAL_CODE = "PLZ"
STREET = "Straße"
WEBSITE = "Website"
EMAIL = "E-Mail"
PHONE = "Telefon"
LANGUAGES = "Sprachen"
TARGET_GROUPS = "Zielgruppen"
NOTE = "Notiz"


def _never(entry: Any) -> bool:
    return False


@dataclass(frozen=True)
class Column:
    """One column: its header, what goes in, an example, and what a cell means."""

    header: str
    hint: str
    example: str
    read: cells.Reader = cells.text
    doubt: Callable[[Any], str] | None = None
    """Says what may be wrong with a valid value, or nothing."""
    required: str | Promise = ""
    """The sentence for a row whose cell is empty; without one it may be."""
    internal: bool = False
    """Only those who may see internal details find it filled in an export."""
    withheld: Callable[[Any], bool] = _never
    """Whether an entry keeps this from the public; then its cell is internal, too."""
