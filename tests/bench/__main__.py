"""Measures the portal: ``make bench``, ``make bench-quick``, or ``python -m tests.bench`` with options."""

import argparse
import os

os.environ.update(DJANGO_SETTINGS_MODULE="vielfalt.settings", DEBUG="1")

from tests.bench import browser
from tests.bench.printing import say
from tests.bench.serving import OWN
from vielfalt.development import chromium


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="PAGE", help="measure these pages only")
    options = parser.parse_args()
    OWN.mkdir(parents=True, exist_ok=True)
    os.environ["CHROMIUM"] = chromium.find_or_install()
    pages = browser.measure(options.only)
    say(browser.tell(pages))
    for goal in browser.goals(pages):
        say(str(goal))


if __name__ == "__main__":
    main()
