"""Names that tell nobody who it is, and texts without the names of others.

A pseudonym is the same in every export of a round, and another one in every other round. It is made with the
server's secret: who has the export and the list of carriers cannot work out which is which by trying.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from leitfaden.rounds.models import Participant, Round

CARRIER, CODER = "T", "K"
_LENGTH = 10
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,])(?:\+\d{1,3}|0)[\d ()/-]{5,}\d")
_ADDRESSED = re.compile(r"\b(Frau|Herrn?)(\s+(?:(?:Dr|Prof)\.\s+)*)[A-ZÄÖÜ][\w-]+(?:\s+[A-ZÄÖÜ][\w-]+)?")


def pseudonym(kind: str, round_: Round, key: Any) -> str:
    """Return how somebody is called in the exports of a round: "T-3f9a0c71d2"."""
    digest = salted_hmac("leitfaden.rounds.research", f"{kind}:{round_.pk}:{key}", algorithm="sha256").hexdigest()
    return f"{kind}-{digest[:_LENGTH]}"


@dataclass(frozen=True)
class Mask:
    """Takes names out of what people wrote."""

    carriers: Mapping[str, str]
    """Pseudonyms by the carriers' names."""
    people: Iterable[str]
    """The full names of everybody who has an account."""

    @classmethod
    def of(cls, participants: Iterable[Participant], pseudonyms: Mapping[int, str], people: Iterable[str]) -> "Mask":
        return cls({one.name: pseudonyms[one.pk] for one in participants}, people)

    def __call__(self, text: str) -> str:
        text = _MAIL.sub(_("[E-Mail]"), text)
        if self._names is not None:
            text = self._names.sub(lambda found: self._words[found[0].casefold()], text)
        text = _ADDRESSED.sub(lambda found: f"{found[1]}{found[2]}{_('[Name]')}", text)
        return _PHONE.sub(_("[Telefon]"), text)

    @cached_property
    def _words(self) -> dict[str, str]:
        # One word alone is too often a word of the language: "Redaktion", "Klein".
        people = {name.casefold(): _("[Name]") for name in self.people if len(name.split()) > 1}
        return people | {name.casefold(): f"[{pseudonym}]" for name, pseudonym in self.carriers.items() if name}

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        # The longest first: "Lotsen Hanau Nord" is not "Lotsen Hanau".
        names = sorted(self._words, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE) if names else None
