"""From a file to pandoc's tree. Whatever is wrong with the file is said in one sentence."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leitfaden import pandoc

MOST_BYTES = 5 * 1024 * 1024
"""Of text: a Markdown file, or the words of a DOCX."""
MOST_UPLOAD = 25 * 1024 * 1024
"""Of a DOCX with its pictures."""
MOST_UNPACKED = 100 * 1024 * 1024

MARKDOWN = "markdown-smart-raw_tex-tex_math_dollars"
"""The dialect of Markdown that comes in, and goes out."""
_DOCX = "docx"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "word/document.xml"


class RefusedError(Exception):
    """This file cannot be read at all; the message says why and what to do."""


@dataclass(frozen=True)
class Source:
    """What pandoc made of a file, the pictures that came with it, and what the file holds besides."""

    blocks: list[dict[str, Any]]
    title: list[dict[str, Any]]
    pictures: Mapping[str, bytes]
    remarks: list[str] = field(default_factory=list)


def read(content: bytes, *, pictures: Mapping[str, bytes] | None = None) -> Source:
    """Read a file as what its content says it is; ``pictures`` are those that Markdown may name, by their path."""
    if not content.strip():
        raise RefusedError(_("Diese Datei ist leer."))
    if content.startswith(_OLE):
        raise RefusedError(
            _(
                "Diese Datei ist mit einem Passwort geschützt oder im alten Format „.doc“. "
                "Bitte speichern Sie sie ohne Passwort als „.docx“."
            )
        )
    if content.startswith(b"PK"):
        return _read_docx(content)
    return _read_markdown(content, pictures or {})


def _read_markdown(content: bytes, pictures: Mapping[str, bytes]) -> Source:
    if len(content) > MOST_BYTES:
        raise RefusedError(_("Dieser Text ist größer als 5 MB. Bitte teilen Sie ihn auf."))
    if b"\x00" in content or content.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8")):
        raise RefusedError(
            _("Das ist weder Markdown noch DOCX. Bitte speichern Sie den Text in einem der beiden Formate.")
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError(
            _("Die Zeichen dieser Datei lassen sich nicht lesen. Bitte speichern Sie sie in der Kodierung UTF-8.")
        ) from None
    title, blocks = _pandoc(text.encode(), MARKDOWN)
    return Source(blocks, title, pictures)


def _read_docx(content: bytes) -> Source:
    if len(content) > MOST_UPLOAD:
        raise RefusedError(_("Diese Datei ist größer als 25 MB. Bitte verkleinern Sie die Bilder darin."))
    broken = RefusedError(_("Diese Datei ist beschädigt oder kein DOCX. Bitte speichern Sie sie neu als „.docx“."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            if _MAIN not in sizes:
                raise broken
            if sum(sizes.values()) > MOST_UNPACKED or sizes[_MAIN] > 10 * MOST_BYTES:
                raise RefusedError(_("Diese Datei ist ausgepackt zu groß. Bitte teilen Sie den Text auf."))
            remarks = _remarks(archive, sizes)
            pictures = {
                name.removeprefix("word/"): archive.read(name) for name in sizes if name.startswith("word/media/")
            }
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        raise broken from None
    try:
        title, blocks = _pandoc(content, _DOCX)
    except _UnreadableError:
        raise broken from None
    return Source(blocks, title, pictures, remarks)


def _remarks(archive: zipfile.ZipFile, names: Mapping[str, int]) -> list[str]:
    """What the file holds that the portal does not take over."""
    main = archive.read(_MAIN)
    remarks: list[str] = []
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        remarks.append(_("Makros werden nicht übernommen."))
    if re.search(rb"<w:(?:ins|del|moveFrom|moveTo) ", main):
        remarks.append(_("Nachverfolgte Änderungen gelten als angenommen."))
    if "word/comments.xml" in names and b"<w:comment " in archive.read("word/comments.xml"):
        remarks.append(_("Kommentare werden nicht übernommen."))
    if any(re.match(r"word/(?:header|footer)\d*\.xml", name) for name in names):
        remarks.append(_("Kopf- und Fußzeilen werden nicht übernommen."))
    if any(name.startswith(("word/embeddings/", "word/charts/", "word/diagrams/")) for name in names):
        remarks.append(_("Eingebettete Objekte, Diagramme und Schaubilder werden nicht übernommen."))
    if b"<w:txbxContent" in main:
        remarks.append(_("Textfelder werden nicht übernommen."))
    return remarks


class _UnreadableError(RefusedError):
    """Pandoc gives up."""


def _pandoc(content: bytes, source: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return title and blocks."""
    try:
        document = json.loads(pandoc.convert(content, source=source, target="json"))
    except pandoc.TooComplicatedError:
        raise too_complicated() from None
    except (pandoc.PandocError, ValueError, RecursionError):
        raise _unreadable() from None
    title = document["meta"].get("title", {})
    return (title["c"] if title.get("t") == "MetaInlines" else []), document["blocks"]


def too_complicated() -> RefusedError:
    return RefusedError(_("Dieser Text ist zu verschachtelt, um ihn zu lesen. Bitte vereinfachen oder teilen Sie ihn."))


def _unreadable() -> RefusedError:
    return _UnreadableError(_("Dieser Text lässt sich nicht lesen. Bitte speichern Sie ihn neu."))
