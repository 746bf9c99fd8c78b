"""A portal as production runs it, on data made by the real commands, for the browser tests."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import databases, serving

TEMPLATE = "browser_template"
SECRET = secrets.token_urlsafe(50)


@dataclass(frozen=True)
class Portal:
    """A running portal."""

    address: str
    log: Path
    shared: Path
    database: str

    def manage(self, *arguments: str) -> None:
        """Run a command of the portal's, as its operators do."""
        environment = _environment(self.shared, self.database)
        databases.manage(*arguments, **environment, PORTAL_URL=self.address)

    def last_mail(self, address: str) -> str:
        """Return the last mail to ``address``; a portal with DEMO=1 writes its mails to the log."""
        mails = [mail for mail in self.log.read_text().split("-" * 79) if f"\nTo: {address}\n" in mail]
        assert mails, f"There is no mail to {address}."
        return mails[-1]


def prepare(shared: Path) -> None:
    """Make the database that all workers copy, and the static files they share: once for all of them."""

    def make() -> None:
        databases.create(TEMPLATE, template=databases.migrated(shared))
        for command in (["load_reference"], ["load_demo"], ["collectstatic", "--no-input"]):
            databases.manage(*command, "--verbosity=0", **_environment(shared, TEMPLATE))

    databases.once(shared, TEMPLATE, make)


@contextmanager
def running(shared: Path, worker: str, **environment: str) -> Iterator[Portal]:
    """Serve a copy of the prepared database with gunicorn until the context ends; ``environment`` may differ."""
    prepare(shared)
    database = f"browser_{worker}"
    databases.create(database, template=TEMPLATE)
    log = shared / f"portal-{worker}.log"
    with serving.portal({**os.environ, **_environment(shared, database), **environment}, log) as address:
        yield Portal(address, log, shared, database)


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
