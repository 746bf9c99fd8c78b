"""What changed between two texts, word by word."""

import re
from collections.abc import Callable, Hashable, Sequence
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
    before, after = split(old), split(new)
    parts: list[Part] = []
    for kept, removed, added in runs(before, after, is_space=str.isspace):
        run = (Part("same", "".join(kept)), Part("removed", "".join(removed)), Part("added", "".join(added)))
        parts += [part for part in run if part.text]
    return parts


def split(text: str) -> list[str]:
    """Return words, spaces and punctuation one by one."""
    return _WORD.findall(text)


def runs[T: Hashable](
    before: Sequence[T], after: Sequence[T], *, is_space: Callable[[T], bool]
) -> list[tuple[list[T], list[T], list[T]]]:
    """Return what stayed and what then was removed and added, over and over.

    Where only spaces stayed between two changes, they are one change: a new sentence instead of an
    old one must not be read word by word in turns.
    """
    found: list[tuple[list[T], list[T], list[T]]] = []
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    i = j = 0
    kept: list[T] = []
    for block in blocks:
        removed, added = list(before[i : block.a]), list(after[j : block.b])
        if found and all(map(is_space, kept)) and all(found[-1][1:]) and removed and added:
            first, old, new = found.pop()
            found.append((first, old + kept + removed, new + kept + added))
        else:
            found.append((kept, removed, added))
        kept = list(before[block.a : block.a + block.size])
        i, j = block.a + block.size, block.b + block.size
    return [*found, (kept, [], [])]
