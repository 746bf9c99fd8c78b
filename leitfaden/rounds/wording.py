"""Words that weigh: where numbers, obligations or negations change, a change is not only one of language."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitfaden.content import Content
from vielfalt.listings.differences import runs


class Weighing(models.TextChoices):
    """What makes a change weigh."""

    NUMBER = "zahl", _("Zahl geändert")
    DUTY = "verbindlichkeit", _("Verbindlichkeit geändert (muss, soll, kann)")
    NEGATION = "verneinung", _("Verneinung geändert (nicht, kein)")


# All words are compared as ``casefold`` has them: "ss" stands for "ß", too.
_NUMERAL = (
    r"(?=\w*(?:zwei|zwo|drei|vier|fünf|sech|sieb|acht|neun|zehn|elf|zwölf|zwan|hundert|tausend|halb))"
    r"(?:eine?|zwei|zwo|drei|vier|fünf|sechs?|sieb(?:en)?|acht|neun|zehn|elf|zwölf|zwan|zig|ssig|und|hundert|tausend|halb)+"
    r"(?:e[nrsm]?|s?te[nrsm]?|s?te?l[ns]?|el[ns]?|(?:mal|fach|prozent|jähr|täg|wöch|monat|stünd|minüt|teil|seit|sprach)\w*)?"
)
_NUMBER = re.compile(
    rf"{_NUMERAL}|null|eins|erste[nrsm]?|dritte[nrsm]?|drittel[ns]?|beide[nrsm]?|hälften?|anderthalb|einmal\w*"
    r"|(?:ver)?doppel\w*|halbier\w*|dutzend\w*|million(?:en)?|milliarden?"
)
_DUTY = re.compile(
    r"m[uü]ss(?:e(?:n|st|t)?|t(?:e(?:n|st|t)?)?)?|soll(?:e(?:n|st|t)?|st|t(?:e(?:n|st|t)?)?)?"
    r"|kann(?:st)?|k[oö]nn(?:en?|est|t(?:e(?:n|st|t)?)?)|darf(?:st)?|d[uü]rf(?:en?|est|t(?:e(?:n|st|t)?)?)"
    r"|brauch(?:en?|s?t|te[nt]?)|\w*pflicht\w*|(?:un)?verbindlich\w*|obligatorisch\w*|erforder(?:lich\w*|n|t)"
    r"|(?:not|un)wendig\w*|(?:un)?nötig\w*|benötig\w*|zwingend\w*|unbedingt|unerlässlich\w*|voraus(?:ge)?setz\w*"
    r"|(?:un)?freiwillig\w*|optional\w*|fakultativ\w*|wahlweise|empf(?:ohlen\w*|iehlt|ehl\w*)|vorgeschrieben\w*"
    r"|mindest\w*|wenigstens|zumindest|höchst(?:ens|zahl\w*|alter\w*|dauer|grenze\w*|satz|betrag\w*)"
    r"|maxim(?:al\w*|um)|minim(?:al\w*|um)|spätestens|frühestens|nur|lediglich|ausschliesslich\w*|ausgeschlossen\w*"
    r"|immer|stets|ausnahmslos|ausnahmsweise|grundsätzlich|möglichst|gegebenenfalls|ggf"
    r"|verbot\w*|verbiet\w*|untersag\w*|erlaub\w*|gestatt\w*|(?:un)?zulässig\w*"
)
_NEGATION = re.compile(
    r"nicht\w*|mitnichten|kein\w*|nein|nie|nimmer|niemals|niemand\w*|nirgend\w*|ohne|weder|ausser|ausgenommen\w*|ausnahmen?"
)
_PATTERNS = {Weighing.NUMBER: _NUMBER, Weighing.DUTY: _DUTY, Weighing.NEGATION: _NEGATION}
_WORD = re.compile(r"\s+|\d(?:[\d.,:/-]*\d)?|[^\W_]+|.", re.DOTALL)
"""A number is one word with what stands in it: 20-36, 12,50, 31.12."""
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""What stands in words without being seen."""


@dataclass(frozen=True)
class Weight:
    """One thing that weighs: which words there were and which there would be."""

    kind: Weighing
    old: str
    new: str


def weights(old: Content, new: Content) -> list[Weight]:
    """Return what weighs of the way from one wording to another, in the order of ``Weighing``.

    Words are compared where the text changes: a "nicht" that goes from one sentence to the next weighs, too.
    """
    before, after = _words(old), _words(new)
    # What is kept and what moves, is not the same on the way there and back; whatever weighs on one of them counts.
    if before <= after:
        found = {**_backward(_weighing(after, before)), **_weighing(before, after)}
    else:
        found = {**_weighing(before, after), **_backward(_weighing(after, before))}
    return [Weight(kind, *found[kind]) for kind in Weighing if kind in found]


def _weighing(before: list[str], after: list[str]) -> dict[Weighing, tuple[str, str]]:
    changed = [sides for _kept, *sides in runs(before, after, is_space=str.isspace) if any(sides)]
    found = {}
    for kind, pattern in _PATTERNS.items():
        pairs = [(_weighty(removed, pattern), _weighty(added, pattern)) for removed, added in changed]
        pairs = [(removed, added) for removed, added in pairs if removed != added]
        if pairs:
            removed, added = (", ".join(word for side in one for word in side) for one in zip(*pairs, strict=True))
            found[kind] = (removed, added)
    return found


def _backward(found: dict[Weighing, tuple[str, str]]) -> dict[Weighing, tuple[str, str]]:
    return {kind: (removed, added) for kind, (added, removed) in found.items()}


def _words(content: Content) -> list[str]:
    fields = [f"{name} {value}" for name, value in sorted(content.fields.items())]
    text = unicodedata.normalize("NFC", "\n".join([content.title, content.plain, *fields]))
    return _WORD.findall(text.translate(_UNSEEN).translate(_DASHES))


def _weighty(words: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    folded = [word.casefold() for word in words]
    return [word for word in folded if pattern.fullmatch(word) or (pattern is _NUMBER and _has_digit(word))]


def _has_digit(word: str) -> bool:
    return any(sign.isnumeric() for sign in word)
