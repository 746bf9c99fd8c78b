"""Finds the terms of the glossary in a text, in whatever form German grammar gives them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from leitfaden.trees import Node

_ENDING = r"(?:e[mnrs]?|n|s)?"
_SHORTEST_INFLECTED = 4
_ADJECTIVE = re.compile(r"(?<=\w{3})e[rs]?\Z")
_ADJECTIVE_ENDING = "e[mnrs]?"
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Term:
    """A term with its explanation."""

    node: Node

    @property
    def forms(self) -> list[str]:
        """The term itself and what its editors call its other forms."""
        others = str(self.node.version.fields.get("formen", "")).split("|")
        return [form for form in (" ".join(words.split()) for words in (self.node.title, *others)) if form]


class Glossary:
    """The terms of an edition, and which of them one page has explained already."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.left = {node.id: Term(node) for node in nodes}

    def unexplained(self, node: Node) -> Term | None:
        """The term of a block, if it is one and the page has not explained it."""
        return self.left.get(node.id)

    def explained(self, term: Term) -> None:
        self.left.pop(term.node.id, None)

    def split(self, text: str) -> Iterator[tuple[str, Term | None]]:
        """Divide a text into words without and with an explanation; terms that are explained here must be reported.

        Whoever takes a term calls ``explained`` before asking for the next piece.
        """
        start = 0
        for match in self._pattern.finditer(text):
            term = self._forms[int(str(match.lastgroup)[1:])][1]
            if term.node.id not in self.left:
                continue
            if match.start() > start:
                yield text[start : match.start()], None
            yield match[0], term
            start = match.end()
        if start < len(text):
            yield text[start:], None

    @cached_property
    def _forms(self) -> list[tuple[str, Term]]:
        """All forms of all terms; the longest first, so that the shorter do not hide them."""
        forms = [(form, term) for term in self.left.values() for form in term.forms]
        return sorted(forms, key=lambda pair: -len(pair[0]))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        groups = "|".join(f"(?P<f{number}>{_inflected(form)})" for number, (form, _term) in enumerate(self._forms))
        return re.compile(rf"(?<![\w*-])(?:{groups})(?![\w*]|-\w)") if groups else _NOTHING


def _inflected(form: str) -> str:
    """A pattern for a form with German endings; its first letter may be a capital, as where a sentence begins."""
    *before, last = form.split()
    words = [_ADJECTIVE.sub(_ADJECTIVE_ENDING, re.escape(word)) for word in before]
    words.append(re.escape(last) + (_ENDING if len(last) >= _SHORTEST_INFLECTED else ""))
    pattern, first = r"\s+".join(words), form[0]
    return f"[{first}{first.upper()}]{pattern[1:]}" if first.islower() else pattern
