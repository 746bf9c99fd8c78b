"""The databases and static files of the bench: made once, and again when what makes them has changed."""

import hashlib
import shutil
from collections.abc import Callable

import psycopg

from tests import databases
from tests.bench.serving import OWN, environment

DEMO = "bench_demo"
MAKERS = ("**/migrations/*.py", "**/data/*", "**/demo/*", "**/loading.py", "**/demo_*.py", "**/load_demo.py")
APPS = ("vielfalt", "lotsen", "migrantenorgs", "leitfaden")
STATIC = ("static/**/*", "package-lock.json", "vielfalt/settings.py")


def make_demo(database: str = DEMO) -> None:
    """Make a database with the demo data."""
    _make_once(database, _files(*(f"{app}/{pattern}" for app in APPS for pattern in MAKERS)), _load_demo, _exists)


def make_static() -> None:
    """Collect the static files as operators do, compressed."""
    _make_once("static", _files(*STATIC), _collect, lambda name: (OWN / name).exists())


def forget() -> None:
    """Have everything made anew."""
    for stamp in OWN.glob("*.sha256"):
        stamp.unlink()


def _load_demo(database: str) -> None:
    databases.create(database)
    for command in ("migrate", "load_reference", "load_demo"):
        databases.manage(command, "--verbosity=0", **environment(database, DEMO="1"))


def _collect(name: str) -> None:
    shutil.rmtree(OWN / name, ignore_errors=True)
    databases.manage("collectstatic", "--no-input", "--verbosity=0", **environment("postgres"))


def _make_once(name: str, sources: str, make: Callable[[str], None], exists: Callable[[str], bool]) -> None:
    stamp = OWN / f"{name}.sha256"
    if stamp.exists() and stamp.read_text() == sources and exists(name):
        return
    stamp.unlink(missing_ok=True)
    make(name)
    stamp.write_text(sources)


def _exists(database: str) -> bool:
    with psycopg.connect(databases.url("postgres")) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [database])
        return found.fetchone() is not None


def _files(*patterns: str) -> str:
    """The hash of all files of the checkout that match."""
    files = {file for pattern in patterns for file in databases.ROOT.glob(pattern) if file.is_file()}
    content = hashlib.sha256()
    for file in sorted(files):
        content.update(f"{file.relative_to(databases.ROOT)}\n".encode() + file.read_bytes())
    return content.hexdigest()
