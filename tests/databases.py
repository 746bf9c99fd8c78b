"""Databases for the tests: made once for all workers, then copied, which takes a moment only."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg import sql

from vielfalt.development import postgres

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "tests"
APPS = ("vielfalt", "lotsen", "migrantenorgs", "leitfaden")
SOURCES = ("requirements.txt", *(f"{app}/**/{files}" for app in APPS for files in ("*.py", "data/*", "texts/*")))
"""What a database without entries is made of: tables, groups, reference data."""
MAKING = "reference_making"


def once(shared: Path, name: str, do: Callable[[], None]) -> None:
    """Do it, unless another worker of this run has done it; whoever comes meanwhile waits."""
    with alone(shared / f"{name}.lock"):
        done = shared / f"{name}.done"
        if not done.exists():
            do()
            done.touch()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other process holds the lock, and hold it meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def with_reference() -> str:
    """Return the name of a database that holds what every portal has before any entry exists, to be copied.

    Making it takes half a minute, so it stays for the next run, until something that it is made of changes.
    """
    name = f"reference_{hash_of(*SOURCES)[:16]}"
    with alone(VAR / "reference.lock"):
        if not exists(name):
            remove("reference_")
            create(MAKING)
            for command in ("migrate", "load_reference"):
                manage(command, "--verbosity=0", DATABASE_URL=url(MAKING))
            rename(MAKING, name)
    return name


def hash_of(*patterns: str) -> str:
    """Return the hash of all files of the checkout that match."""
    files = {file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file()}
    content = hashlib.sha256()
    for file in sorted(files):
        content.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return content.hexdigest()


def exists(name: str) -> bool:
    with psycopg.connect(url("postgres")) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def rename(old: str, new: str) -> None:
    with psycopg.connect(url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))


def create(name: str, template: str = "template0") -> None:
    """Make a database, in the place of one that an earlier run left behind."""
    with psycopg.connect(url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )


def remove(prefix: str) -> None:
    """Remove all databases whose names begin so: earlier runs left them behind."""
    with psycopg.connect(url("postgres"), autocommit=True) as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        for (name,) in names.fetchall():
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def url(name: str) -> str:
    return postgres.url(settings.DATABASES["default"], name)


def manage(*arguments: str, **environment: str) -> None:
    """Run a command of the portal's."""
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{result.stdout}"


@contextmanager
def rolled_back(django_db_blocker: Any) -> Iterator[None]:
    """Let what several tests start from be made once for all of them; at their end nothing is left of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def left_as_found(django_db_blocker: Any) -> Iterator[None]:
    """Let tests commit, and empty after each of them what was empty before all.

    Much faster than Django's way, which empties every table; and the reference data stay for the next test.
    Triggers that keep rows for ever are told to look away.
    """
    with django_db_blocker.unblock():
        before = _filled()

    def empty(_test: TransactionTestCase) -> None:
        _empty_but(before)

    with patch.object(TransactionTestCase, "_fixture_teardown", empty):
        yield


@contextmanager
def emptied_again(django_db_blocker: Any) -> Iterator[None]:
    """Let what several tests read be committed once for all of them; at their end nothing is left of it."""
    with django_db_blocker.unblock():
        before = _filled()
        try:
            yield
        finally:
            _empty_but(before)


def _empty_but(kept: set[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in _filled() - kept:
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a name of the database's own


def _filled() -> set[str]:
    """The tables that have rows."""
    tables = connection.introspection.django_table_names(only_existing=True)
    has_rows = "SELECT '{0}' WHERE EXISTS (SELECT FROM \"{0}\")"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(has_rows.format(table) for table in tables))
        return {name for (name,) in cursor.fetchall()}
