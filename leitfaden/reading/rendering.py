"""A page of a book: its passages as they are shown, with numbered notes and explained terms.

Everything here changes copies. What is stored, and what its checksum stands for, is the same on every page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from leitfaden.markup.elements import Element, parse, serialise, text_of
from leitfaden.markup.elements import Node as Piece
from leitfaden.models import Kind
from leitfaden.reading.addresses import Addresses
from leitfaden.reading.glossary import Glossary, Term
from leitfaden.trees import Node, Tree

DEEPEST_HEADING = 6


@dataclass(frozen=True)
class Note:
    """A footnote of a page."""

    number: int
    html: SafeString

    @property
    def id(self) -> str:
        return f"fussnote-{self.number}"

    @property
    def place(self) -> str:
        """Where the text refers to it."""
        return f"{self.id}-stelle"


@dataclass(frozen=True)
class Explained:
    """A term of the glossary that a page uses."""

    node: Node
    html: SafeString
    id: str
    place: str


@dataclass(frozen=True)
class Passage:
    """A block on a page."""

    node: Node
    html: SafeString
    level: int
    """The level of its heading."""
    permanent: Addresses

    @property
    def address(self) -> str:
        return self.permanent.passage(self.node.anchor)

    @property
    def cite(self) -> str:
        return self.permanent.cite_passage(self.node.anchor)

    @property
    def is_term(self) -> bool:
        return self.node.kind == Kind.TERM

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        """What a method or template tells beside its text."""
        words = {"zielgruppe": _("Zielgruppe"), "dauer": _("Dauer"), "gruppe": _("Gruppe"), "material": _("Material")}
        fields = self.node.version.fields
        return [(label, fields[name]) for name, label in words.items() if fields.get(name)]


@dataclass
class Page:
    """What a page shows, in the order of reading."""

    passages: list[Passage] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    terms: list[Explained] = field(default_factory=list)


class Renderer:
    """Renders passages of a tree for one page, which numbers its notes and explains each term once."""

    def __init__(
        self, tree: Tree, addresses: Addresses, roots: Sequence[Node], *, permanent: Addresses, top: int
    ) -> None:
        self.tree, self.addresses, self.permanent, self.top = tree, addresses, permanent, top
        self.first = min((node.level for node in roots), default=0)
        self.nodes = [node for root in roots for node in root.walk()]
        self.here = {node.anchor for node in self.nodes}
        self.glossary = Glossary(tree.terms)
        self.page = Page()
        self.tables = 0

    def render(self) -> Page:
        for node in self.nodes:
            level = min(self.top + node.level - self.first, DEEPEST_HEADING)
            self.page.passages.append(Passage(node, self._shown(node), level, self.permanent))
        return self.page

    def _shown(self, node: Node) -> SafeString:
        # A term does not explain itself, and the glossary is no place to send readers to and fro.
        terms = self.glossary if node.kind != Kind.TERM else None
        return _safe(self._pieces(parse(node.html), terms))

    def _pieces(self, pieces: Iterable[Piece], terms: Glossary | None) -> list[Piece]:
        shown: list[Piece] = []
        for piece in pieces:
            if isinstance(piece, str):
                shown += self._words(piece, terms)
            elif piece.is_footnote:
                shown.append(self._reference(piece))
            elif piece.tag == "a":
                shown += self._link(piece)
            else:
                # Headings of tables stay plain.
                inside = None if piece.tag in ("th", "caption") else terms
                copy = Element(piece.tag, dict(piece.attributes), self._pieces(piece.children, inside))
                shown.append(self._scrolling(copy) if piece.tag == "table" else copy)
        return shown

    def _words(self, words: str, terms: Glossary | None) -> list[Piece]:
        """Mark the terms that the page has not explained yet."""
        if terms is None:
            return [words]
        shown: list[Piece] = []
        for text, term in terms.split(words):
            shown.append(text if term is None else self._term(term, [text]))
        return shown

    def _term(self, term: Term, children: list[Piece]) -> Element:
        self.glossary.explained(term)
        anchor = term.node.anchor
        if anchor in self.here:
            return Element("a", {"class": "term", "href": f"#{anchor}"}, children)
        explanation = Explained(
            term.node,
            _safe(self._pieces(parse(term.node.html), None)),
            id=f"begriff-{anchor}",
            place=f"begriff-{anchor}-stelle",
        )
        self.page.terms.append(explanation)
        attributes = {"class": "term", "href": f"#{explanation.id}", "id": explanation.place, "role": "doc-glossref"}
        return Element("a", attributes, children)

    def _reference(self, footnote: Element) -> Element:
        """Take a note out of the text and leave its number there."""
        number = len(self.page.notes) + 1
        # Its place among the notes comes before what its own text could add.
        self.page.notes.append(Note(number, SafeString("")))
        self.page.notes[number - 1] = note = Note(number, _safe(self._pieces(footnote.children, None)))
        link = Element("a", {"href": f"#{note.id}", "id": note.place, "role": "doc-noteref"}, [str(number)])
        return Element("sup", {"class": "note-reference"}, [_hidden(_("Fußnote") + " "), link])

    def _link(self, link: Element) -> list[Piece]:
        """Lead links between passages to the page where the passage stands in this edition."""
        href = link.attributes.get("href", "")
        children = self._pieces(link.children, None)
        if not href.startswith("#"):
            return [Element("a", {**link.attributes, "rel": "noopener"}, children)] if href else children
        anchor = href.removeprefix("#")
        target = self.tree.by_anchor.get(anchor)
        if target is None:
            return children
        term = self.glossary.unexplained(target)
        if term is not None:
            return [self._term(term, children)]
        return [Element("a", {"href": self.place_of(target)}, children)]

    def place_of(self, node: Node) -> str:
        """The address of a passage, as near as possible."""
        if node.anchor in self.here:
            return f"#{node.anchor}"
        return place_of(node, self.addresses)

    def _scrolling(self, table: Element) -> Element:
        """Put a table where it can be scrolled sideways, also by keyboard."""
        self.tables += 1
        caption = next((text_of(child) for child in table.elements() if child.tag == "caption"), "")
        label = _("Tabelle {number}").format(number=self.tables) + (f": {caption}" if caption else "")
        return Element("div", {"class": "table", "role": "group", "tabindex": "0", "aria-label": label}, [table])


def place_of(node: Node, addresses: Addresses) -> str:
    """The address of a passage on the page of its chapter, or on the first page."""
    root = node.path[0] if node.path else node
    page = addresses.page(root.anchor) if root.is_heading else addresses.start
    return page if root is node and root.is_heading else f"{page}#{node.anchor}"


def render_page(tree: Tree, addresses: Addresses, roots: Sequence[Node], *, permanent: Addresses, top: int = 1) -> Page:
    """Return what a page of these blocks shows; ``top`` is the level of the first heading.

    Links between passages stay within ``addresses``; what readers take along is ``permanent``.
    """
    return Renderer(tree, addresses, roots, permanent=permanent, top=top).render()


def _hidden(words: str) -> Element:
    return Element("span", {"class": "kern-sr-only"}, [words])


def _safe(pieces: list[Piece]) -> SafeString:
    return mark_safe(serialise(pieces))  # noqa: S308 - the pieces were sanitised when they were saved
