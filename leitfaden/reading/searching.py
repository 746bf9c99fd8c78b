"""Searches an edition: by German stems and by parts of words, with hits in their context."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Q, QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from leitfaden.models import BlockVersion
from leitfaden.reading.addresses import Addresses
from leitfaden.reading.rendering import place_of
from leitfaden.trees import Node, Tree
from vielfalt.text import SEARCH_CONFIG, match_key

LONGEST_QUESTION = 200
MOST_WORDS = 8
MOST_HITS = 100
SHORTEST_PART = 3
SHORTEST_BEGINNING = 5
CONTEXT = 110

# What PostgreSQL puts around the words that have the stem in question; no text contains it.
_START, _STOP = "\x02", "\x03"
_WORD = re.compile(rf"{_START}([^{_STOP}]*){_STOP}|\w+(?:[*:]\w+)*")
_ENDING = re.compile(r"(?:innen|ern|in|e[mnrst]?|[nst])\Z")
_FEMALE_FORMS = re.compile(r"[*:_]in(?:nen)?\b")

type Piece = tuple[str, bool]
"""Some text, and whether it is what was looked for."""


@dataclass(frozen=True)
class Hit:
    """A passage in which every word of the question was found."""

    node: Node
    url: str
    title: SafeString
    excerpt: SafeString

    @property
    def place(self) -> str:
        """What a passage without a title of its own is found under."""
        return self.node.path[-1].title if self.node.path else ""


@dataclass
class Group:
    """The hits of a chapter or module."""

    chapter: Node | None
    hits: list[Hit] = field(default_factory=list)


@dataclass(frozen=True)
class Sought:
    """A word of a question, as ``match_key`` writes it."""

    word: str

    def pattern(self, beginning: str) -> str:
        """What finds it within a match key; ``beginning`` is how the dialect writes where words begin.

        It may be part of a longer word. Without its ending it has to begin one: "begleiten" is in
        "Begleitung", and "Lotse" is in "Lots*innen", whose key is "lots innen".
        """
        stem = _ENDING.sub("", self.word)
        patterns = [self.word, f"{beginning}{stem} in"]
        if len(stem) >= SHORTEST_BEGINNING:
            patterns.append(f"{beginning}{stem}")
        return "|".join(patterns)

    @cached_property
    def here(self) -> re.Pattern[str]:
        return re.compile(self.pattern(r"\b"))

    @property
    def stem(self) -> SearchQuery:
        """What finds it by PostgreSQL's own German stems."""
        return SearchQuery(self.word, config=SEARCH_CONFIG)


@dataclass(frozen=True)
class Question:
    """What somebody types into the field."""

    text: str

    @cached_property
    def words(self) -> list[Sought]:
        """The words by which passages are compared; too short ones say nothing."""
        key = match_key(_FEMALE_FORMS.sub("", self.text[:LONGEST_QUESTION]))
        words = dict.fromkeys(word for word in key.split() if len(word) >= SHORTEST_PART)
        return [Sought(word) for word in list(words)[:MOST_WORDS]]

    def narrow(self, versions: QuerySet[BlockVersion]) -> QuerySet[BlockVersion]:
        """Keep versions that have every word, in whatever form or within a longer word."""
        for word in self.words:
            versions = versions.filter(Q(search=word.stem) | Q(match_key__regex=word.pattern(r"\m")))
        return versions

    @cached_property
    def any_stem(self) -> SearchQuery:
        return reduce(or_, (word.stem for word in self.words))

    def is_in(self, word: str) -> bool:
        """Whether a word of a text is one that was looked for."""
        key = match_key(word)
        return any(sought.here.search(key) for sought in self.words)


def search_in(tree: Tree, question: Question, addresses: Addresses) -> tuple[list[Group], int]:
    """Return hits by chapter in the order of reading, the first hundred, and how many there are."""
    if not question.words:
        return [], 0
    found = {block: marked for block, *marked in _marked_versions(tree, question)}
    hits = [(node, found[node.id]) for node in tree.walk() if node.id in found]
    groups: list[Group] = []
    for node, (title, plain) in hits[:MOST_HITS]:
        root = [*node.path, node][0]
        chapter = root if root.is_heading else None
        if not groups or groups[-1].chapter is not chapter:
            groups.append(Group(chapter))
        excerpt = _around(_pieces(plain, question))
        hit = Hit(node, place_of(node, addresses), _marked(_pieces(title, question)), _marked(excerpt))
        groups[-1].hits.append(hit)
    return groups, len(hits)


def _marked_versions(tree: Tree, question: Question) -> Iterable[tuple[Any, str, str]]:
    """The blocks that have every word, with title and text in which PostgreSQL marked their stems."""

    def marked(column: str) -> SearchHeadline:
        return SearchHeadline(
            column,
            question.any_stem,
            config=SEARCH_CONFIG,
            start_sel=_START,
            stop_sel=_STOP,
            highlight_all=True,
        )

    versions = question.narrow(BlockVersion.objects.in_revision(tree.revision)).order_by()
    return versions.annotate(marked_title=marked("title"), marked_plain=marked("plain")).values_list(
        "block_id", "marked_title", "marked_plain"
    )


def _pieces(text: str, question: Question) -> list[Piece]:
    """Divide a text that PostgreSQL has marked; words that contain what was looked for are hits as well."""
    pieces: list[Piece] = []
    start = 0
    for match in _WORD.finditer(text):
        word = match[1] if match[1] is not None else match[0]
        if match[1] is None and not question.is_in(word):
            continue
        pieces += [(text[start : match.start()], False), (word, True)]
        start = match.end()
    pieces.append((text[start:], False))
    return [piece for piece in pieces if piece[0]]


def _around(pieces: list[Piece]) -> list[Piece]:
    """Shorten long stretches without a hit, at the ends and between hits, to what explains them."""
    return list(_shortened(pieces))


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    last = len(pieces) - 1
    for at, (text, is_hit) in enumerate(pieces):
        before, after = at > 0, at < last
        if is_hit or len(text) <= CONTEXT * (before + after or 2):
            yield text, is_hit
        else:
            head = text[:CONTEXT].rsplit(maxsplit=1)[0] if before or not after else ""
            tail = text[-CONTEXT:].split(maxsplit=1)[-1] if after else ""
            yield f"{head} … {tail}" if head and tail else f"{head} …" if head else f"… {tail}", False


def _marked(pieces: list[Piece]) -> SafeString:
    return format_html_join("", "{}", ((_mark(text) if is_hit else text,) for text, is_hit in pieces))


def _mark(text: str) -> SafeString:
    return format_html_join("", "<mark>{}</mark>", [(text,)])
