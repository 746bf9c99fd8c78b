"""From rows to a plan: what is new, what differs, and every mistake of the file at once."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lotsen import rules
from lotsen.models import AnnualFigures, Carrier, Programme
from lotsen.spreadsheets import columns
from lotsen.spreadsheets.areas import usual_area
from lotsen.spreadsheets.existing import ByName, ExistingCarriers
from lotsen.spreadsheets.plan import CarrierPlan, FiguresPlan, Plan, ProgrammePlan, Remark
from lotsen.spreadsheets.reading import RefusedError, Row
from lotsen.spreadsheets.rows import NO_UMBRELLA, Known, ParsedRow, parse_row
from lotsen.spreadsheets.words import Words
from vielfalt.places.models import Municipality
from vielfalt.text import match_key

CARRIER_COLUMNS = {
    columns.CARRIER_TYPE: "carrier_type",
    columns.UMBRELLA: "umbrella",
    columns.POSTAL_CODE: "postal_code",
    columns.STREET: "street",
    columns.WEBSITE: "website",
    columns.EMAIL: "email",
    columns.PHONE: "phone",
}
"""The columns that speak of the carrier, and its fields."""
PROGRAMME_COLUMNS = (
    columns.LANGUAGES,
    columns.FIELDS_OF_WORK,
    columns.TARGET_GROUPS,
    columns.ACTIVE,
    columns.YEAR,
    columns.UNITS,
)


def check(rows: list[Row], *, publish: bool = False) -> Plan:
    """Compare all rows with the database and return the plan, which holds mistakes if there are any."""
    first, *body = rows
    header = Row(first.number, [columns.header_named(cell) for cell in first.cells])
    plan = Plan(rows=len(body))
    plan.mistakes = header_mistakes(header)
    if plan.mistakes:
        return plan
    if not body:
        raise RefusedError(_("Unter der Kopfzeile stehen keine Träger."))
    known = Known()
    parsed = [_parse(header, row, known) for row in body]
    names = [row.get(columns.NAME) for row in parsed if row.get(columns.NAME)]
    existing = ExistingCarriers(names)
    groups: dict[Any, list[ParsedRow]] = {}
    for row in parsed:
        if name := row.get(columns.NAME):
            carrier = existing.find(name)
            groups.setdefault(carrier.pk if carrier else match_key(name), []).append(row)
    for group in groups.values():
        carrier = existing.find(group[0].get(columns.NAME))
        plan.carriers.append(CarrierCheck(group, carrier, known, publish=publish).plan())
    plan.mistakes = sorted(mistake for row in parsed for mistake in row.mistakes)
    # What else might be noticed depends on the mistakes; it is said when they are gone.
    plan.warnings = [] if plan.mistakes else sorted(warning for row in parsed for warning in row.warnings)
    return plan


def header_mistakes(header: Row) -> list[Remark]:
    """Return a sentence for each unknown, missing or repeated column."""
    counted = Counter(cell for cell in header.cells if cell)
    known = Words([(column, column.header) for column in columns.COLUMNS])
    unknown = [name for name in counted if name not in columns.HEADERS]
    if len(unknown) == len(counted):
        raise RefusedError(_("In der ersten Zeile stehen nicht die erwarteten Spalten. Bitte nehmen Sie die Vorlage."))
    texts = [_("Die Spalte {sentence}").format(sentence=known.unknown(name)) for name in unknown]
    texts += [
        _("Die Spalte „{name}“ steht mehrmals da.").format(name=name) for name, times in counted.items() if times > 1
    ]
    texts += [_("Die Spalte „{name}“ fehlt.").format(name=name) for name in columns.HEADERS if name not in counted]
    return [Remark(0, "", text) for text in texts]


def _parse(header: Row, row: Row, known: Known) -> ParsedRow:
    cells = dict(zip(header.cells, row.cells, strict=False))
    parsed = parse_row(row.number, cells, known)
    outside = [cell for name, cell in zip(header.cells, row.cells, strict=False) if cell and not name]
    outside += [cell for cell in row.cells[len(header.cells) :] if cell]
    if outside:
        parsed.mistake("", _("„{cell}“ steht neben der Tabelle.").format(cell=outside[0]))
    if not cells.get(columns.NAME):
        parsed.mistake(columns.NAME, _("Der Name des Trägers fehlt."))
    return parsed


class CarrierCheck:
    """All rows of one carrier against what the database has of it."""

    def __init__(self, rows: list[ParsedRow], existing: Carrier | None, known: Known, *, publish: bool) -> None:
        self.rows = rows
        self.existing = existing
        self.known = known
        self.publish = publish
        self.given = self._agreed_values()
        self.programmes = ByName(existing.programmes.all() if existing else [], "title")
        self.name = existing.name if existing else rows[0].get(columns.NAME)
        self.carrier_type = self.given.get(columns.CARRIER_TYPE) or (existing and existing.carrier_type)

    def plan(self) -> CarrierPlan:
        plan = CarrierPlan(self.rows[0].number, self.name, self.existing)
        self._plan_values(plan)
        self._plan_place(plan)
        self._plan_note(plan)
        self._plan_programmes(plan)
        if self.publish:
            self._plan_publication(plan)
        return plan

    def _agreed_values(self) -> dict[str, Any]:
        """Return what the rows say of the carrier; two rows that disagree are a mistake."""
        given: dict[str, Any] = {}
        first_row: dict[str, int] = {}
        for row in self.rows:
            for column in CARRIER_COLUMNS:
                if (value := row.get(column)) is None:
                    continue
                if column in given and given[column] != value:
                    row.mistake(
                        column,
                        _(
                            "„{value}“ passt nicht zu „{other}“ in Zeile {row}. Beide Zeilen nennen denselben Träger."
                        ).format(value=value, other=given[column], row=first_row[column]),
                    )
                given.setdefault(column, value)
                first_row.setdefault(column, row.number)
        return given

    def _plan_values(self, plan: CarrierPlan) -> None:
        for column, value in self.given.items():
            field = CARRIER_COLUMNS[column]
            wanted = None if value == NO_UMBRELLA else value
            if self.existing is None or wanted != getattr(self.existing, field):
                plan.values[field] = wanted
                plan.columns.append(column)
        if self.existing is None and columns.CARRIER_TYPE not in self._filled():
            self.rows[0].mistake(columns.CARRIER_TYPE, _("Die Trägerart fehlt. Ein neuer Träger braucht sie."))

    def _filled(self) -> set[str]:
        return set().union(*(row.filled for row in self.rows))

    def _plan_place(self, plan: CarrierPlan) -> None:
        """Find the carrier's own municipality; see the handbook for the order of what counts."""
        first = self.rows[0]
        place = next((cell.place for row in self.rows if (cell := row.get(columns.PLACES))), None)
        code = self.given.get(columns.POSTAL_CODE)
        if self.existing is None and not place and not code:
            if not {columns.PLACES, columns.POSTAL_CODE} & self._filled():
                first.mistake(columns.PLACES, _("Der Ort fehlt. Ein neuer Träger braucht ihn."))
            return
        municipality = self._municipality(first, place, code)
        if municipality and (self.existing is None or self.existing.municipality_id != municipality.pk):
            plan.values["municipality"] = municipality
            plan.columns.append(columns.PLACES)

    def _municipality(self, first: ParsedRow, place: Municipality | None, code: Any) -> Municipality | None:
        existing = self.existing
        if code and not (existing and existing.postal_code_id == code.pk):
            inside = sorted(code.municipalities.all(), key=lambda town: (town != place, town.name))
            if len(inside) > 1 and inside[0] != place:
                names = ", ".join(town.name for town in inside)
                first.warning(
                    columns.POSTAL_CODE,
                    _("Zu {code} gehören {names}. Eingetragen wird {name}, bitte prüfen Sie das.").format(
                        code=code, names=names, name=inside[0].name
                    ),
                )
            return inside[0]
        if existing is None:
            return place
        if code or existing.postal_code_id or not place:
            return None
        # Without an address the carrier is where its programme is, and moves with it.
        programme = self.programmes.find(first.get(columns.PROGRAMME) or "")
        return place if programme and programme.municipality_id == existing.municipality_id else None

    def _plan_note(self, plan: CarrierPlan) -> None:
        notes = "\n".join(dict.fromkeys(note for row in self.rows if (note := row.get(columns.NOTE))))
        internal = getattr(self.existing, "internal", None)
        before = internal.note.replace("\r\n", "\n").strip() if internal else ""
        if notes and notes != before:
            plan.note = notes
            plan.columns.append(columns.NOTE)

    def _plan_programmes(self, plan: CarrierPlan) -> None:
        seen: dict[Any, int] = {}
        for row in self.rows:
            title = row.get(columns.PROGRAMME)
            if not title:
                self._check_row_without_programme(row)
                continue
            existing = self.programmes.find(title)
            key = existing.pk if existing else match_key(title)
            if key in seen:
                row.mistake(
                    columns.PROGRAMME,
                    _("„{title}“ steht schon in Zeile {row}.").format(title=title, row=seen[key]),
                )
                continue
            seen[key] = row.number
            plan.programmes.append(ProgrammeCheck(row, existing, self).plan())

    def _check_row_without_programme(self, row: ParsedRow) -> None:
        if columns.PROGRAMME in row.filled:
            return
        if row.filled.intersection(PROGRAMME_COLUMNS):
            row.mistake(columns.PROGRAMME, _("Der Titel des Programms fehlt."))
        elif self.existing is None:
            row.warning(columns.PROGRAMME, _("Ohne Programm wird nur der Träger angelegt."))

    def _plan_publication(self, plan: CarrierPlan) -> None:
        for programme in plan.programmes:
            if programme.existing is None:
                complete = bool(programme.languages or programme.relations.get("fields_of_work"))
                programme.publish = complete
                if not complete:
                    self._stays_draft(programme.row, [rules.LANGUAGE_OR_FIELD], columns.PROGRAMME)
        if self.existing is None:
            contact = any(plan.values.get(name) for name in ("phone", "email", "website"))
            missing = [] if contact else [rules.CONTACT]
            missing += [] if any(one.publish for one in plan.programmes) else [rules.PROGRAMME]
            plan.publish = not missing
            if missing:
                self._stays_draft(plan.row, missing, columns.NAME)

    def _stays_draft(self, number: int, missing: list[Any], column: str) -> None:
        row = next(row for row in self.rows if row.number == number)
        names = "; ".join(str(name) for name in missing)
        row.warning(column, _("Bleibt Entwurf, es fehlt: {names}.").format(names=names))


class ProgrammeCheck:
    """One row against the programme the database has."""

    def __init__(self, row: ParsedRow, existing: Programme | None, carrier: CarrierCheck) -> None:
        self.row = row
        self.existing = existing
        self.carrier = carrier
        self.known = carrier.known

    def plan(self) -> ProgrammePlan:
        plan = ProgrammePlan(self.row.number, self.row.get(columns.PROGRAMME), self.existing)
        if self.existing is None and columns.PLACES not in self.row.filled:
            self.row.mistake(columns.PLACES, _("Der Ort fehlt. Ein neues Programm braucht ihn."))
        self._plan_place(plan)
        self._plan_terms(plan, columns.FIELDS_OF_WORK, "fields_of_work")
        self._plan_terms(plan, columns.TARGET_GROUPS, "target_groups")
        self._plan_languages(plan)
        self._plan_figures(plan)
        return plan

    def _plan_place(self, plan: ProgrammePlan) -> None:
        cell, places = self.row.get(columns.PLACES), self.known.places
        if not cell or not self.carrier.carrier_type:
            return
        area = cell.area or usual_area(cell.place, self.carrier.name, self.carrier.carrier_type, places)
        moved = self.existing is None or self.existing.municipality_id != cell.place.pk
        before = self.existing and places.area(
            [town.pk for town in self.existing.covered_municipalities.all()],
            [district.pk for district in self.existing.covered_districts.all()],
        )
        if moved:
            plan.values["municipality"] = cell.place
        if area != before:
            plan.relations["covered_municipalities"] = sorted(area.municipalities)
            plan.relations["covered_districts"] = sorted(area.districts)
        if moved or area != before:
            plan.columns.append(columns.PLACES)

    def _plan_terms(self, plan: ProgrammePlan, column: str, name: str) -> None:
        terms = self.row.get(column)
        if terms and (self.existing is None or set(terms) != set(getattr(self.existing, name).all())):
            plan.relations[name] = terms
            plan.columns.append(column)

    def _plan_languages(self, plan: ProgrammePlan) -> None:
        wanted = self.row.get(columns.LANGUAGES)
        offered = self.existing.offered_languages.all() if self.existing else []
        if wanted and wanted != {offer.language_id: offer.availability for offer in offered}:
            plan.languages = wanted
            plan.columns.append(columns.LANGUAGES)

    def _plan_figures(self, plan: ProgrammePlan) -> None:
        active, year, units = (self.row.get(name) for name in (columns.ACTIVE, columns.YEAR, columns.UNITS))
        if active is not None and (self.existing is None or self.existing.active_volunteers != active):
            plan.values["active_volunteers"] = active
            plan.columns.append(columns.ACTIVE)
        if units is not None and columns.YEAR not in self.row.filled:
            self.row.mistake(columns.YEAR, _("Zu den UE fehlt das Jahr."))
        if year is None:
            return
        numbers = {"active": active, "course_units": units}
        if active is None and units is None:
            self.row.warning(columns.YEAR, _("Ohne Zahlen dazu wird das Jahr nicht gespeichert."))
            return
        self._warn_of_units(year, units)
        before = self._figures_of(year)
        values = {
            name: value
            for name, value in numbers.items()
            if value is not None and (before is None or getattr(before, name) != value)
        }
        if values:
            plan.figures = FiguresPlan(year, before, values)
            plan.columns.append(columns.YEAR)

    def _figures_of(self, year: int) -> AnnualFigures | None:
        figures = self.existing.annual_figures.all() if self.existing else []
        return next((one for one in figures if one.year == year), None)

    def _warn_of_units(self, year: int, units: int | None) -> None:
        in_force = [rule for rule in self.known.funding_rules if rule.valid_from <= date(year, 12, 31)]
        if units is None or not in_force:
            return
        rule = max(in_force, key=lambda one: one.valid_from)
        if not rule.min_units <= units <= rule.max_units:
            self.row.warning(
                columns.UNITS,
                _("{units} UE liegen außerhalb der Förderregeln ({least} bis {most}).").format(
                    units=units, least=rule.min_units, most=rule.max_units
                ),
            )
