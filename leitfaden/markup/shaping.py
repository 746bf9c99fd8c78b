"""Brings a passage into the few forms that the portal knows.

A passage is a sequence of paragraphs, lists, tables, quotations and pictures; everything else is
within one of them. What has no place is taken apart: its words stay.
"""

import re

from leitfaden.markup.elements import Element, Node, parse, serialise, text_of

MOST_LEVELS = 4
"""How deep lists may lie within each other; deeper items come up to the deepest level."""

PICTURE = re.compile(r"/leitfaden/bilder/([0-9a-f]{32})\.webp\Z")
"""The address of an uploaded picture."""

_INLINE = {"strong", "em", "sup", "sub", "a", "span"}
_MEANING = {"b": "strong", "i": "em"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "dt"}
_SPACES = re.compile(r"[ \t\n\r\f]+")
_LANGUAGE = ("lang", "dir")


def shape(nodes: list[Node]) -> list[Node]:
    """Return ``nodes`` as a sequence of the elements in ``BLOCKS``."""
    return list(_Flow().blocks(nodes))


class _Flow:
    """Shapes what stands below each other, within so many lists."""

    def __init__(self, lists: int = 0, *, is_nested: bool = False) -> None:
        self.lists = lists
        self.is_nested = is_nested

    def blocks(self, nodes: list[Node], attributes: dict[str, str] | None = None) -> list[Element]:
        found: list[Element] = []
        run: list[Node] = []

        def end_run() -> None:
            inline = shape_inline(run)
            if inline:
                found.append(Element("p", dict(attributes or {}), inline))
            run.clear()

        for node in nodes:
            if isinstance(node, str) or not _is_block(node):
                run.append(node)
                continue
            end_run()
            found += self._block(node, attributes or {})
        end_run()
        return found

    def _block(self, element: Element, attributes: dict[str, str]) -> list[Element]:
        own = {**attributes, **_language(element)}
        match element.tag:
            case "ul" | "ol":
                found = self._list(element)
            case "table" if not self.is_nested:
                found = _table(element)
            case "blockquote" if not self.is_nested:
                inside = _Flow(self.lists, is_nested=True).blocks(element.children)
                found = [Element("blockquote", _language(element), list(inside))] if inside else []
            case "figure":
                found = self._figure(element)
            case "img":
                found = _picture([element], [])
            case tag if tag in _HEADINGS:
                found = self.blocks([Element("strong", {}, element.children)], own)
            case _:
                found = self.blocks(element.children, own)
        return found

    def _list(self, element: Element) -> list[Element]:
        if self.lists >= MOST_LEVELS:
            return [block for item in _items(element) for block in self.blocks(item.children)]
        items: list[Node] = []
        for item in _items(element):
            items += self._item(item)
        attributes = {name: value for name, value in element.attributes.items() if name in (*_LANGUAGE, "start")}
        return [Element(element.tag, attributes, items)] if items else []

    def _item(self, item: Element) -> list[Node]:
        inside = _Flow(self.lists + 1, is_nested=True)
        children: list[Node] = []
        more: list[Node] = []
        for block in inside.blocks(item.children):
            # At the deepest level, what was a list below is a row of items after this one.
            if self.lists + 1 >= MOST_LEVELS and children and block.tag == "p":
                more.append(Element("li", block.attributes, block.children))
            else:
                children.append(block)
        opened = _opened(children)
        return [Element("li", _language(item), opened), *more] if opened else more

    def _figure(self, element: Element) -> list[Element]:
        pictures = [inner for inner in element.walk() if inner.tag == "img"]
        captions = [inner for inner in element.walk() if inner.tag == "figcaption"]
        if not pictures:
            return self.blocks(element.children, _language(element))
        return _picture(pictures, shape_inline(list(captions[0].children)) if captions else [])


def _is_block(element: Element) -> bool:
    return element.tag not in {*_INLINE, *_MEANING, "br"}


def _language(element: Element) -> dict[str, str]:
    return {name: value for name, value in element.attributes.items() if name in _LANGUAGE}


def _items(element: Element) -> list[Element]:
    """The items of a list; what stands between them counts as one."""
    items: list[Element] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "li":
            items.append(child)
        elif isinstance(child, Element) or child.strip():
            if items and isinstance(child, Element) and child.tag in ("ul", "ol"):
                items[-1].children.append(child)
            else:
                items.append(Element("li", {}, [child]))
    return items


def _opened(blocks: list[Node]) -> list[Node]:
    """Return the content of an item or cell: a first paragraph without its tags, where only lists follow."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Element) or first.tag != "p" or first.attributes:
        return blocks
    if any(isinstance(block, Element) and block.tag not in ("ul", "ol") for block in blocks[1:]):
        return blocks
    return [*first.children, *blocks[1:]]


def _picture(pictures: list[Element], caption: list[Node]) -> list[Element]:
    """Return a figure for each picture that is one of ours and described; the caption goes to the last."""
    figures: list[Element] = []
    for picture in pictures:
        if PICTURE.match(picture.attributes.get("src", "")) and picture.attributes.get("alt", "").strip():
            names = ("src", "alt", "width", "height")
            attributes = {name: picture.attributes[name] for name in names if name in picture.attributes}
            figures.append(Element("figure", {}, [Element("img", attributes)]))
    if caption and figures:
        figures[-1].children.append(Element("figcaption", {}, caption))
    elif caption:
        figures.append(Element("p", {}, caption))
    return figures


def _table(table: Element) -> list[Element]:
    caption = [part for part in table.elements() if part.tag == "caption"]
    head = _rows([part for part in table.elements() if part.tag == "thead"], is_head=True)
    body = _rows([part for part in table.elements() if part.tag != "thead"], is_head=False)
    if not head and not body:
        return []
    children: list[Node] = []
    words = shape_inline(list(caption[0].children)) if caption else []
    if words:
        children.append(Element("caption", {}, words))
    if head:
        children.append(Element("thead", {}, list(head)))
    if body:
        children.append(Element("tbody", {}, list(body)))
    return [Element("table", _language(table), children)]


def _rows(parts: list[Element], *, is_head: bool) -> list[Element]:
    rows = [row for part in parts for row in part.walk() if row.tag == "tr"]
    shaped = [Element("tr", {}, [_cell(cell, is_head=is_head) for cell in row.elements()]) for row in rows]
    return [row for row in shaped if any(text_of(cell).strip() or _has_picture(cell) for cell in row.children)]


def _has_picture(node: Node) -> bool:
    return isinstance(node, Element) and any(inner.tag == "img" for inner in node.walk())


def _cell(cell: Element, *, is_head: bool) -> Element:
    tag = "th" if is_head or cell.tag == "th" else "td"
    names = {"colspan", "rowspan", *_LANGUAGE}
    attributes = {name: value for name, value in cell.attributes.items() if name in names}
    if tag == "th":
        attributes["scope"] = cell.attributes.get("scope") or ("col" if is_head else "row")
    blocks: list[Node] = list(_Flow(is_nested=True).blocks(cell.children))
    return Element(tag, attributes, _opened(blocks))


def shape_inline(nodes: list[Node]) -> list[Node]:
    """Return ``nodes`` as words with their marks: spaces collapsed, the same marks never beside each other."""
    marked = _without_edges(_marked(nodes, ()))
    return _nested(marked, 0)


type _Mark = tuple[str, tuple[tuple[str, str], ...]]
type _Piece = tuple[str, tuple[_Mark, ...]]
"""A run of text, or a whole footnote or line break as HTML, with the marks around it."""

_BREAK = "<br>"


def _marked(nodes: list[Node], marks: tuple[_Mark, ...]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for node in nodes:
        if isinstance(node, str):
            pieces.append((_SPACES.sub(" ", node), marks))
        elif node.tag == "br":
            pieces.append((_BREAK, ()))
        elif node.is_footnote:
            pieces += _footnote(node, marks)
        elif node.tag != "img":
            pieces += _marked(node.children, _with(marks, node))
    return pieces


def _footnote(note: Element, marks: tuple[_Mark, ...]) -> list[_Piece]:
    if any(tag == "footnote" for tag, _attributes in marks):
        return _marked(note.children, marks)
    inside = _without_edges(_marked(note.children, (("footnote", ()),)))
    words = _nested(inside, 1)
    html = serialise([Element("span", {"class": "footnote", **_language(note)}, words)])
    return [(html, ())] if words else []


def _with(marks: tuple[_Mark, ...], element: Element) -> tuple[_Mark, ...]:
    tag = _MEANING.get(element.tag, element.tag)
    if tag == "p" or tag not in _INLINE:
        return marks
    attributes = _language(element)
    if tag == "a":
        if "href" not in element.attributes or any(one == "a" for one, _rest in marks):
            return marks
        attributes["href"] = element.attributes["href"]
    if tag == "span" and not attributes:
        return marks
    mark = (tag, tuple(sorted(attributes.items())))
    return marks if mark in marks else (*marks, mark)


def _is_atom(text: str) -> bool:
    """Whether a piece is HTML: text with tags in it has been read, so it cannot look like this by itself."""
    return text == _BREAK or text.startswith('<span class="footnote"')


def _without_edges(pieces: list[_Piece]) -> list[_Piece]:
    """Drop spaces and breaks at the edges, spaces beside spaces and breaks, and marks around nothing but space."""
    kept: list[_Piece] = []
    for text, marks in pieces:
        before = kept[-1][0] if kept else _BREAK
        if text != _BREAK and (before == _BREAK or (before.endswith(" ") and not before.endswith("> "))):
            text = text.removeprefix(" ")  # noqa: PLW2901 - the same piece, tidied
        if text == _BREAK:
            while kept and not kept[-1][0].strip():
                kept.pop()
            if not kept:
                continue
            kept[-1] = (kept[-1][0].rstrip(" "), kept[-1][1])
        if text:
            kept.append((text, marks))
    while kept and (kept[-1][0] == _BREAK or not kept[-1][0].strip(" ")):
        kept.pop()
    if not any(text.strip() for text, _marks in kept):
        return []
    kept[-1] = (kept[-1][0].rstrip(" "), kept[-1][1])
    return kept


def _nested(pieces: list[_Piece], level: int) -> list[Node]:
    """Return pieces as nodes, with one element for each run of pieces that share their next mark."""
    nodes: list[Node] = []
    at = 0
    while at < len(pieces):
        text, marks = pieces[at]
        if len(marks) <= level:
            nodes += parse(text) if _is_atom(text) else [text]
            at += 1
            continue
        end = at
        while end < len(pieces) and pieces[end][1][level : level + 1] == marks[level : level + 1]:
            end += 1
        tag, attributes = marks[level]
        nodes.append(Element(tag, dict(attributes), _nested(pieces[at:end], level + 1)))
        at = end
    return nodes
