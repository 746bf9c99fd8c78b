"""Brings the vocabularies of migrant organisations into the database."""

from collections import defaultdict
from pathlib import Path

from django.apps import apps

from vielfalt.listings.loading import create_missing, new_term
from vielfalt.listings.models import Term
from vielfalt.places.loading import read_rows

DATA = Path(__file__).parent / "data"


def load_vocabularies() -> int:
    """Create the words of all vocabularies that are missing and return their number."""
    words: dict[str, list[Term]] = defaultdict(list)
    for row in read_rows(DATA / "vocabularies.csv"):
        words[row["kind"]].append(new_term(apps.get_model("migrantenorgs", row["kind"]), row))
    return sum(create_missing(vocabulary) for vocabulary in words.values())
