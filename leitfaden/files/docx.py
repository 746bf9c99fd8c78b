"""An edition for word processors: DOCX."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from lxml import etree

from leitfaden.files.book import Book
from leitfaden.files.epub import with_pictures
from leitfaden.files.passages import Piece, changed, classes, passages, text_of, write
from leitfaden.files.zipping import packed
from leitfaden.models import Kind

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_GREEN, _INK, _LINE = "1D6349", "16202E", "7C8896"
LEAST, MOST = 10, 50
"""How many letters a column has room for beside others."""
_NEW_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def build_docx(book: Book) -> bytes:
    """Return the book with real headings, notes and tables, each worksheet on a page of its own."""
    blocks = changed(with_pictures(book, passages(book)), _on_paper)
    archive = write(
        book,
        blocks,
        target="docx",
        metadata={
            "title": book.title,
            "subtitle": book.full_title.removeprefix(book.title).strip(", "),
            "author": book.makers,
            "date": f"{book.date:%d.%m.%Y}",
            "lang": "de-DE",
            "description": book.description,
        },
    )
    return packed(archive, partial(_finished, book))


def _on_paper(piece: Piece) -> list[Piece]:
    if piece["t"] == "Div" and "facts" in classes(piece):
        return [{"t": "Div", "c": [["", [], [["custom-style", "Angaben"]]], piece["c"][1]]}]
    if piece["t"] == "Header" and Kind.TEMPLATE in classes(piece):
        return [{"t": "RawBlock", "c": ["openxml", _NEW_PAGE]}, piece]
    if piece["t"] == "Table":
        return [_with_widths(piece)]
    return [piece]


def _with_widths(table: Piece) -> Piece:
    """Give each column room for what it says; without that all are of the same width."""
    attributes, caption, columns, head, bodies, foot = table["c"]
    rows = [row for rows in (head[1], *(part for body in bodies for part in body[2:]), foot[1]) for row in rows]
    room = [LEAST] * len(columns)
    for _attributes, cells in rows:
        if len(cells) == len(columns):
            room = [max(had, min(len(text_of(cell[4])), MOST)) for had, cell in zip(room, cells, strict=True)]
    widths = [{"t": "ColWidth", "c": round(one / sum(room), 3)} for one in room]
    columns = [[align, width] for (align, _width), width in zip(columns, widths, strict=True)]
    return {"t": "Table", "c": [attributes, caption, columns, head, bodies, foot]}


def _finished(book: Book, name: str, part: bytes) -> bytes:
    if name == "docProps/core.xml":
        # In its sandbox pandoc knows no time.
        written = datetime.fromtimestamp(book.moment, UTC)
        return part.replace(b"1970-01-01T00:00:00Z", f"{written:%Y-%m-%dT%H:%M:%SZ}".encode())
    if name == "word/styles.xml":
        return _styled(part)
    if name == "word/document.xml":
        return _with_readable_tables(part)
    return part


def _styled(part: bytes) -> bytes:
    """Give pandoc's styles the portal's colours, and tables lines."""
    root = etree.fromstring(part)
    for style in root.iter(f"{{{_W}}}style"):
        identifier = style.get(f"{{{_W}}}styleId", "")
        if identifier == "Table":
            _replace(style, "tblPr", _table_lines())
        elif identifier.startswith(("Heading", "Title", "TOCHeading")):
            properties = _child(style, "rPr")
            _replace(properties, "color", etree.Element(f"{{{_W}}}color", {f"{{{_W}}}val": _GREEN}))
    return _written(root)


def _with_readable_tables(part: bytes) -> bytes:
    """Let no row of a table break over two pages; pandoc repeats the heads itself."""
    root = etree.fromstring(part)
    for row in root.iter(f"{{{_W}}}tr"):
        properties = row.find(f"{{{_W}}}trPr")
        if properties is None:
            properties = etree.Element(f"{{{_W}}}trPr")
            row.insert(0, properties)
        properties.insert(0, etree.Element(f"{{{_W}}}cantSplit"))
    return _written(root)


def _table_lines() -> Any:
    properties = etree.Element(f"{{{_W}}}tblPr")
    borders = etree.SubElement(properties, f"{{{_W}}}tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = {"val": "single", "sz": "4", "space": "0", "color": _LINE}
        etree.SubElement(borders, f"{{{_W}}}{side}", {f"{{{_W}}}{name}": value for name, value in line.items()})
    margins = etree.SubElement(properties, f"{{{_W}}}tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        etree.SubElement(margins, f"{{{_W}}}{side}", {f"{{{_W}}}w": "80", f"{{{_W}}}type": "dxa"})
    return properties


def _child(parent: Any, name: str) -> Any:
    found = parent.find(f"{{{_W}}}{name}")
    return found if found is not None else etree.SubElement(parent, f"{{{_W}}}{name}")


def _replace(parent: Any, name: str, new: Any) -> None:
    old = parent.find(f"{{{_W}}}{name}")
    if old is not None:
        parent.replace(old, new)
    else:
        parent.append(new)


def _written(root: Any) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content
