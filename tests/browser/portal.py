"""A portal as production runs it, on data made by the real commands, for the browser tests."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Request

from tests import databases, serving

TEMPLATE = "browser_template"
SECRET = "known to all workers, which share sessions that are part of the data"  # noqa: S105
THREADS = "--threads=24"
"""A browser opens connections ahead of need; without a proxy each keeps a thread for five seconds."""

SAFE_METHODS = ("GET", "HEAD")


@dataclass
class Portal:
    """A running portal."""

    address: str
    log: Path
    shared: Path
    database: str
    script: str = ""
    is_as_prepared: bool = True

    def start_from(self, script: str = "") -> None:
        """Let the data be the prepared ones and what ``script`` makes of them, whatever was done to them since."""
        if self.is_as_prepared and self.script == script:
            return
        # Ends the portal's connections; its pool replaces those when they are asked for.
        databases.create(self.database, template=prepare(self.shared, script))
        self.script, self.is_as_prepared = script, True

    def notice(self, request: Request) -> None:
        """Take the data for changed by what a browser sends."""
        self.is_as_prepared &= request.method in SAFE_METHODS

    def manage(self, *arguments: str) -> None:
        """Run a command of the portal's, as its operators do."""
        self.is_as_prepared = False
        environment = _environment(self.shared, self.database)
        databases.manage(*arguments, **environment, PORTAL_URL=self.address)

    def session(self, email: str) -> str:
        """Return the key of the session in which somebody of the prepared data is logged in."""
        return json.loads(_sessions(self.shared, prepare(self.shared, self.script)).read_text())[email]

    def last_mail(self, address: str) -> str:
        """Return the last mail to ``address``; a portal with DEMO=1 writes its mails to the log."""
        mails = [mail for mail in self.log.read_text().split("-" * 79) if f"\nTo: {address}\n" in mail]
        assert mails, f"There is no mail to {address}."
        return mails[-1]


def prepare(shared: Path, script: str = "") -> str:
    """Return the name of the database to be copied, made once for all workers, with what ``script`` adds to it."""

    def make() -> None:
        databases.remove("browser_")
        databases.create(TEMPLATE, template=databases.with_reference())
        # The static files are shared as well.
        for command in (["load_demo"], ["collectstatic", "--no-input"]):
            databases.manage(*command, "--verbosity=0", **_environment(shared, TEMPLATE))
        _run("", shared, TEMPLATE)

    def add() -> None:
        databases.create(name, template=TEMPLATE)
        _run(script, shared, name)

    databases.once(shared, TEMPLATE, make)
    if not script:
        return TEMPLATE
    name = f"browser_{sha256(script.encode()).hexdigest()[:12]}"
    databases.once(shared, name, add)
    return name


def _run(script: str, shared: Path, database: str) -> None:
    """Do to a database what ``script`` says, and log everybody in."""
    log_in = f"from tests.browser import sessions\nsessions.open_all({str(_sessions(shared, database))!r})"
    databases.manage("shell", "--command", f"{script}\n{log_in}", **_environment(shared, database))


def _sessions(shared: Path, database: str) -> Path:
    return shared / f"{database}.sessions.json"


@contextmanager
def running(shared: Path, worker: str, **environment: str) -> Iterator[Portal]:
    """Serve a copy of the prepared database with gunicorn until the context ends; ``environment`` may differ."""
    template = prepare(shared)
    database = f"browser_{worker}"
    databases.create(database, template=template)
    log = shared / f"portal-{worker}.log"
    settings = {**os.environ, **_environment(shared, database), **environment}
    with serving.serving(settings, log, probe="/konto/anmelden/", arguments=[THREADS]) as server:
        yield Portal(server.address, log, shared, database)


def _environment(shared: Path, database: str) -> dict[str, str]:
    """Return what a production server has to set, except that this one speaks plain HTTP to this machine."""
    return {
        "DEBUG": "0",
        "DEMO": "1",
        "HTTPS": "0",
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DATABASE_URL": databases.url(database),
        "STATIC_ROOT": str(shared / "static"),
        "MEDIA_ROOT": str(shared / "media"),
    }
