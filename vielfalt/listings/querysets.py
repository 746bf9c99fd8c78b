"""The words in which one asks for any public entry."""

from typing import Self

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from vielfalt.text import SEARCH_CONFIG, MatchKey

MOST_WORDS = 8
"""A question has fewer words; more would only make the query slow."""


def words_of(text: str) -> list[str]:
    """Return the words of what somebody typed, without NUL bytes (PostgreSQL refuses them) and at most eight."""
    return text.replace("\x00", " ").split()[:MOST_WORDS]


def names_match(word: str, *, prefix: str = "") -> Q:
    """What it means that ``word`` is (roughly) part of the sorted name or is found in the texts of an entry."""
    return (
        Q(**{f"{prefix}search": SearchQuery(word, config=SEARCH_CONFIG)})
        | Q(**{f"{prefix}match_key__contains": MatchKey(Value(word))})
        | Q(**{f"{prefix}match_key__trigram_word_similar": MatchKey(Value(word))})
    )


class TermQuerySet(models.QuerySet):
    """Words of a vocabulary."""

    def named_like(self, word: str) -> Self:
        """Terms whose name or synonyms contain ``word``: "Kurdisch" finds Kurmandschi and Sorani."""
        names = MatchKey(Concat(F("name"), Value(" "), F("synonyms")))
        return self.alias(names=names).filter(names__contains=MatchKey(Value(word)))
