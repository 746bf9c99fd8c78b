"""An edition as a book that somebody has opened."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from leitfaden import appendices, margins
from leitfaden.loading import SLUG
from leitfaden.models import Edition, EditionState, Entry
from leitfaden.reading.addresses import Addresses
from leitfaden.trees import Node, Tree, load_tree
from vielfalt.answers.values import kept


@dataclass(frozen=True)
class Chapter:
    """A chapter or module with the address of its page."""

    node: Node
    url: str

    @property
    def title(self) -> str:
        return self.node.title

    @property
    def anchor(self) -> str:
        return self.node.anchor

    @property
    def sections(self) -> list[Node]:
        """The headings right below its own."""
        return [child for child in self.node.children if child.is_heading]


@dataclass(frozen=True)
class Book:
    """An edition, and the addresses under which it was opened."""

    edition: Edition
    addresses: Addresses

    @cached_property
    def permanent(self) -> Addresses:
        """The addresses that show this edition for ever."""
        return Addresses.of(self.edition)

    @cached_property
    def tree(self) -> Tree:
        return load_tree(self.edition.revision)

    @cached_property
    def chapters(self) -> list[Chapter]:
        return [Chapter(node, self.addresses.page(node.anchor)) for node in self.tree.chapters]

    def around(self, chapter: Chapter) -> tuple[Chapter | None, Chapter | None]:
        """The chapters before and after one."""
        at = self.chapters.index(chapter)
        return (self.chapters[at - 1] if at else None), next(iter(self.chapters[at + 1 :]), None)

    @cached_property
    def current(self) -> Edition | None:
        """The edition in force."""
        return self.edition if self.edition.is_current else _editions().current().first()

    @property
    def is_preview(self) -> bool:
        """Whether only editors see this: it is not published yet."""
        return self.edition.published_at is None

    @property
    def is_superseded(self) -> bool:
        return self.edition.state == EditionState.SUPERSEDED

    @property
    def is_withdrawn(self) -> bool:
        return self.edition.state == EditionState.WITHDRAWN

    @property
    def is_of_editors(self) -> bool:
        """Whether its text is for editors alone."""
        return self.is_preview or self.is_withdrawn

    def canonical(self, address: str, node: Node | None = None) -> str:
        """The address for search engines: in the edition in force, as far as that has this page."""
        if self.current is None or self.is_of_editors or not self.addresses.slug:
            return address
        start = Addresses().start
        if node is not None and self.current != self.edition:
            there = Entry.objects.filter(revision=self.current.revision_id, block=node.id, parent=None)
            if not there.exists():
                return start
        return address.replace(self.addresses.start, start, 1)


def find_book(slug: str, user: Any) -> Book | None:
    """Return the edition of that name that ``user`` may open, or without a name the one in force."""
    if slug:
        edition = _editions().visible_to(user).filter(slug=slug).first()
        return Book(edition, Addresses.of(edition)) if edition is not None else None
    return kept("book", _book_in_force)


def _book_in_force() -> Book | None:
    edition = _editions().current().first()
    return Book(edition, Addresses()) if edition is not None else None


def _editions() -> Any:
    editions = Edition.objects.filter(document__slug=SLUG).select_related("document", "revision").order_by()
    return editions.annotate(**margins.conditions(), **appendices.conditions())
