"""What writes more than one object of the carrier network at once."""

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.models import AnnualFigures, Carrier, CarrierInternal, Programme, ProgrammeLanguage
from lotsen.spreadsheets.checking import check
from lotsen.spreadsheets.plan import CarrierPlan, FiguresPlan, Plan, ProgrammePlan, outcome_of
from lotsen.spreadsheets.reading import read_rows
from vielfalt.accounts.models import User
from vielfalt.listings.models import State

_IMPORT_LOCK = 20_261_122
"""Any number: two imports at once wait for each other instead of making the same carrier twice."""


@transaction.atomic
def import_carriers(*, content: bytes, publish: bool, by: User | None) -> Plan:
    """Check the whole file and write it if it has no mistake; the plan says what was done, or what is wrong.

    Raises ``RefusedError`` for what is no table at all. ``publish`` makes new entries public if
    they are complete; the state of existing ones never changes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])
    plan = check(read_rows(content), publish=publish)
    if not plan.mistakes:
        for carrier in plan.carriers:
            saved = _write_carrier(carrier)
            for programme in carrier.programmes:
                _write_programme(programme, saved)
            if by:
                _log_import(carrier, saved, by)
    return plan


def _write_carrier(plan: CarrierPlan) -> Carrier:
    carrier = plan.existing or Carrier(name=plan.name)
    _publish_new(carrier, publish=plan.publish)
    if plan.values:
        for name, value in plan.values.items():
            setattr(carrier, name, value)
        carrier.save()
    if plan.note is not None:
        CarrierInternal.objects.update_or_create(carrier=carrier, defaults={"note": plan.note})
    return carrier


def _write_programme(plan: ProgrammePlan, carrier: Carrier) -> None:
    programme = plan.existing or Programme(carrier=carrier, title=plan.title)
    _publish_new(programme, publish=plan.publish)
    if plan.changes_entry:
        for name, value in plan.values.items():
            setattr(programme, name, value)
        programme.save()
    for name, wanted in plan.relations.items():
        getattr(programme, name).set(wanted)
    if plan.languages is not None:
        _write_languages(programme, plan.languages)
    if plan.figures:
        _write_figures(programme, plan.figures)


def _publish_new(entry: Carrier | Programme, *, publish: bool) -> None:
    if entry.pk is None and publish:
        entry.state = State.PUBLISHED
        entry.confirmed_on = timezone.localdate()


def _write_languages(programme: Programme, wanted: dict[str, ProgrammeLanguage.Availability]) -> None:
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


def _log_import(plan: CarrierPlan, carrier: Carrier, by: User) -> None:
    changed = [part for part in (plan, *plan.programmes) if outcome_of(part) != "unchanged"]
    if changed:
        LogEntry.objects.create(
            user=by,
            content_type=ContentType.objects.get_for_model(Carrier),
            object_id=str(carrier.pk),
            object_repr=carrier.name[:200],
            action_flag=CHANGE if plan.existing else ADDITION,
            change_message=_("Aus einer Tabelle importiert."),
        )
