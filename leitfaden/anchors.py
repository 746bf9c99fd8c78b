"""Short names of blocks for addresses and citations: ``k7m2``."""

import secrets
from collections.abc import Collection, Iterator

FIRST = "bcdfghjkmnpqrstvwxz"
"""An address of a passage begins with a letter; there are no vowels, so that no word arises by chance."""

LETTERS = FIRST + "23456789"
"""Without 0, 1, i, l and o, which are mistaken for each other when somebody types them from paper."""

SHORTEST = 4
MOST_TRIES = 8
PATTERN = f"[{FIRST}][{LETTERS}]{{{SHORTEST - 1},11}}"


def candidates(length: int) -> Iterator[str]:
    """Return random names without end; each has a digit, so that none looks like an abbreviation."""
    while True:
        name = secrets.choice(FIRST) + "".join(secrets.choice(LETTERS) for _ in range(length - 1))
        if not name.isalpha():
            yield name


def propose(number: int, length: int) -> set[str]:
    """Return that many different names."""
    names: set[str] = set()
    for name in candidates(length):
        if len(names) == number:
            break
        names.add(name)
    return names


def lengths(number: int) -> Collection[int]:
    """Return the lengths to try one after the other, longer ones where short names become scarce."""
    start = SHORTEST if number < len(FIRST) * len(LETTERS) ** (SHORTEST - 1) // 10 else SHORTEST + 2
    return range(start, start + MOST_TRIES)
