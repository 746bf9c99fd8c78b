"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A run of words that stayed, was removed or was added."""

    kind: Literal["same", "removed", "added"]
    text: str


def words(old: str, new: str) -> list[Part]:
    """Return ``new`` with what it lost and gained against ``old``; spaces and punctuation count as words.

    Without ``autojunk=False`` difflib ignores frequent words in long texts, and marks whole
    paragraphs as new.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    parts: list[Part] = []
    for operation, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            parts.append(Part("same", "".join(before[first:last])))
            continue
        if first < last:
            parts.append(Part("removed", "".join(before[first:last])))
        if start < end:
            parts.append(Part("added", "".join(after[start:end])))
    return parts
