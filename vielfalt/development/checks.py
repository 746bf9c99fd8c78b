"""Every check of the source: ``make check``, or ``python -m vielfalt.development.checks [NAME…]``."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = [sys.executable, "-W", "error"]
SCRIPTS = Path(sys.executable).parent

# What a production server has to set. The checks ask no database.
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://nobody@localhost/nothing",
}


def commands() -> dict[str, tuple[list[str], dict[str, str]]]:
    """Return the checks by name: a command and the environment it needs."""
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    return {
        "lock files": ([*PYTHON, "-m", "vielfalt.development.lock", "--check"], {}),
        "ruff check": ([str(SCRIPTS / "ruff"), "check", "--quiet", "."], {}),
        "ruff format": ([str(SCRIPTS / "ruff"), "format", "--check", "--quiet", "."], {}),
        "djade": ([str(SCRIPTS / "djade"), "--target-version", "6.1", "--check", *templates], {}),
        "layers": ([str(SCRIPTS / "lint-imports"), "--no-cache"], {}),
        "types": ([str(SCRIPTS / "mypy")], PRODUCTION),
        "migrations": ([*PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], {"DEBUG": "1"}),
        "deployment": ([*PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
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
