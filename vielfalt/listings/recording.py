"""Which tables the history covers, and who is named as the one who changed them.

The database writes the history itself, by triggers (django-pghistory): whatever changes a row, be
it a form, a bulk update, the admin or an import, is recorded in the same transaction. Events have
no foreign keys that the database enforces, so history never blocks a deletion.
"""

import sys
from collections.abc import Callable

import pghistory
from django.db import models

from vielfalt.accounts.models import User

IMPORT = "import"
ON_BEHALF = "im-auftrag"
RESTORED = "wiederhergestellt"
REVIEW = "pruefung"
"""In what way something was changed, where that says more than who did it."""

_NO_WAY_BACK = pghistory.ObjForeignKey(related_name="+", related_query_name="+")
"""Events know their object, objects do not carry an attribute for their events."""


def recorded[Model: type[models.Model]](
    *, part_of: str = "", internal: bool = False, restorable: bool = False
) -> Callable[[Model], Model]:
    """Record every change of the decorated model.

    ``part_of`` names the foreign key to the entry in whose history it stands, too. What is
    ``internal`` is shown to the centre only. What is ``restorable`` comes back with an earlier
    state of its entry; an entry itself always does.
    """

    def decorate(model: Model) -> Model:
        _track(model, part_of=part_of, internal=internal, restorable=restorable or not part_of)
        return model

    return decorate


def record_links(model: type[models.Model], *names: str) -> None:
    """Record what is added to and taken from many-to-many fields without a model of their own."""
    for name in names:
        through = getattr(model, name).through
        # A trigger needs a model that migrations know, and they know no automatic tables.
        meta = type("Meta", (), {"proxy": True, "app_label": model._meta.app_label, "default_permissions": ()})
        proxy = type(f"{through.__name__}_link", (through,), {"Meta": meta, "__module__": model.__module__})
        setattr(sys.modules[model.__module__], proxy.__name__, proxy)
        part_of = str(model._meta.model_name)
        _track(proxy, pghistory.InsertEvent(), pghistory.DeleteEvent(), part_of=part_of, obj_field=None)


def _track(
    model: type[models.Model],
    *trackers: pghistory.RowEvent,
    part_of: str,
    internal: bool = False,
    restorable: bool = True,
    obj_field: pghistory.ObjForeignKey | None = _NO_WAY_BACK,
) -> None:
    pghistory.track(
        *(trackers or (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())),
        exclude=[field.name for field in model._meta.local_fields if _says_nothing(field)],
        append_only=True,
        obj_field=obj_field,
        meta={"default_permissions": ()},
        attrs={"part_of": part_of, "is_internal": internal, "is_restorable": restorable},
    )(model)


def _says_nothing(field: models.Field) -> bool:
    """Whether the database, the clock or another field sets a field: that alone is no change of an entry."""
    return not field.editable


def changes_by(user: User | None, *, via: str = "") -> pghistory.context:
    """Name ``user`` as the one who makes the changes of a ``with`` block, and perhaps in what way."""
    named = {} if user is None else {"user": user.pk, "role": role_of(user)}
    return pghistory.context(**named, **({"via": via} if via else {}))


def role_of(user: object) -> str:
    """Return what somebody is to the portal; stays readable when the account is gone.

    History keeps these words, so they never change: "traeger" is whoever works for an organisation of any kind.
    """
    if not getattr(user, "is_authenticated", False):
        return "besuch"
    return "redaktion" if getattr(user, "is_staff", False) else "traeger"
