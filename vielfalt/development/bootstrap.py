"""What the targets of the Makefile do, once a Python that is new enough has been found."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from vielfalt.development.setup import Checkout, SetupError, require_free_port

ROOT = Path(__file__).resolve().parent.parent.parent


def run(checkout: Checkout, arguments: Sequence[str]) -> None:
    """Serve the portal on this machine."""
    port = os.environ.get("PORT") or "8000"
    if not port.isdigit():
        raise SetupError(f"PORT={port} is not a number: choose a free one, e.g. PORT=8001.")
    # Before the first installation, which would take a minute for nothing.
    require_free_port(int(port))
    checkout.prepare()
    _become(checkout, ["manage.py", "serve", "--port", port, *arguments], DEBUG="1")


def test(checkout: Checkout, arguments: Sequence[str]) -> None:
    """Run every test, or those that ARGS names."""
    checkout.prepare()
    _become(checkout, ["-m", "vielfalt.development.suite", *arguments])


def bench(checkout: Checkout, arguments: Sequence[str]) -> None:
    """Measure how fast the portal is."""
    checkout.prepare()
    # Larger than all the rest together, so only those who measure install it.
    checkout.prepare_packages(checkout.root / "tests" / "bench")
    _become(checkout, ["-m", "tests.bench", *arguments])


def check(checkout: Checkout, arguments: Sequence[str]) -> None:
    """Run every check of the source."""
    checkout.prepare()
    _become(checkout, ["-m", "vielfalt.development.checks", *arguments])


def lock(checkout: Checkout, arguments: Sequence[str]) -> None:
    """Write the lock files anew from pyproject.toml and package.json."""
    checkout.prepare()
    _become(checkout, ["-m", "vielfalt.development.lock", *arguments])


def styles(checkout: Checkout, arguments: Sequence[str]) -> None:
    """Write anew what the portal uses of KERN's style sheet."""
    checkout.prepare()
    _become(checkout, ["-m", "vielfalt.development.kern", *arguments])


def reset(checkout: Checkout, arguments: Sequence[str]) -> None:
    """Remove the local database and files."""
    var = checkout.root / "var"
    if not var.exists():
        return
    if checkout.python_was_installed():
        subprocess.run(
            [checkout.python, "-m", "vielfalt.development.stop", var / "postgres"], cwd=checkout.root, check=True
        )
    shutil.rmtree(var)
    sys.stderr.write("The local database and files are removed; `make run` makes them anew.\n")


def _become(checkout: Checkout, arguments: Sequence[str], **environment: str) -> None:
    """Replace this process by one of the environment's Python, so that Ctrl-C reaches it directly."""
    os.chdir(checkout.root)
    os.execve(checkout.python, [str(checkout.python), *arguments], {**os.environ, **environment})


def main() -> int:
    targets = {function.__name__: function for function in (run, test, bench, check, lock, styles, reset)}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=targets)
    options, rest = parser.parse_known_args()
    try:
        targets[options.target](Checkout(ROOT), rest)
    except SetupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
