"""The book on paper."""

import re

import pytest

from leitfaden.files.pdf import build_pdf
from leitfaden.models import Kind
from tests.documents.reading import assert_accessible

pytestmark = pytest.mark.django_db


def page_of(pdf, words):
    """The numbers of the pages on which something stands, as they are printed."""
    return [number for number, page in enumerate(pdf.pages, 1) if words in page.extract_text()]


def test_structure_and_layout(book):
    pdf = assert_accessible(build_pdf(book))
    assert pdf.reader.metadata.title == "Empfehlungs-Leitfaden für Basisqualifizierungen, Ausgabe 2026.1"
    assert [title for level, title in pdf.bookmarks if level == 1] == [
        "Inhalt",
        "Methoden und Kopiervorlagen",
        "Zum Anfang",
        "Wie Sie damit arbeiten",
        "Kennenlernen & mehr",
        "Glossar",
        "Über diese Ausgabe",
    ]
    assert (3, "Vorlage 1.1: Fragen") in pdf.bookmarks
    assert [figure["/Alt"] for figure in pdf.elements("/Figure")] == ["Zwei Stühle"]
    assert len(list(pdf.elements("/Table"))) == 2

    text = pdf.text
    for node in book.tree.walk():
        is_on_sheet = any(above.kind == Kind.TEMPLATE for above in node.path)
        if not (node.is_heading or node.is_term):
            assert (node.anchor in text) is not is_on_sheet
    assert "15\N{NO-BREAK SPACE}Min." in text
    # Notes stand on the page that refers to them.
    assert page_of(pdf, "Und für wen noch?") == page_of(pdf, "Noch eine.")
    # Worksheets are alone on their pages.
    (sheet,) = page_of(pdf, "Eine Karte.")
    assert "Frage" not in pdf.pages[sheet - 1].extract_text()
    assert "Kopiervorlage" in pdf.pages[sheet - 1].extract_text()


def test_contents_name_the_right_pages(book):
    pdf = assert_accessible(build_pdf(book))
    contents = pdf.pages[1].extract_text()
    for title, passage in [
        ("Für wen", "Und für wen noch?"),
        ("Lernziele", "Namen nennen"),
        ("Glossar", "Wer Wege weist."),
    ]:
        named = re.search(rf"{title}[ .]*(\d+)$", contents, re.MULTILINE)
        assert [int(named[1])] == page_of(pdf, passage)


def test_a_text_of_nothing_but_paragraphs(alice, bob, settings, tmp_path):
    from leitfaden.files.book import Book
    from tests.leitfaden.files.books import small_edition

    settings.MEDIA_ROOT = tmp_path
    edition = small_edition(alice, bob, text="Nur ein Satz.\n")
    assert "Nur ein Satz." in assert_accessible(build_pdf(Book.of(edition))).text
