"""Reads a PDF as a screen reader would: by its tags."""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


class Pdf:
    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content), strict=True)
        self.catalog = self.reader.root_object
        self.pages = self.reader.pages

    @property
    def text(self) -> str:
        return "\n".join(page.extract_text() for page in self.pages)

    @property
    def xmp(self) -> str:
        return self.catalog["/Metadata"].get_data().decode()

    def elements(self, *tags: str, below: Any = None) -> Iterator[DictionaryObject]:
        """Yield the elements of the structure in the order in which they are read, or those with one of ``tags``."""
        element = (self.catalog["/StructTreeRoot"] if below is None else below).get_object()
        if not isinstance(element, DictionaryObject):
            return
        if "/S" in element and (not tags or element["/S"] in tags):
            yield element
        children = element.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            yield from self.elements(*tags, below=child)

    @property
    def heading_levels(self) -> list[int]:
        return [int(element["/S"][2]) for element in self.elements(*(f"/H{level}" for level in range(1, 7)))]

    @property
    def bookmarks(self) -> list[tuple[int, str]]:
        """The level and title of each bookmark."""
        return list(_flat(self.reader.outline, 1))

    @property
    def links(self) -> list[str]:
        """Where links lead: an address, or the name of a place in the document."""
        return [link["/A"]["/URI"] if "/A" in link else link["/Dest"] for link in self._annotations("/Link")]

    @property
    def font_names(self) -> set[str]:
        return {font["/BaseFont"].split("+")[1] for font in self._fonts()}

    @property
    def font_sizes(self) -> set[float]:
        """The sizes of letters in points."""
        sizes: set[float] = set()

        def note(text: str, page: list[float], matrix: list[float], _font: Any, size: float) -> None:
            if text.strip():
                sizes.add(round(abs(size * matrix[3] * page[3]), 1))

        for page in self.pages:
            page.extract_text(visitor_text=note)
        return sizes

    def _annotations(self, kind: str) -> list[DictionaryObject]:
        found = [note.get_object() for page in self.pages for note in page.get("/Annots", [])]
        return [note for note in found if note["/Subtype"] == kind]

    def _fonts(self) -> list[DictionaryObject]:
        fonts = {id(font): font.get_object() for page in self.pages for font in page["/Resources"]["/Font"].values()}
        return list(fonts.values())


def _flat(outline: Any, level: int) -> Iterator[tuple[int, str]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry, level + 1)
        else:
            yield level, entry.title


def assert_accessible(content: bytes) -> Pdf:
    """Check what PDF/UA-1 asks and a machine can see; return the document for more."""
    pdf = Pdf(content)
    assert pdf.catalog["/Lang"] == "de"
    assert pdf.reader.metadata.title
    assert pdf.catalog["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert pdf.catalog["/MarkInfo"]["/Marked"].value
    assert 'pdfuaid:part="1"' in pdf.xmp
    assert f">{pdf.reader.metadata.title}</rdf:li>" in pdf.xmp
    assert all(page["/Tabs"] == "/S" for page in pdf.pages)
    _assert_headings(pdf)
    _assert_tables(pdf)
    assert all(figure.get("/Alt") for figure in pdf.elements("/Figure"))
    assert all(note["/Contents"] for note in pdf._annotations("/Link"))
    assert len(list(pdf.elements("/Link"))) >= len(pdf.links)
    for font in pdf._fonts():
        described = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "/FontFile2" in described or "/FontFile3" in described
        assert "/ToUnicode" in font
    return pdf


def _assert_headings(pdf: Pdf) -> None:
    levels = pdf.heading_levels
    assert levels[:1] == [1], "The first heading is not of level 1."
    assert all(after <= before + 1 for before, after in pairwise(levels)), f"A level of headings is left out: {levels}"


def _assert_tables(pdf: Pdf) -> None:
    for table in pdf.elements("/Table"):
        heads = {cell["/ID"] for cell in pdf.elements("/TH", below=table)}
        for cell in pdf.elements("/TD", below=table):
            headers = cell["/A"]["/Headers"]
            assert headers, "A cell of a table has no heading."
            assert heads.issuperset(headers)
