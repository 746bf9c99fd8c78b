"""Takes the database out and puts it back, by PostgreSQL's own programs."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import IO, Any, cast

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.utils.translation import gettext as _
from psycopg import pq
from psycopg.conninfo import make_conninfo

from vielfalt.development import postgres
from vielfalt.operations.backup.errors import BackupError

CHUNK = 1024 * 1024
PLAIN = ("--no-owner", "--no-privileges")
"""The roles of another server are not those of this one."""


def server_version() -> int:
    """The major version of the server that the portal uses."""
    return cast(DatabaseWrapper, connection).pg_version // 10_000


def find_program(name: str, *, at_least: int) -> tuple[str, int]:
    """Return a program of PostgreSQL's that is new enough, and its major version: the machine's or the portal's own."""
    for path in filter(None, (shutil.which(name), str(postgres.program(name)))):
        version = _version_of(path)
        if version >= at_least:
            return path, version
    raise BackupError(
        _("{name} ab Version {version} fehlt. Bitte installieren Sie die Programme von PostgreSQL {version}.").format(
            name=name, version=at_least
        )
    )


def _version_of(path: str) -> int:
    """The major version of a program, or 0 where it does not run."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    except OSError:
        return 0
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def dumped(program: str) -> Iterator[bytes]:
    """Yield the database piece by piece, all of it as it was at one moment."""
    excluded = [f"--exclude-table-data={table}" for table in passing_tables()]
    with _running([program, "--format=custom", *PLAIN, *excluded], stdout=subprocess.PIPE) as process:
        yield from iter(partial(cast(IO[bytes], process.stdout).read, CHUNK), b"")


def restore(program: str, chunks: Iterable[bytes]) -> None:
    """Put a dump into the empty database: all of it or nothing."""
    options = ["--single-transaction", "--exit-on-error", *PLAIN]
    with (
        _running([program, *options], stdin=subprocess.PIPE) as process,
        # Where the program gives up, its own words say why.
        suppress(BrokenPipeError),
        cast(IO[bytes], process.stdin) as stdin,
    ):
        for chunk in chunks:
            stdin.write(chunk)
    with connection.cursor() as cursor:
        # A dump has no statistics; without them the first visitors would wait.
        cursor.execute("ANALYZE")


def passing_tables() -> list[str]:
    """Tables whose rows nobody misses and no backup should hold: who is logged in, who tried too often."""
    caches = [str(one["LOCATION"]) for one in settings.CACHES.values() if str(one["BACKEND"]).endswith("DatabaseCache")]
    return [Session._meta.db_table, *caches]


def is_empty() -> bool:
    return not connection.introspection.table_names()


def empty() -> None:
    """Remove everything from the database."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


@contextmanager
def _running(command: list[str], **streams: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program on the portal's database, and raise what it says where it fails."""
    where, password = _connection()
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    with tempfile.TemporaryFile() as complaints:
        arguments = [*command, f"--dbname={where}"]
        with subprocess.Popen(arguments, env=environment, stderr=complaints, **streams) as process:  # noqa: S603
            yield process
        if process.returncode:
            raise BackupError(
                _("{program} ist gescheitert: {complaint}").format(
                    program=os.path.basename(command[0]), complaint=_first_line(complaints)
                )
            )


def _connection() -> tuple[str, str]:
    """Return how PostgreSQL's programs reach the database, and the password, which no list of processes may show."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    parameters = {
        name: value
        for name, value in cast(DatabaseWrapper, connection).get_connection_params().items()
        if name in known and name != "client_encoding"
    }
    password = str(parameters.pop("password", ""))
    return make_conninfo(**parameters), password


def _first_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    return lines[0] if lines else "?"
