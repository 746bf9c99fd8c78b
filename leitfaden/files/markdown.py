"""An edition as Markdown, in the dialect that can be imported again."""

from django.conf import settings

from leitfaden.files.book import Book
from leitfaden.files.passages import Piece, changed, classes, found, passages, text_of, write
from leitfaden.importing.reading import MARKDOWN
from leitfaden.models import Kind

_WRITTEN = f"{MARKDOWN}-simple_tables-multiline_tables-implicit_figures+link_attributes"
_SAID_BY_CLASS = {Kind.INTRODUCTION, Kind.GOALS, Kind.SCHEDULE, Kind.PRACTICE, Kind.TEMPLATES}
"""Sections whose kind their title need not tell."""


def build_markdown(book: Book) -> bytes:
    """Return the text alone. Pictures are addresses of the portal."""
    title: Piece = {"t": "Header", "c": [1, ["", [], []], [{"t": "Str", "c": book.title}]]}
    blocks = changed(passages(book), _plain)
    return write(book, [title, *blocks], target=_WRITTEN, options=("--wrap=none",))


def _plain(piece: Piece) -> list[Piece]:
    if "added" in classes(piece):
        return []
    match piece["t"]:
        case "Header":
            level, (_id, kinds, fields), words = piece["c"]
            kept = [kind for kind in kinds if kind in _SAID_BY_CLASS]
            return [{"t": "Header", "c": [level + 1, ["", kept, fields], words]}]
        case "Div":
            language = _language(piece["c"][0])
            return [{"t": "Div", "c": [language, piece["c"][1]]}] if language[2] else list(piece["c"][1])
        case "Span":
            language = _language(piece["c"][0])
            return [{"t": "Span", "c": [language, piece["c"][1]]}] if language[2] else list(piece["c"][1])
        case "Figure":
            _attributes, (_short, caption), blocks = piece["c"]
            return [_picture(picture, text_of(caption)) for picture in found(blocks, "Image")]
    return [piece]


def _picture(picture: Piece, caption: str) -> Piece:
    """Return a picture in a paragraph of its own, which is a figure; what stands below it is its title."""
    _attributes, words, (address, _title) = picture["c"]
    image: Piece = {"t": "Image", "c": [["", [], []], words, [f"{settings.PORTAL_URL}{address}", caption]]}
    return {"t": "Para", "c": [image]}


def _language(attributes: list[object]) -> list[object]:
    pairs = attributes[2] if isinstance(attributes[2], list) else []
    return ["", [], [pair for pair in pairs if pair[0] in ("lang", "dir")]]
