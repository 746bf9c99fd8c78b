"""Writing what a plan says, and the files that wait for somebody to confirm them."""

from datetime import date
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vielfalt.accounts.models import User
from vielfalt.listings.models import PendingImport, State
from vielfalt.listings.publishing import log_change
from vielfalt.listings.recording import IMPORT, changes_by
from vielfalt.listings.spreadsheets.checking import check
from vielfalt.listings.spreadsheets.plan import EntryPlan, Outcome, Plan
from vielfalt.listings.spreadsheets.reading import read_rows
from vielfalt.listings.spreadsheets.spreadsheet import Spreadsheet
from vielfalt.locks import lock_for_transaction


@transaction.atomic
def import_file(sheet: Spreadsheet, *, content: bytes, publish: bool, by: User | None) -> Plan:
    """Check the whole file and write it if it has no mistake; the plan says what was done, or what is wrong.

    Raises ``RefusedError`` for what is no table at all. ``publish`` makes new entries public if
    they are complete; the state of existing ones never changes.
    """
    # Two imports at once wait for each other instead of making the same entry twice.
    lock_for_transaction(f"import {sheet.kind}")
    plan = check(sheet, read_rows(content), publish=publish)
    if not plan.mistakes:
        with changes_by(by, via=IMPORT):
            for entry_plan in plan.entries:
                entry = sheet.write(entry_plan)
                if by and any(part.outcome != Outcome.UNCHANGED for part in entry_plan.parts):
                    flag = CHANGE if entry_plan.existing else ADDITION
                    log_change(entry, _("Aus einer Tabelle importiert."), by=by, flag=flag)
    return plan


def write_entry(plan: EntryPlan) -> Any:
    """Make or change the entry of a plan, with its internal note."""
    entry: Any = plan.existing or plan.model(name=plan.name)
    save_entry(entry, plan)
    if plan.note is not None:
        internal = entry._meta.get_field("internal")
        internal.related_model.objects.update_or_create(**{internal.field.name: entry}, defaults={"note": plan.note})
    return entry


def save_entry(entry: Any, plan: EntryPlan) -> None:
    """Give an entry the values and relations of its plan; one that nothing changes is not touched."""
    if plan.publish:
        entry.state = State.PUBLISHED
        entry.confirmed_on = timezone.localdate()
    if plan.existing is None or plan.changes_entry:
        for name, value in plan.values.items():
            setattr(entry, name, value)
        entry.save()
    for name, wanted in plan.relations.items():
        getattr(entry, name).set(wanted)


def forget_imports(day: date) -> str:
    """Delete spreadsheets that somebody uploaded and did not confirm; they may hold internal notes."""
    number = PendingImport.objects.forgotten().delete()[0]
    return ngettext("%d liegen gelassene Tabelle gelöscht.", "%d liegen gelassene Tabellen gelöscht.", number) % number
