"""Brings the vocabularies and funding rules of the carrier network into the database."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.apps import apps

from lotsen.models import FundingRules
from vielfalt.listings.loading import create_missing, new_term
from vielfalt.listings.models import Term
from vielfalt.places.loading import read_rows

DATA = Path(__file__).parent / "data"


def load_vocabularies() -> int:
    """Create the words of all vocabularies that are missing and return their number."""
    words: dict[str, list[Term]] = defaultdict(list)
    for row in read_rows(DATA / "vocabularies.csv"):
        words[row["kind"]].append(new_term(apps.get_model("lotsen", row["kind"]), row))
    return sum(create_missing(vocabulary) for vocabulary in words.values())


def load_funding_rules() -> int:
    """Create the rules of the state programme for days that have none yet and return their number."""
    return create_missing(
        FundingRules(
            valid_from=date.fromisoformat(row["valid_from"]),
            source=row["source"],
            min_units=int(row["min_units"]),
            max_units=int(row["max_units"]),
            euros_per_unit=Decimal(row["euros_per_unit"]),
            euros_per_hour=Decimal(row["euros_per_hour"]),
            max_hours=int(row["max_hours"]),
            max_hours_coordinating=int(row["max_hours_coordinating"]),
            coordination_euros=Decimal(row["coordination_euros"]),
            coordination_min_volunteers=int(row["coordination_min_volunteers"]),
        )
        for row in read_rows(DATA / "funding_rules.csv")
    )
