"""Writes many rows at once, as PostgreSQL's COPY does."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models


def copy(model: type[models.Model], objects: Iterable[models.Model]) -> None:
    """Write new objects, which have their keys already."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    values: list[Callable[[models.Model], Any]] = [_value_of(field) for field in fields]
    copy_rows(model, [field.column for field in fields], ([value(one) for value in values] for one in objects))


def copy_links(links: type[models.Model], pairs: Iterable[tuple[Any, Any]]) -> None:
    """Write rows of a many-to-many table: the key of its owner and that of the other side."""
    key, owner, other = links._meta.concrete_fields
    assert key.primary_key
    copy_rows(links, [owner.column, other.column], pairs)


def copy_rows(model: type[models.Model], columns: list[str], rows: Iterable[Iterable[Any]]) -> None:
    # Before the connection is busy with writing: making the rows may ask it something.
    rows = list(rows)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as target:
        for row in rows:
            target.write_row(row)


def count_on(*written: type[models.Model]) -> None:
    """Let the next rows of these tables get the next numbers."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), written):
            cursor.execute(statement)


def without_triggers() -> None:
    """Until the transaction ends, write no history: a version of each row more, which no public page reads."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")


def settle() -> None:
    """Let the planner know the tables, as it does on any portal that has run for a day."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _value_of(field: models.Field) -> Callable[[models.Model], Any]:
    return lambda one: field.get_db_prep_save(field.pre_save(one, add=True), connection)
