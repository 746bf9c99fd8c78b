"""Fills the database of the environment: ``python -m tests.bench.seeding text``, then ``… entries 1000``."""

import sys

import django

django.setup()

from tests.bench.seeding import entries, text  # noqa: E402 - models need Django to be set up

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["text"]:
            text.make()
        case ["entries", number]:
            entries.make(int(number))
