"""An edition as a book on paper: PDF/UA-1."""

import re

from django.template.loader import render_to_string

from leitfaden.files.book import Book
from vielfalt.documents.pdf import render_pdf

_NUMBER_WITH_UNIT = re.compile(r"(\d) (?=(?:Min|Minuten|UE|Euro|Uhr|cm|Personen)\b)")


def build_pdf(book: Book) -> bytes:
    """Return the book as PDF."""
    html = render_to_string("leitfaden/files/_book.html", {"book": book})
    # What stands in narrow columns does not leave its unit behind.
    text = _NUMBER_WITH_UNIT.sub("\\1\N{NO-BREAK SPACE}", html)
    return render_pdf("leitfaden/files/book.html", {"book": book, "text": text}, created=book.date, files=book.pictures)
