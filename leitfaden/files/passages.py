"""The book as pandoc's tree, of which e-book, word processor file and Markdown are written."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.template.loader import render_to_string

from leitfaden import pandoc
from leitfaden.files.book import Book
from leitfaden.markup.elements import Element, Node, parse, serialise

type Piece = dict[str, Any]
type Change = Callable[[Piece], list[Piece]]
"""What becomes of a block or a run of words."""


def passages(book: Book) -> list[Piece]:
    """Return the blocks of the whole book, with real notes."""
    html = serialise(_with_languages(parse(render_to_string("leitfaden/files/text.html", {"book": book}))))
    document = json.loads(pandoc.convert(html.encode(), source="html", target="json"))
    return list(changed(document["blocks"], _notes))


def _with_languages(nodes: list[Node]) -> list[Node]:
    """Say languages and directions on divisions: pandoc knows none of a paragraph, list, item or cell."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            result.append(node)
            continue
        language = {name: node.attributes[name] for name in ("lang", "dir") if name in node.attributes}
        attributes = {name: value for name, value in node.attributes.items() if name not in language}
        children = _with_languages(node.children)
        if not language or node.tag == "span":
            result.append(Element(node.tag, dict(node.attributes), children))
        elif node.tag in ("li", "td", "th"):
            result.append(Element(node.tag, attributes, [Element("div", language, children)]))
        else:
            result.append(Element("div", language, [Element(node.tag, attributes, children)]))
    return result


def changed(pieces: Any, change: Change) -> Any:
    """Return ``pieces`` with every block and run of words within them changed, from the innermost."""
    if isinstance(pieces, list):
        result: list[Any] = []
        for piece in pieces:
            piece = changed(piece, change)  # noqa: PLW2901 - the same piece, changed
            result += change(piece) if isinstance(piece, dict) and "t" in piece else [piece]
        return result
    if isinstance(pieces, dict):
        return {name: changed(piece, change) for name, piece in pieces.items()}
    return pieces


def found(pieces: Any, kind: str) -> Iterator[Piece]:
    """Yield all pieces of a kind."""
    if isinstance(pieces, dict):
        if pieces.get("t") == kind:
            yield pieces
        pieces = list(pieces.values())
    if isinstance(pieces, list):
        for piece in pieces:
            yield from found(piece, kind)


def text_of(pieces: Any) -> str:
    """Return the words of blocks in one line."""
    text = ""
    if isinstance(pieces, dict):
        match pieces.get("t"):
            case "Str":
                text = pieces["c"]
            case "Space" | "SoftBreak" | "LineBreak":
                text = " "
            case "Note":
                pass
            case _:
                text = text_of(pieces.get("c"))
    elif isinstance(pieces, list):
        text = "".join(text_of(piece) for piece in pieces)
    return text


def write(
    book: Book,
    blocks: list[Piece],
    *,
    target: str,
    metadata: Mapping[str, Any] | None = None,
    options: tuple[str, ...] = (),
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Let pandoc write blocks as a file of its own."""
    meta = {name: _meta(value) for name, value in (metadata or {}).items()}
    document = {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks}
    content = json.dumps(document, ensure_ascii=False).encode()
    return pandoc.convert(
        content,
        source="json",
        target=target,
        options=("--standalone", *options),
        files=files,
        moment=book.moment,
    )


def classes(piece: Piece) -> list[str]:
    """The classes of a heading, a division or a run of words."""
    match piece["t"]:
        case "Header":
            return list(piece["c"][1][1])
        case "Div" | "Span":
            return list(piece["c"][0][1])
    return []


def _notes(piece: Piece) -> list[Piece]:
    if piece["t"] == "Span" and "footnote" in classes(piece):
        return [{"t": "Note", "c": [{"t": "Para", "c": piece["c"][1]}]}]
    return [piece]


def _meta(value: Any) -> Piece:
    match value:
        case str():
            return {"t": "MetaInlines", "c": [{"t": "Str", "c": value}]}
        case bool():
            return {"t": "MetaBool", "c": value}
        case dict():
            return {"t": "MetaMap", "c": {name: _meta(one) for name, one in value.items()}}
    return {"t": "MetaList", "c": [_meta(one) for one in value]}
