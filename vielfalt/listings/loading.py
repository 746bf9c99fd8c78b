"""Brings the vocabularies that every kind of entry shares into the database."""

from collections.abc import Iterable
from pathlib import Path

from django.db import models

from vielfalt.listings.models import AccessibilityFeature, Language, Term
from vielfalt.places.loading import read_rows

DATA = Path(__file__).parent / "data"


def load_languages() -> int:
    """Create the languages that are missing and return their number."""
    return create_missing(
        Language(
            code=row["code"],
            name=row["name"],
            own_name=row["own_name"],
            tag=row["tag"],
            right_to_left=row["right_to_left"] == "ja",
            synonyms=row["synonyms"],
        )
        for row in read_rows(DATA / "languages.csv")
    )


def load_accessibility_features() -> int:
    """Create the features of accessibility that are missing and return their number."""
    rows = read_rows(DATA / "accessibility_features.csv")
    return create_missing(new_term(AccessibilityFeature, row) for row in rows)


def new_term[Word: Term](model: type[Word], row: dict[str, str]) -> Word:
    """Return the word that a row of a vocabulary file describes, not yet saved."""
    return model(slug=row["slug"], name=row["name"], position=int(row["position"]), synonyms=row["synonyms"])


def create_missing(objects: Iterable[models.Model]) -> int:
    """Create those of one model that no unique field knows yet; what staff changed stays.

    A word that staff gave another name keeps its slug, one that got another slug keeps its name:
    either way the database says that it is there.
    """
    objects = list(objects)
    manager = type(objects[0])._default_manager
    before = manager.count()
    manager.bulk_create(objects, ignore_conflicts=True)
    return manager.count() - before
