"""An edition as an e-book: EPUB 3."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _

from leitfaden.files.book import Book
from leitfaden.files.cover import draw_cover
from leitfaden.files.passages import Piece, changed, found, passages, write
from leitfaden.files.pictures import embedded
from leitfaden.files.zipping import packed

STYLE = "documents/ebook.css"
_HEADING = re.compile(rb"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TITLE = re.compile(rb"<title>ch\d+\.xhtml</title>")
_TAG = re.compile(rb"<[^>]+>")


def build_epub(book: Book) -> bytes:
    """Return the book with a file for each chapter, contents, cover and notes."""
    blocks = with_pictures(book, passages(book))
    archive = write(
        book,
        blocks,
        target="epub3-smart",
        metadata=_metadata(book, has_pictures=any(found(blocks, "Image"))),
        options=(
            *("--toc", "--toc-depth=3", "--split-level=1", "--epub-title-page=false"),
            *("--epub-cover-image", "cover.png"),
        ),
        files={"cover.png": draw_cover(book)},
    )
    return packed(archive, _finished)


def with_pictures(book: Book, blocks: list[Piece]) -> list[Piece]:
    """Return ``blocks`` with their pictures within them, as wide as the page if need be."""

    def change(piece: Piece) -> list[Piece]:
        if piece["t"] != "Image":
            return [piece]
        _attributes, words, (address, _title) = piece["c"]
        return [{"t": "Image", "c": [["", [], []], words, [embedded(book.pictures[address]), ""]]}]

    result: list[Piece] = changed(blocks, change)
    return result


def _metadata(book: Book, *, has_pictures: bool) -> dict[str, object]:
    modes = ["textual", "visual"] if has_pictures else ["textual"]
    features = ["tableOfContents", "readingOrder", "structuralNavigation"]
    return {
        "title": book.full_title,
        "lang": "de-DE",
        "identifier": [{"scheme": "UUID", "text": f"urn:uuid:{book.identifier}"}],
        "creator": [{"role": "aut", "text": maker} for maker in book.makers],
        "publisher": ", ".join(book.makers),
        "date": book.date.isoformat(),
        "description": book.description,
        "toc-title": _("Inhalt"),
        "accessModes": modes,
        "accessModeSufficient": ["textual"],
        "accessibilityFeatures": [*features, "alternativeText"] if has_pictures else features,
        "accessibilityHazards": ["none"],
        "accessibilitySummary": _(
            "Überschriften, Listen und Tabellen sind ausgezeichnet, Bilder sind beschrieben, Fußnoten sind verlinkt."
        ),
    }


def _finished(name: str, part: bytes) -> bytes:
    """Give the book our style and German words: pandoc, which reads no files of ours, leaves its own in their place."""
    if name.endswith(".css"):
        return Path(finders.find(STYLE) or staticfiles_storage.path(STYLE)).read_bytes()
    if name.endswith(".xhtml"):
        heading = _HEADING.search(part)
        if heading:
            title = _TAG.sub(b"", heading[1])
            part = _TITLE.sub(lambda _match: b"<title>" + title + b"</title>", part, count=1)
        part = part.replace(b">Table of Contents<", b">Inhalt<").replace(b">Cover<", b">Umschlag<")
    return part
