"""The databases and static files of the bench: made once, and again when what makes them has changed."""

import shutil
import subprocess
import sys
from collections.abc import Callable

from tests import databases
from tests.bench.printing import say
from tests.bench.serving import OWN, environment

TABLES = tuple(f"{app}/**/migrations/*.py" for app in databases.APPS)
REFERENCE = tuple(f"{app}/**/{files}" for app in databases.APPS for files in ("data/*", "texts/*", "loading.py"))
DEMO = ("vielfalt/public/demo/*", "vielfalt/public/**/*demo*.py")
SEEDING = ("tests/bench/seeding/*.py",)
STATIC = ("static/**/*", "package-lock.json", "vielfalt/settings.py")


def with_demo() -> str:
    """Return the name of a database with the demo data."""

    def make(name: str) -> None:
        databases.create(name, template=databases.with_reference())
        databases.manage("load_demo", "--verbosity=0", **environment(name, DEMO="1"))

    return _made_once("bench_demo", databases.hash_of(*TABLES, *REFERENCE, *DEMO), make, databases.exists)


def with_entries(number: int) -> str:
    """Return the name of a database with so many carriers and migrant organisations, and a Leitfaden."""

    def make(name: str) -> None:
        databases.create(name, template=_with_text())
        _seed(name, "entries", str(number))

    return _made_once(f"bench_{number}", databases.hash_of(*TABLES, *REFERENCE, *SEEDING), make, databases.exists)


def _with_text() -> str:
    def make(name: str) -> None:
        databases.create(name, template=databases.with_reference())
        _seed(name, "text")

    return _made_once("bench_text", databases.hash_of(*TABLES, *REFERENCE, *SEEDING), make, databases.exists)


def _seed(database: str, *what: str) -> None:
    command = [sys.executable, "-m", "tests.bench.seeding", *what]
    subprocess.run(command, cwd=databases.ROOT, env=environment(database), check=True)


def make_static() -> None:
    """Collect the static files as operators do, compressed."""
    _made_once("static", databases.hash_of(*STATIC), _collect, lambda name: (OWN / name).exists())


def forget() -> None:
    """Have everything made anew."""
    for stamp in OWN.glob("*.sha256"):
        stamp.unlink()


def _collect(name: str) -> None:
    shutil.rmtree(OWN / name, ignore_errors=True)
    databases.manage("collectstatic", "--no-input", "--verbosity=0", **environment("postgres"))


def _made_once(name: str, sources: str, make: Callable[[str], None], exists: Callable[[str], bool]) -> str:
    """Make ``name``, unless it is there and was made of the same sources."""
    stamp = OWN / f"{name}.sha256"
    if not (exists(name) and stamp.exists() and stamp.read_text() == sources):
        say(f"  making {name} …")
        stamp.unlink(missing_ok=True)
        make(name)
        stamp.write_text(sources)
    return name
