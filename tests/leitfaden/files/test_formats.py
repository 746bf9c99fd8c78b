"""E-book, word processor file and Markdown, and that all files are the same whenever they are built."""

import hashlib
import io
import json
import os
import pickle
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from leitfaden.files.building import BUILDERS
from leitfaden.files.docx import build_docx
from leitfaden.files.epub import build_epub
from leitfaden.files.markdown import build_markdown
from leitfaden.importing import plan_import
from leitfaden.loading import FIRST_TEXT, pictures_beside
from tests.leitfaden.files.books import epubcheck

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_ebook(book, tmp_path):
    content = build_epub(book)
    result = epubcheck(content, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr

    files = parts(content)
    assert next(iter(files)) == "mimetype"
    package = files["EPUB/content.opf"].decode()
    for wanted in [
        "<dc:language>de-DE</dc:language>",
        "Ausgabe 2026.1</dc:title>",
        f"urn:uuid:{book.identifier}",
        '"schema:accessMode">textual',
        '"schema:accessMode">visual',
        '"schema:accessModeSufficient">textual',
        '"schema:accessibilityFeature">alternativeText',
        '"schema:accessibilityHazard">none',
        '"schema:accessibilitySummary">',
        'properties="cover-image"',
    ]:
        assert wanted in package
    text = b"".join(part for name, part in files.items() if "/text/" in name).decode()
    assert 'epub:type="noteref"' in text
    assert 'role="doc-footnote"' in text
    assert 'alt="Zwei Stühle"' in text
    assert 'dir="rtl"' in text
    assert all(f'id="{node.anchor}"' in text for node in book.tree.walk())
    assert "<title>Modul 1: Kennenlernen &amp; mehr</title>" in text
    assert b"pandoc" not in files["EPUB/styles/stylesheet1.css"]
    navigation = files["EPUB/nav.xhtml"].decode()
    assert ">Inhalt<" in navigation
    assert "Cover" not in navigation


def test_epubcheck_finds_mistakes(book, tmp_path):
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as file:
        for name, part in parts(build_epub(book)).items():
            file.writestr(name, part.replace(b"</section>", b"", 1) if name.endswith("ch002.xhtml") else part)
    assert epubcheck(broken.getvalue(), tmp_path).returncode != 0


def test_word_processor_file(book):
    files = parts(build_docx(book))
    document = etree.fromstring(files["word/document.xml"])
    headings = [
        (style.get(f"{W}val"), "".join(paragraph.itertext()).strip())
        for paragraph in document.iter(f"{W}p")
        for style in paragraph.iter(f"{W}pStyle")
        if style.get(f"{W}val").startswith(("Heading", "Title"))
    ]
    assert headings[:4] == [
        ("Title", "Empfehlungs-Leitfaden für Basisqualifizierungen"),
        ("Heading1", "Zum Anfang"),
        ("Heading1", "Wie Sie damit arbeiten"),
        ("Heading2", "Für wen"),
    ]
    assert ("Heading1", "Modul 1: Kennenlernen & mehr") in headings
    assert ("Heading3", "Vorlage 1.2: Karten") in headings
    styles = files["word/styles.xml"].decode()
    assert 'w:val="de-DE"' in re.search("<w:lang [^>]*>", styles)[0]
    assert all(f'w:styleId="{name}"' in styles for name, _words in headings)

    tables = list(document.iter(f"{W}tbl"))
    assert len(tables) == 2
    assert all(len(list(table.iter(f"{W}tblHeader"))) == 1 for table in tables)
    notes = "".join(etree.fromstring(files["word/footnotes.xml"]).itertext())
    assert "Noch eine." in notes
    assert len(list(document.iter(f"{W}footnoteReference"))) == 2
    assert 'descr="Zwei Stühle"' in files["word/document.xml"].decode()
    core = files["docProps/core.xml"].decode()
    assert "<dc:title>Empfehlungs-Leitfaden für Basisqualifizierungen</dc:title>" in core
    assert "<dc:language>de-DE</dc:language>" in core


def said(passages):
    return [(str(one.kind), one.content.title, one.content.html, one.content.fields) for one in passages]


def test_markdown_comes_back_as_the_same_text(book, edition):
    content = build_markdown(book)
    plan = plan_import(content=content, base=edition.revision)
    assert (plan.remarks, plan.mistakes) == ([], [])
    before = [(str(n.kind), n.title, n.html, n.version.fields) for n in book.tree.walk()]
    assert said(plan.passages) == before
    assert all(node is not None for node in plan.blocks.values())
    assert plan.title == book.title


def test_the_real_text_comes_back_as_the_same_text(alice, bob, settings, tmp_path):
    from leitfaden.files.book import Book
    from tests.leitfaden.files.books import small_edition

    settings.MEDIA_ROOT = tmp_path
    edition = small_edition(alice, bob, text=FIRST_TEXT.read_text(), pictures=pictures_beside(FIRST_TEXT))
    book = Book.of(edition)
    plan = plan_import(content=build_markdown(book), base=edition.revision)
    assert (plan.remarks, plan.mistakes) == ([], [])
    assert said(plan.passages) == [(str(n.kind), n.title, n.html, n.version.fields) for n in book.tree.walk()]


def test_same_to_the_byte_in_every_process(book):
    """The other process has no database: files are made of the book and nothing else."""
    script = """if True:
        import django, hashlib, json, pickle, sys
        django.setup()
        from leitfaden.files.building import BUILDERS
        book = pickle.load(sys.stdin.buffer)
        print(json.dumps({kind.value: hashlib.sha256(build(book)).hexdigest() for kind, build in BUILDERS.items()}))
    """
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"},
        input=pickle.dumps(book),
        stdout=subprocess.PIPE,
        check=True,
    )
    here = {kind.value: hashlib.sha256(build(book)).hexdigest() for kind, build in BUILDERS.items()}
    assert json.loads(result.stdout) == here


def test_no_file_tells_when_it_was_built(book):
    for archive in (build_epub(book), build_docx(book)):
        with zipfile.ZipFile(io.BytesIO(archive)) as file:
            assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        times = re.findall(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"".join(parts(archive).values()))
        assert set(times) == {f"{book.edition.created_at:%Y-%m-%dT%H:%M:%SZ}".encode()}
