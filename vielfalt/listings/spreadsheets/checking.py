"""From rows to a plan: what is new, what differs, and every mistake of the file at once."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from vielfalt.listings.spreadsheets.cells import Known
from vielfalt.listings.spreadsheets.plan import Plan
from vielfalt.listings.spreadsheets.reading import RefusedError, Row
from vielfalt.listings.spreadsheets.rows import ParsedRow, Remark, parse_row
from vielfalt.listings.spreadsheets.spreadsheet import RowGroup, Spreadsheet
from vielfalt.listings.spreadsheets.words import Words
from vielfalt.text import match_key


def check(sheet: Spreadsheet, rows: list[Row], *, publish: bool = False) -> Plan:
    """Compare all rows with the database and return the plan, which holds mistakes if there are any."""
    first, *body = rows
    header = Row(first.number, [sheet.header_named(cell) for cell in first.cells])
    plan = Plan(len(body), sheet.kinds)
    plan.mistakes = header_mistakes(sheet, header)
    if plan.mistakes:
        return plan
    if not body:
        raise RefusedError(_("Unter der Kopfzeile stehen keine {entries}.").format(entries=sheet.title))
    known = Known()
    parsed = [_parse(sheet, header, row, known) for row in body]
    plan.entries = [sheet.plan(group) for group in _groups(sheet, parsed, known, publish=publish)]
    plan.mistakes = sorted(mistake for row in parsed for mistake in row.mistakes)
    # What else might be noticed depends on the mistakes; it is said when they are gone.
    plan.warnings = [] if plan.mistakes else sorted(warning for row in parsed for warning in row.warnings)
    return plan


def header_mistakes(sheet: Spreadsheet, header: Row) -> list[Remark]:
    """Return a sentence for each unknown, missing or repeated column."""
    counted = Counter(cell for cell in header.cells if cell)
    known = Words([(column, column.header) for column in sheet.columns])
    unknown = [name for name in counted if name not in sheet.headers]
    if len(unknown) == len(counted):
        raise RefusedError(_("In der ersten Zeile stehen nicht die erwarteten Spalten. Bitte nehmen Sie die Vorlage."))
    texts = [_("Die Spalte {sentence}").format(sentence=known.unknown(name)) for name in unknown]
    texts += [
        _("Die Spalte „{name}“ steht mehrmals da.").format(name=name) for name, times in counted.items() if times > 1
    ]
    texts += [_("Die Spalte „{name}“ fehlt.").format(name=name) for name in sheet.headers if name not in counted]
    return [Remark(0, "", text) for text in texts]


def _parse(sheet: Spreadsheet, header: Row, row: Row, known: Known) -> ParsedRow:
    cells = dict(zip(header.cells, row.cells, strict=False))
    parsed = parse_row(row.number, cells, sheet.columns, known)
    outside = [cell for name, cell in zip(header.cells, row.cells, strict=False) if cell and not name]
    outside += [cell for cell in row.cells[len(header.cells) :] if cell]
    if outside:
        parsed.mistake("", _("„{cell}“ steht neben der Tabelle.").format(cell=outside[0]))
    return parsed


def _groups(sheet: Spreadsheet, rows: Iterable[ParsedRow], known: Known, *, publish: bool) -> list[RowGroup]:
    """Put the rows of one entry together; a row without a name belongs to none."""
    column = sheet.headers[0]
    named = [row for row in rows if row.get(column)]
    existing = _existing_entries(sheet, (row.get(column) for row in named))
    groups: dict[Any, list[ParsedRow]] = {}
    for row in named:
        entry = existing.find(row.get(column))
        groups.setdefault(entry.pk if entry else match_key(row.get(column)), []).append(row)
    return [RowGroup(group, existing.find(group[0].get(column)), known, publish=publish) for group in groups.values()]


class ByName[Thing: models.Model]:
    """Entries, found by exactly their name, or else by a name that reads the same."""

    def __init__(self, things: Iterable[Thing], field: str = "name") -> None:
        self.exact: dict[str, Thing] = {}
        self.alike: dict[str, Thing] = {}
        for thing in things:
            name = getattr(thing, field)
            self.exact[name] = thing
            self.alike.setdefault(match_key(name), thing)

    def find(self, name: str) -> Thing | None:
        return self.exact.get(name) or self.alike.get(match_key(name))


def _existing_entries(sheet: Spreadsheet, names: Iterable[str]) -> ByName[Any]:
    """Load the entries of the database that a file names."""
    wanted = {match_key(name) for name in names}
    pairs = sheet.model._default_manager.values_list("pk", "name")
    return ByName(sheet.entries().filter(pk__in=[pk for pk, name in pairs if match_key(name) in wanted]))


def only_row(group: RowGroup) -> ParsedRow:
    """Return the one row of an entry that has no more than one; further rows are mistakes."""
    first, *others = group.rows
    column = next(iter(first.values))
    for row in others:
        row.mistake(column, _("„{name}“ steht schon in Zeile {row}.").format(name=row.get(column), row=first.number))
    return first
