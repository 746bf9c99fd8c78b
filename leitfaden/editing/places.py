"""Where blocks may stand: as the pages name places, and as changes do."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten
from uuid import UUID

from django.utils.translation import gettext as _

from leitfaden.models import PLACES, Kind
from leitfaden.trees import Node, Tree

BEFORE, AFTER, INTO, FIRST = "vor", "nach", "in", "vorn"
DOCUMENT = "dokument"
"""What stands in addresses for the document itself, instead of a block's anchor."""

SHOWN = 70


@dataclass(frozen=True)
class Place:
    """Under a block (``None``: the document), after a block (``None``: as the first)."""

    parent: UUID | None = None
    after: UUID | None = None


def siblings(tree: Tree, node: Node) -> list[Node]:
    return node.parent.children if node.parent else tree.roots


def find(tree: Tree, where: str, anchor: str) -> Place | None:
    """Return the place that an address names, or ``None`` if there is none in this text."""
    node = tree.by_anchor.get(anchor)
    if node is None and anchor != DOCUMENT:
        return None
    if where in (INTO, FIRST):
        children = node.children if node else tree.roots
        return Place(node.id if node else None, children[-1].id if children and where == INTO else None)
    if node is None:
        return None
    parent = node.parent.id if node.parent else None
    if where == AFTER:
        return Place(parent, node.id)
    row = siblings(tree, node)
    at = row.index(node)
    return Place(parent, row[at - 1].id if at else None)


def kinds_for(tree: Tree, place: Place) -> list[Kind]:
    """The kinds of blocks that may stand in a place, text first."""
    above = "" if place.parent is None else str(tree.by_id[place.parent].kind)
    kinds = [kind for kind in Kind if above in PLACES[kind]]
    return sorted(kinds, key=lambda kind: kind != Kind.TEXT)


def name_of(node: Node) -> str:
    """How a list names a block: its title, or its first words."""
    words = shorten(node.title or node.version.plain, SHOWN, placeholder=" …")
    return f"{node.kind.label}: {words}" if node.is_heading else words or node.anchor


def targets(tree: Tree, node: Node) -> list[tuple[str, list[tuple[str, str]]]]:
    """The places where a block may go, grouped by chapter, as choices of a form."""
    own = {one.id for one in node.walk()}
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    if "" in PLACES[node.kind]:
        groups.append((_("Dokument"), list(_under(None, tree.roots, own))))
    for root in tree.chapters:
        options = [
            option
            for parent in root.walk()
            if parent.id not in own and str(parent.kind) in PLACES[node.kind]
            for option in _under(parent, parent.children, own)
        ]
        if options:
            groups.append((name_of(root), options))
    return groups


def _under(parent: Node | None, children: list[Node], own: set[UUID]) -> Iterator[tuple[str, str]]:
    name = name_of(parent) if parent else _("Dokument")
    yield f"{parent.anchor if parent else DOCUMENT}:", _("ganz vorn in „{name}“").format(name=name)
    for child in children:
        if child.id not in own:
            label = _("nach „{name}“").format(name=name_of(child))
            yield f"{parent.anchor if parent else DOCUMENT}:{child.anchor}", label


def read_target(tree: Tree, value: str) -> Place | None:
    """Return the place that ``targets`` called so."""
    above, _colon, before = value.partition(":")
    parent, after = tree.by_anchor.get(above), tree.by_anchor.get(before)
    if (parent is None and above != DOCUMENT) or (after is None and before):
        return None
    return Place(parent.id if parent else None, after.id if after else None)
