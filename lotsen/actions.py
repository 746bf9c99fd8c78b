"""What writes more than one object of the carrier network at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotsen.models import AnnualFigures, Carrier, CarrierInternal, PendingImport, Programme, ProgrammeLanguage
from lotsen.models.vocabularies import Availability
from lotsen.rules import missing_for_publication, programme_lacks
from lotsen.spreadsheets.checking import check
from lotsen.spreadsheets.plan import CarrierPlan, FiguresPlan, Plan, ProgrammePlan, outcome_of
from lotsen.spreadsheets.reading import read_rows
from vielfalt.accounts.models import User
from vielfalt.listings.models import State
from vielfalt.listings.recording import IMPORT, changes_by

_IMPORT_LOCK = 20_261_122
"""Any number: two imports at once wait for each other instead of making the same carrier twice."""


@dataclass
class Publication:
    """Which entries became public, and what the others lack."""

    published: list[Carrier | Programme] = field(default_factory=list)
    lacking: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def publish_carriers(*, carriers: Iterable[Carrier], by: User) -> Publication:
    """Publish carriers that lack nothing, and with them their complete programmes that still wait.

    Whoever publishes has looked at the entry, so this confirms it, too. Programmes that are
    dormant or archived stay so.
    """
    result = Publication()
    for carrier in carriers:
        if missing := missing_for_publication(carrier):
            result.lacking[carrier.name] = missing
            continue
        _set_state(carrier, State.PUBLISHED, by=by)
        for programme in carrier.programmes.all():
            if programme.state in (State.DRAFT, State.IN_REVIEW) and not programme_lacks(programme):
                _set_state(programme, State.PUBLISHED, by=by)
        result.published.append(carrier)
    return result


@transaction.atomic
def publish_programmes(*, programmes: Iterable[Programme], by: User) -> Publication:
    """Publish programmes that lack nothing; readers see them once their carrier is public, too."""
    result = Publication()
    for programme in programmes:
        if missing := programme_lacks(programme):
            result.lacking[programme.title] = missing
        else:
            _set_state(programme, State.PUBLISHED, by=by)
            result.published.append(programme)
    return result


@transaction.atomic
def make_dormant(*, entries: Iterable[Carrier | Programme], by: User) -> int:
    """Take entries from the public pages for a while and return their number."""
    entries = list(entries)
    for entry in entries:
        _set_state(entry, State.DORMANT, by=by)
    return len(entries)


@transaction.atomic
def confirm(*, entries: Iterable[Carrier | Programme], by: User | None) -> int:
    """Record that somebody said today that these entries are right, and return their number.

    What is said of a carrier holds for its published programmes, too. ``by`` is ``None`` for
    somebody without an account, who came by a reminder's link.
    """
    entries = list(entries)
    for entry in entries:
        _confirm_one(entry, by=by)
        if isinstance(entry, Carrier):
            for programme in entry.programmes.filter(state=State.PUBLISHED):
                _confirm_one(programme, by=by)
    return len(entries)


def _confirm_one(entry: Carrier | Programme, *, by: User | None) -> None:
    entry.confirmed_on = timezone.localdate()
    entry.save(update_fields=["confirmed_on"])
    if by:
        _log(entry, _("Als aktuell bestätigt."), by=by)


def _set_state(entry: Carrier | Programme, state: State, *, by: User) -> None:
    entry.state = state
    fields = ["state", "updated_at"]
    if state == State.PUBLISHED:
        entry.confirmed_on = timezone.localdate()
        fields.append("confirmed_on")
    entry.save(update_fields=fields)
    _log(entry, _("Status: {state}.").format(state=state.label), by=by)


def _log(entry: Carrier | Programme, message: str, *, by: User, flag: int = CHANGE) -> None:
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(entry),
        object_id=str(entry.pk),
        object_repr=str(entry)[:200],
        action_flag=flag,
        change_message=message,
    )


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
        with changes_by(by, via=IMPORT):
            for carrier in plan.carriers:
                saved = _write_carrier(carrier)
                for programme in carrier.programmes:
                    _write_programme(programme, saved)
                if by:
                    _log_import(carrier, saved, by)
    return plan


def _write_carrier(plan: CarrierPlan) -> Carrier:
    carrier = plan.existing or Carrier(name=plan.name)
    if plan.publish:
        _publish(carrier)
    if plan.values:
        for name, value in plan.values.items():
            setattr(carrier, name, value)
        carrier.save()
    if plan.note is not None:
        CarrierInternal.objects.update_or_create(carrier=carrier, defaults={"note": plan.note})
    return carrier


def _write_programme(plan: ProgrammePlan, carrier: Carrier) -> None:
    programme = plan.existing or Programme(carrier=carrier, title=plan.title)
    if plan.publish:
        _publish(programme)
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


def _publish(entry: Carrier | Programme) -> None:
    entry.state = State.PUBLISHED
    entry.confirmed_on = timezone.localdate()


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


def _log_import(plan: CarrierPlan, carrier: Carrier, by: User) -> None:
    parts: list[CarrierPlan | ProgrammePlan] = [plan, *plan.programmes]
    if any(outcome_of(part) != "unchanged" for part in parts):
        _log(carrier, _("Aus einer Tabelle importiert."), by=by, flag=CHANGE if plan.existing else ADDITION)


def forget_imports(day: date) -> str:
    """Delete spreadsheets that somebody uploaded and did not confirm; they may hold internal notes."""
    number = PendingImport.objects.forgotten().delete()[0]
    return ngettext("%d liegen gelassene Tabelle gelöscht.", "%d liegen gelassene Tabellen gelöscht.", number) % number
