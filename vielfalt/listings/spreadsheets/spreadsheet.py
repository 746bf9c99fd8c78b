"""What a domain says of its kind of spreadsheet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.functional import Promise

from vielfalt.listings.spreadsheets.cells import Known
from vielfalt.listings.spreadsheets.columns import Column
from vielfalt.listings.spreadsheets.plan import EntryPlan
from vielfalt.listings.spreadsheets.rows import ParsedRow
from vielfalt.text import match_key

type Cells = dict[str, str]
"""What stands in a row, by header."""


@dataclass(frozen=True)
class RowGroup:
    """All rows of one name, and what they are compared with."""

    rows: list[ParsedRow]
    existing: Any
    """The entry of the database, or ``None``."""
    known: Known
    publish: bool
    """Whether new entries shall become public if they are complete."""


@dataclass(frozen=True, kw_only=True)
class Spreadsheet:
    """One kind of entry as rows of a table: what is in it, and how it is compared, written and shown."""

    model: type[models.Model]
    """The entries; they have a ``name``, which stands in the first column."""
    columns: tuple[Column, ...]
    kinds: tuple[type[EntryPlan], ...]
    """The plans that a file may lead to: of the entry, and of what belongs to it."""
    entries: Callable[[], models.QuerySet]
    """All entries with everything that stands in a row, in a fixed number of queries."""
    plan: Callable[[RowGroup], EntryPlan]
    """Compares rows with the entry; mistakes and warnings are noted at the rows."""
    write: Callable[[Any], models.Model]
    """Does what one plan says and returns the entry; ``write_entry`` where there is nothing special."""
    rows: Callable[[Any, Known], Iterable[Cells]]
    """Returns the rows of an entry, which ``plan`` would read without changing anything."""
    file_name: str
    """How downloads are called, as in ``traeger-2026-11-22.csv``."""
    explanation: str | Promise
    """One sentence for the upload page: what one row is."""
    internal_permission: str
    """Who exports may see internal columns only with this permission."""

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {match_key(header): header for header in self.headers}

    def header_named(self, word: str) -> str:
        """Return the header that ``word`` means, whatever its spelling, or ``word`` itself where it means none."""
        return self._by_key.get(match_key(word), word)

    @property
    def kind(self) -> str:
        """The key of the entries' model, such as "lotsen.carrier"."""
        return self.model._meta.label_lower

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name_plural)
