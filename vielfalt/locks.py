"""Locks that all processes on the same database share; PostgreSQL releases them when a connection ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def lock_for_transaction(name: str) -> None:
    """Wait until nobody else holds the lock ``name``, and hold it until the present transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@contextmanager
def lock(name: str) -> Iterator[None]:
    """Wait for the lock ``name`` and hold it over several transactions, e.g. while mails are being sent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
