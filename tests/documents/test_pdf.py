"""PDF documents: everybody can read them, they need nothing from elsewhere, and they are always the same."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import override_settings

from tests.documents.reading import Pdf, assert_accessible
from tests.pictures.files import encoded
from vielfalt.documents.checks import pango_is_there
from vielfalt.documents.pdf import DocumentWarning, render_pdf

ROOT = Path(__file__).resolve().parent.parent.parent
CREATED = date(2026, 11, 25)
EXAMPLE = """
<h1>Was wir tun</h1>
<p>Wir helfen. <a href="/karte/">Zur Karte</a>, <a href="#zahlen">zu den Zahlen</a></p>
<h2 id="zahlen">Zahlen &amp; mehr</h2>
<table>
  <tr><th scope="col">Jahr</th><th scope="col">Lots*innen</th></tr>
  <tr><th scope="row">2026</th><td>12</td></tr>
</table>
<figure><img src="/bilder/1.png" alt="Ein Kreis"></figure>
"""


@pytest.fixture
def render(tmp_path, settings):
    """Make a PDF of the content of a document."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]

    def render(content, *, created=CREATED, title="Beispiel", **options):
        head = '{% extends "documents/base.html" %}{% block title %}' + title + "{% endblock %}{% block content %}"
        (tmp_path / "example.html").write_text(head + content + "{% endblock %}")
        return render_pdf("example.html", {"word": "Träger"}, created=created, **options)

    return render


def test_everybody_can_read_it(render):
    pdf = assert_accessible(render(EXAMPLE, files={"/bilder/1.png": encoded(kind="PNG")}))
    assert pdf.heading_levels == [1, 2]
    assert pdf.bookmarks == [(1, "Was wir tun"), (2, "Zahlen & mehr")]
    assert pdf.links == ["http://127.0.0.1:8000/karte/", "zahlen"]
    assert [figure["/Alt"] for figure in pdf.elements("/Figure")] == ["Ein Kreis"]
    assert pdf.reader.metadata.title == "Beispiel"


def test_values_of_the_context_are_escaped(render):
    assert "Träger" in Pdf(render("<h1>{{ word }}</h1>")).text


@pytest.mark.parametrize(
    ("created", "written"),
    [(CREATED, "D:20261125"), (datetime(2026, 11, 25, 9, 30, tzinfo=UTC), "D:20261125093000+00'00")],
)
def test_bears_the_date_it_is_given(render, created, written):
    assert Pdf(render("<h1>x</h1>", created=created)).reader.metadata["/CreationDate"] == written


def test_title_is_needed(render):
    with pytest.raises(ValueError, match="needs a title"):
        render("<h1>x</h1>", title="")


def test_same_to_the_byte_in_every_process(render, tmp_path):
    content = render(EXAMPLE.replace("/bilder/1.png", "/static/portal/icon.svg"))
    assert render(EXAMPLE.replace("/bilder/1.png", "/static/portal/icon.svg")) == content
    script = f"""if True:
        import django, sys
        from datetime import date
        from django.conf import settings
        settings.TEMPLATES[0]["DIRS"].append({str(tmp_path)!r})
        django.setup()
        from vielfalt.documents.pdf import render_pdf
        sys.stdout.buffer.write(render_pdf("example.html", {{"word": "Träger"}}, created=date(2026, 11, 25)))
    """
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        stdout=subprocess.PIPE,
        check=True,
    )
    assert result.stdout == content


class TestFetching:
    @pytest.mark.parametrize(
        "address",
        [
            "http://192.0.2.1/x.png",
            "https://192.0.2.1/x.png",
            "//192.0.2.1/x.png",
            "http://127.0.0.1:8000.example/static/portal/icon.svg",
            "file:///etc/passwd",
            "ftp://192.0.2.1/x.png",
            "data:image/svg+xml,<svg/>",
            "/static/../manage.py",
            "/static/%2e%2e/manage.py",
            "/static/%2fetc/passwd",
            "/static/portal/missing.svg",
            "/bilder/other.png",
            "manage.py",
        ],
    )
    def test_anything_else_is_refused(self, render, address):
        with pytest.warns(DocumentWarning, match="Failed to load image"):
            pdf = Pdf(render(f'<h1>x</h1><img alt="Bild" src="{address}">', files={"/bilder/1.png": b""}))
        assert "/XObject" not in pdf.pages[0]["/Resources"] or not pdf.pages[0]["/Resources"]["/XObject"]

    @pytest.mark.parametrize(
        "style", ['@import url("https://192.0.2.1/x.css");', 'h1 { background: url("file:///etc/passwd") }']
    )
    def test_styles_are_refused_too(self, render, style):
        with pytest.warns(DocumentWarning, match="Failed to load"):
            render(f"<style>{style}</style><h1>x</h1>")

    def test_hashed_names_of_a_real_server(self, render, tmp_path):
        (tmp_path / "portal").mkdir()
        (tmp_path / "portal" / "icon.abc123.svg").write_bytes((ROOT / "static/portal/icon.svg").read_bytes())
        with override_settings(STATIC_ROOT=tmp_path):
            render('<h1>x</h1><img alt="Zeichen" src="/static/portal/icon.abc123.svg">')


class TestLetters:
    def test_names_in_their_own_script(self, render):
        names = ["Çiçek Şğı", "Việt Nam", "Українці", "Ελληνικά", "مرحبا", "سڵاو", "ሰላም", "வணக்கம்"]
        pdf = Pdf(render("<h1>x</h1>" + "".join(f"<p>{name} <strong>{name}</strong></p>" for name in names)))
        # The regular and the bold cut of each script: none is replaced by another.
        assert {name.removesuffix("-Semi-Bold") for name in pdf.font_names if name.endswith("-Semi-Bold")} == {
            name for name in pdf.font_names if not name.endswith("-Semi-Bold")
        }
        assert "Çiçek Şğı" in pdf.text

    def test_letter_without_a_font_is_told(self, render):
        with pytest.warns(DocumentWarning, match="unsupported by fonts"):
            render("<h1>你好</h1>")

    def test_long_words_are_hyphenated(self, render):
        text = Pdf(render("<h1>x</h1><p style='width: 4cm'>Donaudampfschifffahrtsgesellschaft</p>")).text
        assert "Donaudampfschiff\N{HYPHEN}\nfahrtsgesellschaft" in text


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('<img src="/static/portal/icon.svg">', "no required alt"),
        ('<p style="colour: red">x</p>', "colour"),
    ],
)
def test_mistakes_in_templates_are_told(render, content, complaint):
    with pytest.warns(DocumentWarning, match=complaint):
        render(f"<h1>x</h1>{content}")


class TestPango:
    def test_is_there(self):
        assert pango_is_there() == []

    def test_portal_names_what_is_missing(self, monkeypatch):
        monkeypatch.setattr("vielfalt.development.pango.LIBRARIES", {"Pango": ("no.so", "no.dylib")})
        [warning] = pango_is_there()
        assert "PDF documents cannot be made: this machine has no Pango." in warning.msg
        assert "libpango-1.0-0" in warning.hint
        assert not warning.is_serious()
