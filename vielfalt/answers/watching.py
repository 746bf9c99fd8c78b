"""Which changes of the database move public pages: those of all tables, except the few that no page shows."""

from typing import Any

from django.apps import apps
from django.db import connections, models
from psycopg import sql

APPS_NOT_SHOWN = frozenset(
    {
        *("answers", "daily", "mail", "reminders", "pghistory"),
        *("admin", "sessions", "account", "mfa", "usersessions", "post_office", "django_tasks_database"),
    }
)
"""Apps that keep what happens behind the pages. Some of their rows change with every log-in or mail."""

MODELS_NOT_SHOWN = frozenset({"leitfaden.draft"})
"""Models of other apps of which the same is true: drafts are kept every few seconds while somebody writes."""


def tables() -> set[str]:
    """Return the tables whose changes may change a public page. New models belong to them without a word."""
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True) if _may_show(model)}


def _may_show(model: type[models.Model]) -> bool:
    meta = model._meta
    return (
        meta.managed
        and not meta.proxy
        and meta.app_label not in APPS_NOT_SHOWN
        and meta.label_lower not in MODELS_NOT_SHOWN
        # What pghistory records is shown to members and staff only.
        and not hasattr(model, "pgh_tracked_model")
    )


def watch(using: str, **_signal: Any) -> None:
    """Put a trigger on every table of :func:`tables`; called after all migrations."""
    trigger = sql.SQL(
        "CREATE OR REPLACE TRIGGER answers_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {} "
        "FOR EACH STATEMENT EXECUTE FUNCTION answers_changed()"
    )
    with connections[using].cursor() as cursor:
        for table in sorted(tables()):
            cursor.execute(trigger.format(sql.Identifier(table)))
