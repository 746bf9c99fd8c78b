"""Which known value a word in a cell means: by name, synonym or code, whatever its spelling."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property

from django.db.models import Model
from django.utils.translation import gettext as _

from vielfalt.text import match_key

MAX_LISTED = 15
"""Up to so many known values are named when none resembles what was typed."""
MAX_COMPARISONS = 1000
"""Nearest values are looked for so often in one file; a file with more mistakes has the wrong columns."""


class UnknownWordError(Exception):
    """A word means nothing, or more than one thing; the text says what was probably meant."""


class Words[Known]:
    """The known values of one column.

    ``levels`` hold (value, word) pairs: a word of an earlier level wins over the same word of a
    later one, so that "Kassel" is the town although a district has that name, too.
    """

    def __init__(self, *levels: Iterable[tuple[Known, str]]) -> None:
        self.levels: list[dict[str, list[Known]]] = []
        self.spelling: dict[str, str] = {}
        self.comparisons = 0
        self.nearest_words: dict[str, str] = {}
        for pairs in levels:
            level: dict[str, list[Known]] = {}
            for value, word in pairs:
                key = match_key(word)
                known = level.setdefault(key, [])
                if key and value not in known:
                    known.append(value)
                self.spelling.setdefault(key, word)
            self.levels.append(level)

    @classmethod
    def of_terms(cls, terms: Iterable[Known]) -> "Words[Known]":
        """Return the words for values that have a name and synonyms."""
        terms = list(terms)
        return cls([(term, term.name) for term in terms], synonyms(terms), [(term, term.slug) for term in terms])

    @cached_property
    def longest(self) -> int:
        """Into how many pieces commas divide the longest known name."""
        return max((word.count(",") + 1 for word in self.spelling.values()), default=1)

    def knows(self, word: str) -> bool:
        key = match_key(word)
        return any(key in level for level in self.levels)

    def find(self, word: str) -> Known:
        """Return the one value that ``word`` means, or raise ``UnknownWordError``."""
        key = match_key(word)
        for level in self.levels:
            match level.get(key):
                case [value]:
                    return value
                case [_first, *_more] as values:
                    names = ", ".join(sorted(str(value) for value in values))
                    raise UnknownWordError(
                        _("„{word}“ ist nicht eindeutig. Gemeint sein kann: {names}.").format(word=word, names=names)
                    )
        raise UnknownWordError(self.unknown(word))

    def unknown(self, word: str) -> str:
        """Return a sentence that names the known value nearest to ``word``."""
        sentence = _("„{word}“ ist unbekannt.").format(word=word)
        if near := self.nearest(word):
            return sentence + " " + _("Meinten Sie „{near}“?").format(near=near)
        names = [self.spelling[key] for key in self.levels[0]] if self.levels else []
        if 0 < len(names) <= MAX_LISTED:
            return sentence + " " + _("Bekannt sind: {names}.").format(names=", ".join(names))
        return sentence

    def nearest(self, word: str) -> str:
        key = match_key(word)
        if key not in self.nearest_words:
            self.comparisons += 1
            near = get_close_matches(key, self.spelling, n=1) if self.comparisons <= MAX_COMPARISONS else []
            self.nearest_words[key] = self.spelling[near[0]] if near else ""
        return self.nearest_words[key]

    def split(self, cell: str) -> Iterator[str]:
        """Divide a cell at ``|`` and at those commas that do not belong to a known name."""
        for part in cell.split("|"):
            pieces = part.split(",")
            while pieces:
                length = next(
                    (n for n in range(min(self.longest, len(pieces)), 1, -1) if self.knows(",".join(pieces[:n]))), 1
                )
                if word := ",".join(pieces[:length]).strip():
                    yield word
                pieces = pieces[length:]


def synonyms(terms: Iterable[Model]) -> list[tuple[Model, str]]:
    """Return each term with each of its synonyms."""
    return [(term, word.strip()) for term in terms for word in term.synonyms.split("|") if word.strip()]


_BRACKETS = re.compile(r"(?P<word>.*\S)\s*\((?P<remark>[^()]*)\)")


def without_remark(text: str) -> tuple[str, str]:
    """Divide "Somali (auf Anfrage)" into word and remark; the remark is empty where there is none."""
    found = _BRACKETS.fullmatch(text)
    return (found["word"], found["remark"].strip()) if found else (text, "")
