"""Finds the Chromium that the browser tests use."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from vielfalt.development.setup import SetupError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
SENTENCE = (
    "The browser tests need Chromium and found none: install it (on Debian `apt-get install chromium`, elsewhere "
    "`.venv/bin/playwright install chromium`) or name one with the environment variable CHROMIUM."
)


def find() -> str:
    """Return the path of a Chromium: the one named in CHROMIUM, the system's or Playwright's own download."""
    named = os.environ.get("CHROMIUM")
    found = named or _of_the_system() or _of_playwright()
    if not found or not Path(found).exists():
        raise SetupError(SENTENCE)
    return found


def find_or_install() -> str:
    """Like ``find``; on Debian as root, install the package where there is none, as CI machines want it."""
    try:
        return find()
    except SetupError:
        if os.environ.get("CHROMIUM") or not _may_install():
            raise
    sys.stderr.write("No Chromium on this machine: installing Debian's package …\n")
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        result = subprocess.run(
            ["apt-get", "-qq", *command],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if result.returncode:
            sys.stderr.write(result.stdout)
            break
    return find()


def _of_the_system() -> str | None:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in APPLICATIONS if Path(path).exists()), None)


def _of_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _may_install() -> bool:
    return os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None
