"""The places at which a passage can be split: between its parts, the items of a list, the sentences of a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten

from leitfaden.markup.elements import Element, Node, parse, serialise, text_of

_SENTENCE = re.compile(r"[.!?…:;]\s+(?=\S)")
SHOWN = 60


@dataclass(frozen=True)
class Cut:
    """A place in a passage, with the HTML before and after it."""

    before: str
    after: str

    @property
    def label(self) -> str:
        """The first words after the cut."""
        return shorten(" ".join(text_of(node) for node in parse(self.after)), SHOWN, placeholder=" …")


def cuts(html: str) -> list[Cut]:
    """Return all places at which ``html`` can be split, in their order."""
    nodes = parse(html)
    found: list[Cut] = []
    for at, node in enumerate(nodes):
        if at:
            found.append(Cut(serialise(nodes[:at]), serialise(nodes[at:])))
        if isinstance(node, Element):
            for first, second in _within(node):
                found.append(Cut(serialise([*nodes[:at], first]), serialise([second, *nodes[at + 1 :]])))
    return found


def _within(element: Element) -> Iterator[tuple[Element, Element]]:
    if element.tag in ("ul", "ol"):
        for at in range(1, len(element.children)):
            attributes = dict(element.attributes)
            if element.tag == "ol":
                attributes["start"] = str(int(attributes.get("start", "1")) + at)
            yield _with(element, element.children[:at]), Element(element.tag, attributes, element.children[at:])
    elif element.tag == "p":
        for at, node in enumerate(element.children):
            if isinstance(node, str):
                for sentence in _SENTENCE.finditer(node):
                    before, after = node[: sentence.start() + 1], node[sentence.end() :]
                    yield (
                        _with(element, [*element.children[:at], before]),
                        _with(element, [after, *element.children[at + 1 :]]),
                    )


def _with(element: Element, children: list[Node]) -> Element:
    return Element(element.tag, element.attributes, children)
