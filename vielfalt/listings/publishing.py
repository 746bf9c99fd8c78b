"""Publishing, resting and confirming entries of every kind; what a kind needs stands in its ``Requirements``."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from vielfalt.accounts.models import User
from vielfalt.listings.models import Entry, State
from vielfalt.listings.requirements import lacks, requirements_of


@dataclass
class Publication:
    """Which entries became public, and what the others lack."""

    published: list[Entry] = field(default_factory=list)
    lacking: dict[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def publish(*, entries: Iterable[Entry], by: User) -> Publication:
    """Publish entries that lack nothing, and with them their complete parts that still wait.

    Whoever publishes has looked at the entry, so this confirms it, too. Parts that are dormant
    or archived stay so.
    """
    result = Publication()
    for entry in entries:
        if missing := lacks(entry):
            result.lacking[str(entry)] = missing
            continue
        _set_state(entry, State.PUBLISHED, by=by)
        for part in _parts(entry):
            if part.state in (State.DRAFT, State.IN_REVIEW) and not lacks(part):
                _set_state(part, State.PUBLISHED, by=by)
        result.published.append(entry)
    return result


@transaction.atomic
def make_dormant(*, entries: Iterable[Entry], by: User) -> int:
    """Take entries from the public pages for a while and return their number."""
    entries = list(entries)
    for entry in entries:
        _set_state(entry, State.DORMANT, by=by)
    return len(entries)


@transaction.atomic
def confirm(*, entries: Iterable[Entry], by: User | None) -> int:
    """Record that somebody said today that these entries are right, and return their number.

    What is said of an entry holds for its published parts, too. ``by`` is ``None`` for somebody
    without an account, who came by a reminder's link.
    """
    entries = list(entries)
    for entry in entries:
        _confirm_one(entry, by=by)
        for part in _parts(entry):
            if part.state == State.PUBLISHED:
                _confirm_one(part, by=by)
    return len(entries)


def log_change(entry: Model, message: str, *, by: User, flag: int = CHANGE) -> None:
    """Note in the admin's log that ``by`` did something to ``entry``."""
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(entry),
        object_id=str(entry.pk),
        object_repr=str(entry)[:200],
        action_flag=flag,
        change_message=message,
    )


def _parts(entry: Entry) -> Iterable[Entry]:
    return requirements_of(type(entry)).parts(entry)


def _confirm_one(entry: Entry, *, by: User | None) -> None:
    entry.confirmed_on = timezone.localdate()
    entry.save(update_fields=["confirmed_on"])
    if by:
        log_change(entry, _("Als aktuell bestätigt."), by=by)


def _set_state(entry: Entry, state: State, *, by: User) -> None:
    entry.state = state
    fields = ["state", "updated_at"]
    if state == State.PUBLISHED:
        entry.confirmed_on = timezone.localdate()
        fields.append("confirmed_on")
    entry.save(update_fields=fields)
    log_change(entry, _("Status: {state}.").format(state=state.label), by=by)
