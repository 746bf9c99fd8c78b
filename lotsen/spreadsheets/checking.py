"""The rows of one carrier against the database: what is new, what differs, and what is wrong."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lotsen import rules
from lotsen.models import AnnualFigures, FundingRules, Programme
from lotsen.spreadsheets import columns
from lotsen.spreadsheets.areas import Places, usual_area
from lotsen.spreadsheets.cells import NO_UMBRELLA
from lotsen.spreadsheets.plan import CarrierPlan, FiguresPlan, ProgrammePlan
from vielfalt.listings.spreadsheets.checking import ByName
from vielfalt.listings.spreadsheets.places import town_of_code
from vielfalt.listings.spreadsheets.rows import ParsedRow
from vielfalt.listings.spreadsheets.spreadsheet import RowGroup
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
PROGRAMME_TERMS = {columns.FIELDS_OF_WORK: "fields_of_work", columns.TARGET_GROUPS: "target_groups"}


def plan_carrier(group: RowGroup) -> CarrierPlan:
    return CarrierCheck(group).plan()


class CarrierCheck:
    """All rows of one carrier against what the database has of it."""

    def __init__(self, group: RowGroup) -> None:
        self.rows = group.rows
        self.existing = existing = group.existing
        self.known = group.known
        self.publish = group.publish
        self.given = self._agreed_values()
        self.programmes = ByName(existing.programmes.all() if existing else [], "title")
        self.name = existing.name if existing else self.rows[0].get(columns.NAME)
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
            plan.set_value(column, CARRIER_COLUMNS[column], None if value == NO_UMBRELLA else value)
        if self.existing is None and columns.CARRIER_TYPE not in self._filled():
            self.rows[0].mistake(columns.CARRIER_TYPE, _("Die Trägerart fehlt. Ein neuer Träger braucht sie."))

    def _filled(self) -> set[str]:
        return set().union(*(row.filled for row in self.rows))

    def _plan_place(self, plan: CarrierPlan) -> None:
        """Find the carrier's own municipality; see the handbook for the order of what counts."""
        first = self.rows[0]
        place = next((cell.place for row in self.rows if (cell := row.get(columns.PLACE))), None)
        code = self.given.get(columns.POSTAL_CODE)
        if self.existing is None and not place and not code:
            if not {columns.PLACE, columns.POSTAL_CODE} & self._filled():
                first.mistake(columns.PLACE, _("Der Ort fehlt. Ein neuer Träger braucht ihn."))
            return
        municipality = self._municipality(first, place, code)
        if municipality:
            plan.set_value(columns.PLACE, "municipality", municipality)

    def _municipality(self, first: ParsedRow, place: Municipality | None, code: Any) -> Municipality | None:
        existing = self.existing
        if code and not (existing and existing.postal_code_id == code.pk):
            town, doubt = town_of_code(code, place)
            if doubt:
                first.warning(columns.POSTAL_CODE, doubt)
            return town
        if existing is None:
            return place
        if code or existing.postal_code_id or not place:
            return None
        # Without an address the carrier is where its programme is, and moves with it.
        programme = self.programmes.find(first.get(columns.PROGRAMME) or "")
        return place if programme and programme.municipality_id == existing.municipality_id else None

    def _plan_note(self, plan: CarrierPlan) -> None:
        notes = "\n".join(dict.fromkeys(note for row in self.rows if (note := row.get(columns.NOTE))))
        plan.set_note(columns.NOTE, notes)

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
        next(row for row in self.rows if row.number == number).stays_draft(column, missing)


class ProgrammeCheck:
    """One row against the programme the database has."""

    def __init__(self, row: ParsedRow, existing: Programme | None, carrier: CarrierCheck) -> None:
        self.row = row
        self.existing = existing
        self.carrier = carrier
        self.known = carrier.known

    def plan(self) -> ProgrammePlan:
        plan = ProgrammePlan(self.row.number, self.row.get(columns.PROGRAMME), self.existing)
        if self.existing is None and columns.PLACE not in self.row.filled:
            self.row.mistake(columns.PLACE, _("Der Ort fehlt. Ein neues Programm braucht ihn."))
        self._plan_place(plan)
        plan.take(self.row, PROGRAMME_TERMS)
        self._plan_languages(plan)
        self._plan_figures(plan)
        return plan

    def _plan_place(self, plan: ProgrammePlan) -> None:
        cell, places = self.row.get(columns.PLACE), self.known.get(Places)
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
            plan.columns.append(columns.PLACE)

    def _plan_languages(self, plan: ProgrammePlan) -> None:
        wanted = self.row.get(columns.LANGUAGES)
        offered = self.existing.offered_languages.all() if self.existing else []
        if wanted and wanted != {offer.language_id: offer.availability for offer in offered}:
            plan.languages = wanted
            plan.columns.append(columns.LANGUAGES)

    def _plan_figures(self, plan: ProgrammePlan) -> None:
        active, year, units = (self.row.get(name) for name in (columns.ACTIVE, columns.YEAR, columns.UNITS))
        plan.take(self.row, {columns.ACTIVE: "active_volunteers"})
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
        in_force = [rule for rule in self.known.get(_funding_rules) if rule.valid_from <= date(year, 12, 31)]
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


def _funding_rules() -> list[FundingRules]:
    return list(FundingRules.objects.all())
