"""WeasyPrint as the portal uses it: with our fonts and files only, and its complaints as Python's warnings."""

import logging
import mimetypes
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from fontTools.ttLib import woff2
from PIL import ImageFile

from vielfalt.documents.pdf import DocumentWarning

with warnings.catch_warnings():
    # That is what vielfalt/documents/fonts.conf is for.
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")
    from weasyprint import HTML
    from weasyprint.logger import LOGGER
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

# Importing WeasyPrint makes Pillow take damaged pictures for the whole process, uploads of members included.
ImageFile.LOAD_TRUNCATED_IMAGES = False


def pdf(html: str, *, created: date, files: Mapping[str, bytes]) -> bytes:
    """Lay out ``html`` and return it as PDF/UA-1."""
    with _complaints_as_warnings():
        source = HTML(string=html, base_url=f"{settings.PORTAL_URL}/", url_fetcher=Fetcher(files))
        document = source.render(font_config=FontConfiguration())
        if not document.metadata.title:
            raise ValueError("A document needs a title.")
        moment = isinstance(created, datetime)
        document.metadata.created = created.isoformat(timespec="seconds") if moment else created.isoformat()
        # True makes an identifier of the content.
        return document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=True)


class Fetcher(URLFetcher):
    """Gives a document static files and the files it was passed, and refuses the network and all other files."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self.files = files

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        path = unquote(url.removeprefix(settings.PORTAL_URL)) if url.startswith(f"{settings.PORTAL_URL}/") else ""
        if path in self.files:
            content = self.files[path]
        elif path.startswith(settings.STATIC_URL):
            content = _static(path.removeprefix(settings.STATIC_URL))
        else:
            raise PermissionError("documents use static files and what they are given only")
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def _static(name: str) -> bytes:
    """Return a static file: from where it is written, or by its hashed name from where all are collected."""
    path = Path(finders.find(name) or staticfiles_storage.path(name))
    if path.suffix == ".woff2":
        return _unpacked(path, path.stat().st_mtime_ns)
    return path.read_bytes()


@lru_cache(maxsize=32)
def _unpacked(path: Path, modified: int) -> bytes:
    """Return a font as WeasyPrint would unpack it for every document anew, which takes longer than all the rest."""
    font = BytesIO()
    woff2.decompress(BytesIO(path.read_bytes()), font)
    return font.getvalue()


@contextmanager
def _complaints_as_warnings() -> Iterator[None]:
    """Warn of what WeasyPrint only logs, which is an error in tests."""
    handler = _Complaints(logging.WARNING)
    LOGGER.addHandler(handler)
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
    for complaint in handler.complaints:
        warnings.warn(complaint, DocumentWarning, stacklevel=4)


class _Complaints(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.complaints.append(record.getMessage())
