"""Two wordings of a passage, word by word through paragraphs, lists, tables and links.

Elements are matched first, then the words in those that belong together. So the result is valid HTML by
construction, and both wordings can be read from it exactly.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from leitfaden.comparing.summary import Summary
from leitfaden.markup.elements import VOID, Element, Node, attributes_of, parse, plain_text, serialise, text_of
from vielfalt.listings.differences import runs, split

type Kind = Literal["same", "removed", "added"]
type _Mark = tuple[str, tuple[tuple[str, str], ...]]

ALIKE = 0.25
"""How much of their words two elements must have in common to count as one that was changed."""

MOST_PAIRS = 4_000
"""How many pairs of elements are weighed; in longer lists they are paired by their place."""

_INLINE = {"strong", "em", "sup", "sub", "a", "span", "br"}


@dataclass(frozen=True)
class Token:
    """A word, a space or a sign with the marks around it; or, as HTML, a line break or a whole footnote."""

    text: str
    marks: tuple[_Mark, ...] = ()
    html: str = ""

    @property
    def is_space(self) -> bool:
        return not self.html and self.text.isspace()

    @property
    def is_word(self) -> bool:
        return any(letter.isalnum() for letter in self.text)


@dataclass(frozen=True)
class Run:
    """Tokens that stayed, were removed or were added together."""

    kind: Kind
    tokens: tuple[Token, ...]

    @property
    def html(self) -> str:
        return serialise(_nested(self.tokens, 0))


@dataclass(frozen=True)
class Words:
    """What became of the words of one paragraph, item or cell."""

    runs: tuple[Run, ...]

    def side(self, kind: Kind) -> str:
        """The HTML without what only the other wording has; ``kind`` names what this one has of its own."""
        tokens = [token for run in self.runs if run.kind in ("same", kind) for token in run.tokens]
        return serialise(_nested(tokens, 0))


@dataclass(frozen=True)
class Whole:
    """An element, or words without one, that stayed, was removed or was added as a whole."""

    kind: Kind
    nodes: tuple[Node, ...]

    def side(self, kind: Kind) -> str:
        return serialise(list(self.nodes)) if self.kind in ("same", kind) else ""


@dataclass(frozen=True)
class Changed:
    """An element in which something changed."""

    element: Element
    parts: tuple["Part", ...]

    @property
    def start(self) -> str:
        return f"<{self.element.tag}{attributes_of(self.element)}>"

    @property
    def end(self) -> str:
        return f"</{self.element.tag}>"

    def side(self, kind: Kind) -> str:
        return self.start + "".join(part.side(kind) for part in self.parts) + self.end


type Part = Words | Whole | Changed


@dataclass(frozen=True)
class Difference:
    """What became of a passage."""

    parts: tuple[Part, ...] = field(default=())

    @property
    def old(self) -> str:
        return "".join(part.side("removed") for part in self.parts)

    @property
    def new(self) -> str:
        return "".join(part.side("added") for part in self.parts)

    def apply(self, html: str) -> str:
        """Return the new wording, if ``html`` is the old one."""
        if html != self.old:
            raise ValueError("This comparison is about another text.")
        return self.new

    def reverse(self, html: str) -> str:
        """Return the old wording, if ``html`` is the new one."""
        if html != self.new:
            raise ValueError("This comparison is about another text.")
        return self.old

    @cached_property
    def summary(self) -> Summary:
        return _sum_up(self.parts)

    @property
    def is_same(self) -> bool:
        return all(isinstance(part, Whole) and part.kind == "same" for part in self.parts)


def compare(old: str, new: str) -> Difference:
    """Compare two sanitised passages."""
    return Difference(tuple(_compare(parse(old), parse(new))))


def _compare(old: Sequence[Node], new: Sequence[Node]) -> Iterator[Part]:
    before, after = _grouped(old), _grouped(new)
    keys = [serialise([one]) for one in before], [serialise([one]) for one in after]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal":
            yield from (_whole("same", one) for one in after[j:j_end])
        else:
            yield from _paired(before[i:i_end], after[j:j_end])


def _grouped(nodes: Sequence[Node]) -> list[Element]:
    """Return elements only: what stands beside them as words becomes an element without a name."""
    groups: list[Element] = []
    for node in nodes:
        if not isinstance(node, str) and node.tag not in _INLINE:
            groups.append(node)
        elif groups and not groups[-1].tag:
            groups[-1].children.append(node)
        else:
            groups.append(Element("", {}, [node]))
    return groups


def _whole(kind: Kind, element: Element) -> Whole:
    return Whole(kind, (element,) if element.tag else tuple(element.children))


def _paired(before: list[Element], after: list[Element]) -> Iterator[Part]:
    i = j = 0
    for one, other in [*_pairs(before, after), (len(before), len(after))]:
        yield from (_whole("removed", element) for element in before[i:one])
        yield from (_whole("added", element) for element in after[j:other])
        if one < len(before):
            yield _changed(before[one], after[other])
        i, j = one + 1, other + 1


def _changed(old: Element, new: Element) -> Part:
    if not old.tag:
        return _words(old.children, new.children)
    return Changed(Element(new.tag, new.attributes), tuple(_compare(old.children, new.children)))


def _pairs(before: list[Element], after: list[Element]) -> list[tuple[int, int]]:
    """Return which elements belong together, in order, so that as many words as possible stay."""
    if len(before) == len(after) == 1:
        return [(0, 0)] if _may_pair(before[0], after[0]) else []
    if len(before) * len(after) > MOST_PAIRS:
        return [(at, at) for at, (one, other) in enumerate(zip(before, after, strict=False)) if _may_pair(one, other)]
    old_words, new_words = [_count(one) for one in before], [_count(one) for one in after]
    # best[i][j]: the most that the elements from i and from j on can have in common.
    best = [[0.0] * (len(after) + 1) for _one in range(len(before) + 1)]
    weight: dict[tuple[int, int], float] = {}
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            likeness = _likeness(old_words[i], new_words[j]) if _may_pair(before[i], after[j]) else 0.0
            weight[i, j] = likeness if likeness >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + weight[i, j])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(before) and j < len(after):
        if weight[i, j] and best[i][j] == best[i + 1][j + 1] + weight[i, j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _may_pair(one: Element, other: Element) -> bool:
    return one.tag == other.tag and one.attributes == other.attributes and one.tag not in VOID


def _count(element: Element) -> Counter[str]:
    return Counter(split(text_of(element)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _words(old: list[Node], new: list[Node]) -> Words:
    before, after = _tokens(old), _tokens(new)
    found: list[Run] = []
    for kept, removed, added in runs(before, after, is_space=lambda token: token.is_space):
        found += (Run("same", tuple(kept)), Run("removed", tuple(removed)), Run("added", tuple(added)))
    return Words(tuple(run for run in found if run.tokens))


def _tokens(nodes: Sequence[Node], marks: tuple[_Mark, ...] = ()) -> list[Token]:
    tokens: list[Token] = []
    for node in nodes:
        if isinstance(node, str):
            tokens += [Token(word, marks) for word in split(node)]
        elif node.tag == "br" or node.is_footnote:
            tokens.append(Token(text_of(node), marks, serialise([node])))
        else:
            tokens += _tokens(node.children, (*marks, (node.tag, tuple(sorted(node.attributes.items())))))
    return tokens


def _nested(tokens: Sequence[Token], level: int) -> list[Node]:
    nodes: list[Node] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if len(token.marks) == level:
            nodes += parse(token.html) if token.html else [token.text]
            at += 1
            continue
        end = at
        while end < len(tokens) and tokens[end].marks[level : level + 1] == token.marks[level : level + 1]:
            end += 1
        tag, attributes = token.marks[level]
        nodes.append(Element(tag, dict(attributes), _nested(tokens[at:end], level + 1)))
        at = end
    return nodes


def _sum_up(parts: Sequence[Part]) -> Summary:
    summary = Summary()
    for part in parts:
        match part:
            case Words():
                summary += _sum_up_runs(part.runs)
            case Changed():
                summary += _sum_up(part.parts)
            case Whole() if part.kind != "same":
                tokens = split(plain_text(serialise(list(part.nodes))))
                summary += Summary.of(part.kind, [token for token in tokens if token.isalnum()])
    return summary


def _sum_up_runs(runs_of_words: Sequence[Run]) -> Summary:
    summary = Summary()
    removed: tuple[Token, ...] = ()
    for run in [*runs_of_words, Run("same", ())]:
        if run.kind == "removed":
            removed = run.tokens
            continue
        added = run.tokens if run.kind == "added" else ()
        words = [[token.text for token in tokens if token.is_word] for tokens in (removed, added)]
        is_only_marks = bool(removed) and [t.text for t in removed] == [t.text for t in added]
        summary += Summary(marked=1) if is_only_marks else Summary.between(*words, signs=bool(removed or added))
        removed = ()
    return summary
