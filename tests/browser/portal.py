"""A portal as production runs it, on data made by the real commands, for the browser tests."""

import fcntl
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from vielfalt.development import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATE = "browser_template"
START_SECONDS = 60
SECRET = secrets.token_urlsafe(50)
GUNICORN = ("--worker-class=gthread", "--threads=4", "--no-control-socket", "--graceful-timeout=2")


@dataclass(frozen=True)
class Portal:
    """A running portal."""

    address: str
    log: Path
    shared: Path
    database: str

    def manage(self, *arguments: str) -> None:
        """Run a command of the portal's, as its operators do."""
        _manage(self.shared, *arguments, database=self.database, PORTAL_URL=self.address)

    def last_mail(self, address: str) -> str:
        """Return the last mail to ``address``; a portal with DEMO=1 writes its mails to the log."""
        mails = [mail for mail in self.log.read_text().split("-" * 79) if f"\nTo: {address}\n" in mail]
        assert mails, f"There is no mail to {address}."
        return mails[-1]


def prepare(shared: Path) -> None:
    """Make the database that all workers copy, and the static files they share: once for all of them."""
    with (shared / "portal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shared / "portal.ready"
        if done.exists():
            return
        _create_database(TEMPLATE)
        for command in (["migrate"], ["load_reference"], ["load_demo"], ["collectstatic", "--no-input"]):
            _manage(shared, *command, "--verbosity=0")
        done.touch()


@contextmanager
def running(shared: Path, worker: str) -> Iterator[Portal]:
    """Serve a copy of the prepared database with gunicorn until the context ends."""
    prepare(shared)
    database = f"browser_{worker}"
    _create_database(database, template=TEMPLATE)
    log = shared / f"portal-{worker}.log"
    # The socket listens before the server does: no free port to lose, and the first request waits in its queue.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = _start(listener, _environment(shared, database), log)
    try:
        _await(server, port, log)
        yield Portal(f"http://127.0.0.1:{port}", log, shared, database)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _start(listener: socket.socket, environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("w") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "vielfalt.wsgi", f"--bind=fd://{listener.fileno()}", *GUNICORN],
            cwd=ROOT,
            env=environment,
            pass_fds=[listener.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _await(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait for the first answer; a server that ends closes the connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", "/konto/anmelden/")
        status = connection.getresponse().status
    except OSError as error:
        raise AssertionError(f"The portal ended with {server.wait(5)}:\n{log.read_text()}") from error
    finally:
        connection.close()
    assert status == 200, f"The portal answers {status}:\n{log.read_text()}"


def _create_database(name: str, template: str = "template0") -> None:
    with psycopg.connect(postgres.url(settings.DATABASES["default"], "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )


def _manage(shared: Path, *arguments: str, database: str = TEMPLATE, **environment: str) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**_environment(shared, database), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{result.stdout}"


def _environment(shared: Path, database: str) -> dict[str, str]:
    """Return the environment of a production server, except that it speaks plain HTTP to this machine."""
    return {
        **os.environ,
        "DEBUG": "0",
        "DEMO": "1",
        "HTTPS": "0",
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DATABASE_URL": postgres.url(settings.DATABASES["default"], database),
        "STATIC_ROOT": str(shared / "static"),
        "MEDIA_ROOT": str(shared / "media"),
    }
