"""A revision as a tree: for reading, for writing the next one, for exporting."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leitfaden.models import HEADINGS, BlockVersion, Entry, Kind, Revision

WORDS_A_MINUTE = 180
"""How fast people read texts that they want to use."""

FACTS: dict[str, Promise] = {
    "zielgruppe": _("Zielgruppe"),
    "dauer": _("Dauer"),
    "gruppe": _("Gruppe"),
    "material": _("Material"),
}
"""The fields that are shown as words beside a title."""

_LABEL = re.compile(r"<p><strong>[^<]*</strong></p>")


@dataclass(eq=False)
class Node:
    """A block in a revision, with what stands below it."""

    version: BlockVersion
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    number: int | None = None
    """Of a module: which one it is, counted from 1."""

    @property
    def block(self) -> Any:
        return self.version.block

    @property
    def id(self) -> UUID:
        block_id: UUID = self.version.block_id
        return block_id

    @property
    def anchor(self) -> str:
        return str(self.block.anchor)

    @property
    def kind(self) -> Kind:
        return Kind(self.block.kind)

    @property
    def is_heading(self) -> bool:
        return self.kind in HEADINGS

    @property
    def is_term(self) -> bool:
        return self.kind == Kind.TERM

    @property
    def is_label(self) -> bool:
        """Whether this passage is a line in bold, which says what comes next."""
        return bool(_LABEL.fullmatch(self.html))

    @property
    def title(self) -> str:
        return str(self.version.title)

    @property
    def html(self) -> str:
        return str(self.version.html)

    @property
    def level(self) -> int:
        """How many blocks this one lies within."""
        return 0 if self.parent is None else self.parent.level + 1

    @property
    def path(self) -> list["Node"]:
        """The headings above this block, from the outermost."""
        return [] if self.parent is None else [*self.parent.path, self.parent]

    @property
    def module(self) -> "Node | None":
        """The module that this block belongs to, or is."""
        return next((node for node in [*self.path, self] if node.kind == Kind.MODULE), None)

    @property
    def units(self) -> int | None:
        """Unterrichtseinheiten."""
        return self.version.fields.get("ue")

    @property
    def facts(self) -> list[tuple[Promise, str]]:
        """What this block tells beside its text, in words and labelled."""
        fields = self.version.fields
        return [(label, fields[name]) for name, label in FACTS.items() if fields.get(name)]

    def walk(self) -> Iterator["Node"]:
        """This block and all below it, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.walk()

    @cached_property
    def words(self) -> int:
        """How many words this block and those below it have."""
        return sum(len(node.version.plain.split()) + len(node.title.split()) for node in self.walk())

    @property
    def minutes(self) -> int:
        """How long reading takes, at least a minute."""
        return max(1, round(self.words / WORDS_A_MINUTE))


@dataclass(eq=False)
class Tree:
    """All blocks of a revision in their order."""

    revision: Revision | None
    roots: list[Node]

    def walk(self) -> Iterator[Node]:
        """All blocks in the order of reading."""
        for root in self.roots:
            yield from root.walk()

    @cached_property
    def by_id(self) -> Mapping[UUID, Node]:
        return {node.id: node for node in self.walk()}

    @cached_property
    def by_anchor(self) -> Mapping[str, Node]:
        return {node.anchor: node for node in self.walk()}

    @property
    def modules(self) -> list[Node]:
        return [root for root in self.roots if root.kind == Kind.MODULE]

    @property
    def introduction(self) -> list[Node]:
        """The passages before the first chapter."""
        return [root for root in self.roots if not root.is_heading]

    @property
    def chapters(self) -> list[Node]:
        """Chapters and modules, each of which has its page."""
        return [root for root in self.roots if root.is_heading]

    @property
    def terms(self) -> list[Node]:
        """The glossary's terms."""
        return [node for node in self.walk() if node.kind == Kind.TERM]

    @property
    def units(self) -> int:
        """Unterrichtseinheiten of all modules together."""
        return sum(module.units or 0 for module in self.modules)

    @property
    def minutes(self) -> int:
        return max(1, round(sum(root.words for root in self.roots) / WORDS_A_MINUTE))

    def neighbours(self, chapter: Node) -> tuple[Node | None, Node | None]:
        """The chapters before and after ``chapter``."""
        chapters = self.chapters
        at = chapters.index(chapter)
        return (chapters[at - 1] if at else None), (chapters[at + 1] if at + 1 < len(chapters) else None)


def load_tree(revision: Revision | None) -> Tree:
    """Return what ``revision`` consists of, in one query."""
    entries = list(Entry.objects.of_revision(revision)) if revision is not None else []
    nodes: dict[UUID | None, Node] = {}
    for entry in entries:
        # The block once, not twice: entry and version name the same.
        entry.version.block = entry.block
        nodes[entry.block_id] = Node(entry.version)
    roots: list[Node] = []
    for entry in entries:
        node, parent = nodes[entry.block_id], nodes.get(entry.parent_id)
        node.parent = parent
        (roots if parent is None else parent.children).append(node)
    for number, module in enumerate((root for root in roots if root.kind == Kind.MODULE), 1):
        module.number = number
    return Tree(revision, roots)
