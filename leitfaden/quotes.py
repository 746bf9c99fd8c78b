"""Finds the words that a comment quotes in a text that may have changed since."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Where a quote stands in the plain text."""

    start: int
    end: int


def find(plain: str, *, exact: str, before: str = "", after: str = "") -> Span | None:
    """Return where ``exact`` stands, or ``None`` if that is not certain: then the comment is on the whole block.

    What stood around the words decides between several places, and only if it leaves exactly one.
    """
    exact, before, after = (" ".join(part.split()) for part in (exact, before, after))
    if not exact:
        return None
    plain = plain.replace("\n", " ")
    places = _places(plain, exact)
    if len(places) > 1 and (before or after):
        places = [
            place
            for place in places
            if plain[:place].rstrip().endswith(before) and plain[place + len(exact) :].lstrip().startswith(after)
        ]
    if len(places) != 1:
        return None
    return Span(places[0], places[0] + len(exact))


def _places(plain: str, exact: str) -> list[int]:
    places: list[int] = []
    at = plain.find(exact)
    while at != -1:
        places.append(at)
        at = plain.find(exact, at + 1)
    return places
