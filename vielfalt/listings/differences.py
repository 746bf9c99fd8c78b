"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


type Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Part:
    """A run of words that stayed, was removed or was added."""

    kind: Kind
    text: str


def words(old: str, new: str) -> list[Part]:
    """Return ``new`` with what it lost and gained against ``old``; spaces and punctuation count as words.

    Without ``autojunk=False`` difflib ignores frequent words in long texts, and marks whole
    paragraphs as new.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    parts: list[Part] = []
    for kept, removed, added in _runs(before, after):
        run = (Part("same", kept), Part("removed", removed), Part("added", added))
        parts += [part for part in run if part.text]
    return parts


def _runs(before: list[str], after: list[str]) -> list[tuple[str, str, str]]:
    """Return what stayed and what then was removed and added, over and over.

    Where only spaces stayed between two changes, they are one change: a new sentence instead of an
    old one must not be read word by word in turns.
    """
    runs: list[tuple[str, str, str]] = []
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    i = j = 0
    kept = ""
    for block in blocks:
        removed, added = "".join(before[i : block.a]), "".join(after[j : block.b])
        if runs and not kept.strip() and all(runs[-1][1:]) and removed and added:
            first, old, new = runs.pop()
            runs.append((first, old + kept + removed, new + kept + added))
        else:
            runs.append((kept, removed, added))
        kept = "".join(before[block.a : block.a + block.size])
        i, j = block.a + block.size, block.b + block.size
    return [*runs, (kept, "", "")]
