"""Finds the Chromium that the browser tests use."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from vielfalt.development import debian
from vielfalt.development.setup import SetupError

SHELL = "chromium-headless-shell"
"""Debian's Chromium without a window, which is quicker."""

NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
SENTENCE = (
    "The browser tests need Chromium and found none: install it (on Debian `apt-get install chromium-headless-shell`, "
    "elsewhere `.venv/bin/playwright install chromium`) or name one with the environment variable CHROMIUM."
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
        if os.environ.get("CHROMIUM") or not debian.may_install():
            raise
    debian.install(SHELL)
    return find()


def _of_the_system() -> str | None:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in APPLICATIONS if Path(path).exists()), None)


def _of_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
