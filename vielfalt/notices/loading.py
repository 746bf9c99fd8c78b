"""Brings the subjects of notices into the database."""

from pathlib import Path

from vielfalt.listings.loading import create_missing, new_term
from vielfalt.notices.models import Subject
from vielfalt.places.loading import read_rows

DATA = Path(__file__).parent / "data"


def load_subjects() -> int:
    """Create the subjects that are missing and return their number."""
    return create_missing(new_term(Subject, row) for row in read_rows(DATA / "subjects.csv"))
