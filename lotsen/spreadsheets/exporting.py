"""The rows that stand for a carrier, which the import reads without changing anything."""

from collections.abc import Iterator

from lotsen.models import AnnualFigures, Carrier, Programme, ProgrammeLanguage
from lotsen.models.vocabularies import Availability
from lotsen.spreadsheets import columns
from lotsen.spreadsheets.areas import Places, usual_area, write_places
from vielfalt.listings.spreadsheets.cells import Known
from vielfalt.listings.spreadsheets.exporting import list_cell, note_cell, number_cell
from vielfalt.listings.spreadsheets.spreadsheet import Cells


def carrier_rows(carrier: Carrier, known: Known) -> Iterator[Cells]:
    """Return a row for each programme; what is said of the carrier stands in the first."""
    places = known.get(Places)
    own: Cells = {
        columns.NAME: carrier.name,
        columns.CARRIER_TYPE: carrier.carrier_type.name,
        columns.UMBRELLA: carrier.umbrella.name if carrier.umbrella else "",
        columns.POSTAL_CODE: carrier.postal_code_id or "",
        columns.STREET: carrier.street,
        columns.WEBSITE: carrier.website,
        columns.EMAIL: carrier.email,
        columns.PHONE: carrier.phone,
        columns.NOTE: note_cell(carrier),
    }
    programmes = list(carrier.programmes.all())
    if not programmes:
        yield {**own, columns.PLACE: carrier.municipality.name}
    for number, programme in enumerate(programmes):
        shared = own if number == 0 else {columns.NAME: carrier.name}
        yield {**shared, **_programme_cells(programme, carrier, places)}


def _programme_cells(programme: Programme, carrier: Carrier, places: Places) -> Cells:
    area = places.area(
        [town.pk for town in programme.covered_municipalities.all()],
        [district.pk for district in programme.covered_districts.all()],
    )
    place = places.municipalities[programme.municipality_id]
    figures = _matching_figures(programme)
    return {
        columns.PROGRAMME: programme.title,
        columns.PLACE: write_places(place, area, usual_area(place, carrier.name, carrier.carrier_type, places), places),
        columns.LANGUAGES: list_cell(_language_cell(offer) for offer in programme.offered_languages.all()),
        columns.FIELDS_OF_WORK: list_cell(term.name for term in programme.fields_of_work.all()),
        columns.TARGET_GROUPS: list_cell(term.name for term in programme.target_groups.all()),
        columns.ACTIVE: number_cell(programme.active_volunteers),
        columns.YEAR: number_cell(figures and figures.year),
        columns.UNITS: number_cell(figures and figures.course_units),
    }


def _matching_figures(programme: Programme) -> AnnualFigures | None:
    """Return the latest year's figures that say the same as the programme, so that a re-import changes none."""
    for figures in programme.annual_figures.all():
        if figures.active == programme.active_volunteers and (figures.active, figures.course_units) != (None, None):
            return figures
    return None


def _language_cell(offer: ProgrammeLanguage) -> str:
    if offer.availability == Availability.REGULAR:
        return offer.language.name
    return f"{offer.language.name} ({offer.get_availability_display()})"
