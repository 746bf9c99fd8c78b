"""Writing what the plan of a carrier says."""

from lotsen.models import AnnualFigures, Carrier, Programme, ProgrammeLanguage
from lotsen.models.vocabularies import Availability
from lotsen.spreadsheets.plan import CarrierPlan, FiguresPlan, ProgrammePlan
from vielfalt.listings.spreadsheets.importing import save_entry, write_entry


def write_carrier(plan: CarrierPlan) -> Carrier:
    carrier: Carrier = write_entry(plan)
    for programme in plan.programmes:
        _write_programme(programme, carrier)
    return carrier


def _write_programme(plan: ProgrammePlan, carrier: Carrier) -> None:
    programme = plan.existing or Programme(carrier=carrier, title=plan.name)
    save_entry(programme, plan)
    if plan.languages is not None:
        _write_languages(programme, plan.languages)
    if plan.figures:
        _write_figures(programme, plan.figures)


def _write_languages(programme: Programme, wanted: dict[str, Availability]) -> None:
    """Make ``wanted`` the languages of ``programme``; notes of those that stay are kept."""
    programme.offered_languages.exclude(language__in=wanted).delete()
    ProgrammeLanguage.objects.bulk_create(
        [
            ProgrammeLanguage(programme=programme, language_id=code, availability=availability)
            for code, availability in wanted.items()
        ],
        update_conflicts=True,
        unique_fields=["programme", "language"],
        update_fields=["availability"],
    )


def _write_figures(programme: Programme, plan: FiguresPlan) -> None:
    figures = plan.existing or AnnualFigures(programme=programme, year=plan.year)
    for name, value in plan.values.items():
        setattr(figures, name, value)
    figures.save()
