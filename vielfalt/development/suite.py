"""Runs the tests: ``make test``, or ``python -m vielfalt.development.suite`` with pytest's arguments."""

import os
import sys

from vielfalt.development import chromium, pango
from vielfalt.development.setup import SetupError

# A machine may have far more processors than this process may use.
PROCESSORS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
WORKERS = PROCESSORS + 1
"""One more than processors: a worker often waits for its database or its browser."""


def main() -> None:
    try:
        pango.require()
        os.environ["CHROMIUM"] = chromium.find_or_install()
    except SetupError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    # The exec keeps Ctrl-C simple: there is one process, and it is pytest.
    os.execv(
        sys.executable, [sys.executable, "-m", "pytest", f"--numprocesses={WORKERS}", "--dist=worksteal", *sys.argv[1:]]
    )


if __name__ == "__main__":
    main()
