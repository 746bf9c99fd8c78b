"""PDF documents for everybody (PDF/UA-1), made of Django templates.

A template extends ``documents/base.html``. Built twice from the same, a document is the same to the byte.
"""

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from vielfalt.development import pango

FONTCONFIG_FILE = Path(__file__).with_name("fonts.conf")

# One document at a time: they take much memory, and the fonts are chosen for the whole process.
_alone = threading.Lock()


class DocumentWarning(UserWarning):
    """What is wrong with a document that was made nevertheless: a picture without words, a letter without a font."""


class PdfUnavailableError(Exception):
    """This machine lacks a library that documents need (``manage.py check`` names it)."""


def render_pdf(
    template: str, context: Mapping[str, Any], *, created: date, files: Mapping[str, bytes] | None = None
) -> bytes:
    """Return ``template`` as a tagged PDF.

    ``created`` is the date the document bears, with a time if it has one; the template finds it by that name. Links
    of the template lead to the portal. Of pictures and styles it gets static files, and ``files`` by their address:
    ``{"/bilder/1.webp": b"…"}``.
    """
    if missing := pango.missing():
        raise PdfUnavailableError(f"{', '.join(missing)} cannot be loaded. {pango.HINT}")
    html = render_to_string(template, {**context, "created": created})
    with _alone, _only_our_fonts():
        from vielfalt.documents import engine  # noqa: PLC0415 - loads Pango, which the rest of the portal does not need

        return engine.pdf(html, created=created, files=files or {})


@contextmanager
def _only_our_fonts() -> Iterator[None]:
    """Let Fontconfig see no font of the machine."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTCONFIG_FILE)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before
