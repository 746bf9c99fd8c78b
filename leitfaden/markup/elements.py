"""HTML as a small tree, for markup that is well-formed already."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

VOID = {"br", "img", "hr", "col", "wbr"}

BLOCKS = {"p", "ul", "ol", "table", "blockquote", "figure"}
"""What a passage is a sequence of."""

DEEPEST = 80
"""Elements within more others than this are read as if they were not there; their text stays."""

type Node = "Element | str"


@dataclass
class Element:
    """An element with its attributes and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def elements(self) -> Iterator["Element"]:
        """The elements directly within this one."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator["Element"]:
        """This element and all elements within it."""
        yield self
        for child in self.elements():
            yield from child.walk()

    @property
    def is_footnote(self) -> bool:
        return self.tag == "span" and self.attributes.get("class") == "footnote"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        if len(self.open) <= DEEPEST:
            self.open[-1].children.append(element)
        else:
            # Its text goes to the deepest element that still counts.
            element.children = self.open[-1].children
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)


def parse(html: str) -> list[Node]:
    """Return the nodes of sanitised ``html``."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root.children


def serialise(nodes: list[Node]) -> str:
    """Return the HTML of ``nodes``."""
    return "".join(_written(node) for node in nodes)


def _written(node: Node) -> str:
    if isinstance(node, str):
        return _escaped(node)
    start = f"<{node.tag}{attributes_of(node)}>"
    return start if node.tag in VOID else f"{start}{serialise(node.children)}</{node.tag}>"


def _escaped(text: str, *, quote: bool = False) -> str:
    """Write text as nh3 does, so that its last look changes nothing."""
    escaped = escape(text, quote=False).replace("\xa0", "&nbsp;")
    return escaped.replace('"', "&quot;") if quote else escaped


def attributes_of(element: Element) -> str:
    """Return the attributes of an element as they stand in its tag."""
    return "".join(f' {name}="{_escaped(value, quote=True)}"' for name, value in sorted(element.attributes.items()))


def text_of(node: Node) -> str:
    """Return the words in ``node`` in one line."""
    return node if isinstance(node, str) else "".join(text_of(child) for child in node.children)


def plain_text(html: str) -> str:
    """Return what ``html`` says in words: a line for each paragraph, item and row; notes in brackets."""
    lines = "".join(_lines(node) for node in parse(html)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


_OWN_LINE = {"p", "li", "tr", "blockquote", "figure", "figcaption", "caption", "ul", "ol", "table"}


def _lines(node: Node) -> str:
    if isinstance(node, str):
        return node
    if node.tag == "br":
        return "\n"
    if node.tag == "img":
        return f"\n{node.attributes.get('alt', '')}\n"
    inside = "".join(_lines(child) for child in node.children)
    if node.is_footnote:
        return f" [{inside}]"
    if node.tag in ("td", "th"):
        return f"{inside}\t"
    return f"\n{inside}\n" if node.tag in _OWN_LINE else inside
