"""Which files an edition has, and how each is built."""

from collections.abc import Callable, Mapping

from leitfaden.files.book import Book
from leitfaden.files.docx import build_docx
from leitfaden.files.epub import build_epub
from leitfaden.files.markdown import build_markdown
from leitfaden.files.pdf import build_pdf
from leitfaden.models import FileKind

type Builder = Callable[[Book], bytes]

BUILDERS: Mapping[FileKind, Builder] = {
    FileKind.MARKDOWN: build_markdown,
    FileKind.EPUB: build_epub,
    FileKind.DOCX: build_docx,
    FileKind.PDF: build_pdf,
}
"""The quick ones first, so that there is something to download soon."""
