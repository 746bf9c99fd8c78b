"""What happened to an entry, in words, and how an earlier state of it comes back.

Reads the events that ``recording`` makes the database write: those of the entry itself and those
of its parts (languages, fields of work, what only the centre sees …).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pghistory.core import event_models
from pghistory.models import Event, Events

from vielfalt.accounts.models import User
from vielfalt.listings.recording import IMPORT, ON_BEHALF, RESTORED, REVIEW, changes_by
from vielfalt.richtext.fields import RichTextField
from vielfalt.richtext.sanitising import plain_text, sanitise

MOST_EVENTS = 400
"""How far back a timeline goes; who needs more asks the database."""

ROLES = {
    "redaktion": gettext_lazy("Redaktion"),
    "traeger": gettext_lazy("Organisation"),
    "besuch": gettext_lazy("öffentliches Formular"),
}
WAYS = {
    IMPORT: gettext_lazy("aus einer Tabelle importiert"),
    ON_BEHALF: gettext_lazy("im Auftrag eingetragen"),
    RESTORED: gettext_lazy("früheren Stand wiederhergestellt"),
    REVIEW: gettext_lazy("Änderungsantrag angenommen"),
}

Row = dict[str, Any]
State = dict[tuple[str, object], Row]
"""Every row of an entry and its parts, by model and key."""


@dataclass(frozen=True)
class Change:
    """What became of one field, or what was added to and taken from a list."""

    label: str
    old: str = ""
    new: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True)
class Moment:
    """Everything that one person changed at once."""

    slug: str
    """Names the last event; ``restore`` brings back the entry as it was right after it."""
    at: datetime
    who: str
    way: str
    what: str
    """"angelegt", "gelöscht" or empty."""
    changes: list[Change] = field(default_factory=list)


def timeline(entry: models.Model, *, internal: bool) -> list[Moment]:
    """Return the history of ``entry``, the latest first, in a number of queries that does not grow with it.

    With ``internal`` it is meant for the centre: it tells of what only the centre sees, and names
    its people.
    """
    events = list(_events(entry, internal=internal).order_by("-pgh_created_at", "-pgh_id")[:MOST_EVENTS])
    names = _Names(row for event in events for row in _rows(event))
    people = _people(events, internal=internal)
    moments = []
    for (at, _context), group in groupby(events, key=lambda event: (event.pgh_created_at, event.pgh_context_id)):
        together = list(group)
        what, changes = _changes_of(entry, together, names)
        if what or changes:
            context = together[0].pgh_context or {}
            way = str(WAYS.get(context.get("via"), ""))
            who = people.get(context.get("user"), _("Portal"))
            moments.append(Moment(together[0].pgh_slug, at, who, way, what, changes))
    return moments


def sees_internal(user: User, model: type[models.Model]) -> bool:
    """Whether ``user`` may see everything that belongs to entries of this kind."""
    parts = [event.pgh_tracked_model._meta for event in _event_models(model, internal=True) if event.is_internal]
    return user.has_perms([f"{part.app_label}.view_{part.model_name}" for part in parts])


def changes_to(entry: models.Model, slug: str, *, internal: bool) -> list[Change]:
    """Return what ``restore`` would change; raises ``ObjectDoesNotExist`` for an event of another entry."""
    then, now = (
        {key: row for key, row in state.items() if key[0] in _restorable(type(entry))}
        for state in (_state(entry, slug, internal=internal), _state(entry, internal=internal))
    )
    names = _Names((label, row) for state in (then, now) for (label, _key), row in state.items())
    changes: list[Change] = []
    lists: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for label, key in {**now, **then}:
        old, new = now.get((label, key)), then.get((label, key))
        if old is not None and new is not None:
            kept = _kept(apps.get_model(label))
            differing = {
                column: [old[column], new[column]]
                for column in new
                if old.get(column) != new[column] and column not in kept
            }
            changes += _field_changes(entry, label, new, differing, names)
        elif row := new if new is not None else old:
            lists[_part_label(entry, label)][0 if new is not None else 1].append(names.of_part(label, row))
    return changes + _list_changes(lists)


@transaction.atomic
def restore(*, entry: models.Model, slug: str, internal: bool, by: User) -> None:
    """Bring ``entry`` back to what it was right after an event; this is a recorded change like any other.

    Raises ``ValidationError`` where that state is no longer allowed, for example because another
    entry has the name by now, and ``ObjectDoesNotExist`` for an event of another entry.
    """
    then = _state(entry, slug, internal=internal)
    locked = type(entry)._base_manager.select_for_update(of=("self",)).get(pk=entry.pk)
    with changes_by(by, via=RESTORED):
        own = [row for (label, _key), row in then.items() if apps.get_model(label) is type(entry)]
        _fill(locked, own[0])
        locked.full_clean()
        locked.save()
        for event_model in _event_models(type(entry), internal=internal):
            model = event_model.pgh_tracked_model
            if event_model.is_restorable and model is not type(entry):
                rows = [row for (label, _key), row in then.items() if label == model._meta.label]
                _restore_part(locked, model, event_model.part_of, rows)


def _restore_part(entry: models.Model, model: type[models.Model], part_of: str, rows: list[Row]) -> None:
    if model._meta.proxy:
        link, target = _link(type(entry), model)
        column = next(name for name in _columns(model) if name not in ("id", f"{part_of}_id"))
        kept = target._base_manager.filter(pk__in=[row[column] for row in rows])
        getattr(entry, link.name).set(kept)
        return
    model._base_manager.filter(**{part_of: entry}).exclude(pk__in=[row["id"] for row in rows]).delete()
    present = model._base_manager.in_bulk([row["id"] for row in rows])
    for row in rows:
        part = present.get(row["id"], model())
        _fill(part, row)
        part.full_clean()
        part.save()


def _fill(thing: models.Model, row: Row) -> None:
    kept = _kept(type(thing))
    for one in thing._meta.concrete_fields:
        if one.attname in row and one.attname not in kept:
            setattr(thing, one.attname, one.to_python(row[one.attname]))


def _kept(model: type[models.Model]) -> tuple[str, ...]:
    """The columns that stay as they are whatever comes back."""
    return getattr(model, "own_decisions", ())


def _events(entry: models.Model, *, internal: bool) -> models.QuerySet[Events]:
    return Events.objects.across(*_event_models(type(entry), internal=internal)).references(entry)


def _event_models(model: type[models.Model], *, internal: bool) -> list[type[Event]]:
    """The events of a model and of its parts."""
    return [
        event_model
        for event_model in event_models()
        if event_model.pgh_tracked_model is model
        or (
            event_model.part_of
            and event_model._meta.get_field(event_model.part_of).related_model is model
            and (internal or not event_model.is_internal)
        )
    ]


def _restorable(model: type[models.Model]) -> set[str]:
    """The labels of an entry's model and of its parts that come back with it."""
    known = _event_models(model, internal=True)
    return {event_model.pgh_tracked_model._meta.label for event_model in known if event_model.is_restorable}


def _state(entry: models.Model, slug: str = "", *, internal: bool) -> State:
    """Return all rows of ``entry`` as they are now, or as they were right after an event."""
    events = _events(entry, internal=internal)
    if slug:
        chosen = events.filter(pgh_slug=slug).first()
        if chosen is None:
            raise ObjectDoesNotExist(slug)
        events = events.filter(pgh_created_at__lte=chosen.pgh_created_at)
    state: State = {}
    for event in events.order_by("pgh_created_at", "pgh_id"):
        key = (event.pgh_obj_model, event.pgh_obj_id or event.pgh_data["id"])
        if event.pgh_label == "delete":
            state.pop(key, None)
        else:
            state[key] = event.pgh_data
    return state


def _changes_of(entry: models.Model, events: list[Events], names: "_Names") -> tuple[str, list[Change]]:
    """Return what happened to the entry as a whole, and the changes that ``events`` (latest first) make together."""
    what = ""
    diffs: dict[tuple[str, str], dict[str, list[Any]]] = defaultdict(dict)
    rows: dict[tuple[str, str], Row] = {}
    lists: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for event in reversed(events):
        is_own = apps.get_model(event.pgh_obj_model) is type(entry)
        if event.pgh_label == "update":
            thing = (event.pgh_obj_model, event.pgh_obj_id)
            rows[thing] = event.pgh_data
            for column, (old, new) in (event.pgh_diff or {}).items():
                diffs[thing][column] = [diffs[thing].get(column, [old])[0], new]
        elif is_own:
            what = _("angelegt") if event.pgh_label == "insert" else _("gelöscht")
        else:
            added = 0 if event.pgh_label == "insert" else 1
            name = names.of_part(event.pgh_obj_model, event.pgh_data)
            lists[_part_label(entry, event.pgh_obj_model)][added].append(name)
    changes = [
        change
        for (label, key), diff in diffs.items()
        for change in _field_changes(entry, label, rows[label, key], diff, names)
    ]
    # What an entry gets on its first day is no change of anything.
    return what, ([] if what == _("angelegt") else changes) + _list_changes(lists)


def _field_changes(
    entry: models.Model, label: str, row: Row, diff: dict[str, list[Any]], names: "_Names"
) -> list[Change]:
    model = apps.get_model(label)
    by_column = {one.attname: one for one in model._meta.concrete_fields}
    changes = []
    for column, one in by_column.items():
        old, new = diff.get(column, (None, None))
        if old != new:
            title = str(one.verbose_name)
            if model is not type(entry) and not _is_single(model):
                title = f"{names.of_part(label, row)}: {title}"
            before, after = names.of_value(one, old), names.of_value(one, new)
            if before == after and isinstance(one, RichTextField):
                title = _("{label} (nur die Formatierung)").format(label=title)
            changes.append(Change(title, before, after))
    return changes


def _is_single(model: type[models.Model]) -> bool:
    """Whether an entry has only one such part, so that its fields need no other name."""
    return any(isinstance(one, models.OneToOneField) for one in model._meta.concrete_fields)


def _list_changes(lists: dict[str, tuple[list[str], list[str]]]) -> list[Change]:
    """What was taken out and put back in the same moment did not change."""
    changes = []
    for label, (added, removed) in sorted(lists.items()):
        only_added, only_removed = sorted(set(added) - set(removed)), sorted(set(removed) - set(added))
        if only_added or only_removed:
            changes.append(Change(label, added=tuple(only_added), removed=tuple(only_removed)))
    return changes


def _part_label(entry: models.Model, label: str) -> str:
    model = apps.get_model(label)
    if model._meta.proxy:
        return str(_link(type(entry), model)[0].verbose_name)
    return str(model._meta.verbose_name_plural)


def _link(model: type[models.Model], proxy: type[models.Model]) -> tuple[models.ManyToManyField, type[models.Model]]:
    """Return the many-to-many field that a recorded table of links belongs to, and what it leads to."""
    through = proxy._meta.concrete_model
    link = next(one for one in model._meta.many_to_many if one.remote_field.through is through)
    return link, link.related_model


def _columns(model: type[models.Model]) -> list[str]:
    return [one.attname for one in model._meta.concrete_fields]


def _rows(event: Events) -> list[tuple[str, Row]]:
    """The values that an event mentions, as rows of its model: after it, and what was different before."""
    before = {column: old for column, (old, _new) in (event.pgh_diff or {}).items()}
    return [(event.pgh_obj_model, event.pgh_data), (event.pgh_obj_model, before)]


def _people(events: list[Events], *, internal: bool) -> dict[object, str]:
    """Return the name of everybody who made these events; carriers see the centre, not its people."""
    contexts = {context["user"]: context for event in events if (context := event.pgh_context) and "user" in context}
    users = User.objects.in_bulk([key for key in contexts if key is not None])
    people = {}
    for key, context in contexts.items():
        role = str(ROLES.get(context.get("role"), ""))
        if key is None or (not internal and context.get("role") == "redaktion"):
            people[key] = role
        else:
            name = str(users.get(key, _("gelöschtes Konto")))
            people[key] = name if name == role else f"{name} ({role})"
    return people


class _Names:
    """Words for values; whatever they refer to is loaded with one query for each model."""

    def __init__(self, rows: Iterable[tuple[str, Row]]) -> None:
        wanted: dict[type[models.Model], set[object]] = defaultdict(set)
        for label, row in rows:
            for one in apps.get_model(label)._meta.concrete_fields:
                if one.remote_field and row.get(one.attname) is not None:
                    wanted[one.related_model].add(row[one.attname])
        self.found = {model: model._base_manager.in_bulk(list(keys)) for model, keys in wanted.items()}

    def of_value(self, one: models.Field, value: Any) -> str:
        """Return a value as a reader would say it; nothing is an empty text."""
        if value is None or value == "":
            return ""
        if one.remote_field:
            return str(self.found.get(one.related_model, {}).get(value, _("gelöscht")))
        if isinstance(one, models.BooleanField):
            return _("ja") if value else _("nein")
        if isinstance(one, RichTextField | models.FileField):
            # Names of files are random; their beginning is enough to see that it is another one.
            return plain_text(sanitise(value)) if isinstance(one, RichTextField) else value.rpartition("/")[2][:6]
        if isinstance(one, models.DateField) and not isinstance(one, models.DateTimeField):
            return date_format(parse_date(value), "j. F Y")
        return str(dict(one.flatchoices).get(value, value))

    def of_part(self, label: str, row: Row) -> str:
        """Return the name of a part: what it leads to, or what it says of itself."""
        model = apps.get_model(label)
        part = model()
        leads_to = ""
        for one in model._meta.concrete_fields:
            setattr(part, one.attname, row.get(one.attname))
            if one.remote_field:
                related = self.found.get(one.related_model, {}).get(row.get(one.attname))
                if related is None:
                    return _("gelöscht")
                one.set_cached_value(part, related)
                leads_to = str(related) if model._meta.proxy and one.name != self._owner(model) else leads_to
        return leads_to or str(part)

    @staticmethod
    def _owner(proxy: type[models.Model]) -> str:
        """The side of a table of links from which the entry looks at it."""
        return str(next(model.part_of for model in event_models() if model.pgh_tracked_model is proxy))
