"""Stops the local PostgreSQL: ``python -m vielfalt.development.stop FOLDER``."""

import sys
from pathlib import Path

from vielfalt.development import postgres

postgres.stop(Path(sys.argv[1]))
