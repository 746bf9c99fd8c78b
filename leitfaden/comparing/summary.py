"""A change in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Summary:
    """How many words were replaced, removed and added; changes of signs and of marks are only mentioned."""

    replaced: int = 0
    removed: int = 0
    added: int = 0
    signs: int = 0
    marked: int = 0

    @classmethod
    def of(cls, kind: str, words: Sequence[str]) -> Self:
        return cls.between(words, []) if kind == "removed" else cls.between([], words)

    @classmethod
    def between(cls, removed: Sequence[str], added: Sequence[str], *, signs: bool = False) -> Self:
        """What it means that some words stand in the place of others."""
        both = min(len(removed), len(added))
        only_signs = signs and not removed and not added
        return cls(both, len(removed) - both, len(added) - both, signs=int(only_signs))

    def __add__(self, other: "Summary") -> "Summary":
        return Summary(
            self.replaced + other.replaced,
            self.removed + other.removed,
            self.added + other.added,
            self.signs + other.signs,
            self.marked + other.marked,
        )

    def __str__(self) -> str:
        counted = [
            (self.replaced, ngettext("%d Wort ersetzt", "%d Wörter ersetzt", self.replaced)),
            (self.removed, ngettext("%d Wort entfernt", "%d Wörter entfernt", self.removed)),
            (self.added, ngettext("%d Wort hinzugefügt", "%d Wörter hinzugefügt", self.added)),
        ]
        said = [words % number for number, words in counted if number]
        if self.signs and not said:
            said.append(_("nur Zeichensetzung geändert"))
        if self.marked:
            said.append(_("Auszeichnung geändert"))
        return ", ".join(said) or _("keine Änderung")
