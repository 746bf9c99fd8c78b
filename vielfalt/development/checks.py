"""Every check of the source: ``make check``, or ``python -m vielfalt.development.checks [NAME…]``."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

from vielfalt.development import pango, postgres

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = [sys.executable, "-W", "error"]
SCRIPTS = Path(sys.executable).parent

# Where mypy looks: the rules and the writing, i.e. what decides who sees what and what changes data.
TYPED = (
    *("text.py", "settings.py", "staticfiles.py", "querysets.py", "permissions.py", "rules.py", "actions.py"),
    *("importing.py", "writing.py"),
)
APPS = ("vielfalt", "lotsen", "migrantenorgs", "leitfaden")


def commands() -> dict[str, tuple[list[str], dict[str, str]]]:
    """Return the checks by name: a command and the environment it needs."""
    templates = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "templates").rglob("*.html"))]
    production = _production()
    return {
        "lock files": ([*PYTHON, "-m", "vielfalt.development.lock", "--check"], {}),
        "styles": ([*PYTHON, "-m", "vielfalt.development.kern", "--check"], {}),
        "ruff check": ([str(SCRIPTS / "ruff"), "check", "--quiet", "."], {}),
        "ruff format": ([str(SCRIPTS / "ruff"), "format", "--check", "--quiet", "."], {}),
        "templates": ([str(SCRIPTS / "djade"), "--target-version", "6.1", "--check", *templates], {}),
        "layers": ([str(SCRIPTS / "lint-imports"), "--no-cache"], {}),
        "types": ([str(SCRIPTS / "mypy"), *typed()], production),
        "migrations": ([*PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], {"DEBUG": "1"}),
        "deployment": ([*PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], production),
    }


def typed() -> list[str]:
    """Return the files whose types are checked."""
    files = [path for app in APPS for name in TYPED for path in (ROOT / app).rglob(name)]
    files += [path for name in ("development", "operations") for path in (ROOT / "vielfalt" / name).rglob("*.py")]
    return sorted({str(path.relative_to(ROOT)) for path in files})


def _production() -> dict[str, str]:
    """Return what a production server has to set; some checks ask which PostgreSQL it is."""
    database = os.environ.get("DATABASE_URL") or postgres.url(postgres.embedded(ROOT / "var" / "postgres"), "postgres")
    return {
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "portal.example",
        "MAIL_HOST": "mail.portal.example",
        "MAIL_FROM": "portal@portal.example",
        "DATABASE_URL": database,
    }


def run(name: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run one check, print one line, and what it found only if it failed."""
    started = time.monotonic()
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = result.returncode == 0
    _say(f"{'ok    ' if passed else 'FAILED'} {name} ({time.monotonic() - started:.1f} s)")
    if not passed:
        _say(result.stdout.rstrip() + "\n")
    return passed


def main() -> int:
    # The check of the deployment warns of a machine without it.
    pango.install_if_possible()
    checks = commands()
    wanted = sys.argv[1:] or list(checks)
    results = [run(name, *checks[name]) for name in wanted]
    _say(f"{results.count(True)} checks passed, {results.count(False)} failed")
    return 0 if all(results) else 1


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
