"""From pandoc's tree to passages: what is a module, a section, a paragraph."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from leitfaden.content import Content
from leitfaden.importing.markup import Pandoc, Writer, text_of
from leitfaden.importing.reading import Source
from leitfaden.models import Kind

LEVELS = 3
"""Of headings: modules and chapters, sections, methods and other parts."""

_MODULE = re.compile(r"modul\s+\d+\s*[:.–—-]\s*(?P<title>\S.*)", re.IGNORECASE)
_UNITS = re.compile(r"\s*\((?P<units>\d{1,3})\s*UE\)\s*\Z")
_SECTIONS = {
    "einfuehrung": Kind.INTRODUCTION,
    "einführung": Kind.INTRODUCTION,
    "einleitung": Kind.INTRODUCTION,
    "lernziele": Kind.GOALS,
    "ablauf": Kind.SCHEDULE,
    "ablaufplan": Kind.SCHEDULE,
    "praxis": Kind.PRACTICE,
    "praxis und methoden": Kind.PRACTICE,
    "methoden": Kind.PRACTICE,
    "vorlage": Kind.TEMPLATES,
    "vorlagen": Kind.TEMPLATES,
    "kopiervorlagen": Kind.TEMPLATES,
}
_PARTS = {Kind.PRACTICE: Kind.METHOD, Kind.TEMPLATES: Kind.TEMPLATE}


@dataclass
class Passage:
    """A block to be, with the number of the passage above it."""

    kind: Kind
    content: Content
    parent: int | None = None


@dataclass
class Text:
    """All passages in their order, the title, and what was noted on the way."""

    title: str = ""
    passages: list[Passage] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)


class Structure:
    """Reads blocks one after the other; ``open`` are the headings within which the next one stands."""

    def __init__(self, source: Source) -> None:
        self.text = Text(title=text_of(source.title).strip(), remarks=list(source.remarks))
        self.writer = Writer(source.pictures, self._remark)
        self.open: list[int] = []
        headers = [block["c"][0] for block in source.blocks if block["t"] == "Header"]
        # A single heading of the first level is the title of the whole.
        self.has_title = headers.count(1) == 1 and headers[0] == 1
        self.highest = 2 if self.has_title else min(headers, default=1)
        for block in source.blocks:
            self._take(block)

    def _take(self, block: Pandoc) -> None:
        match block["t"]:
            case "Header":
                self._heading(*block["c"])
            case "Div":
                for inner in block["c"][1] if not _has_language(block) else []:
                    self._take(inner)
                if _has_language(block):
                    self._add(Kind.TEXT, html=self.writer.block(block))
            case "DefinitionList" if self._is_in_glossary():
                self._terms(block["c"])
            case _:
                html = self.writer.block(block)
                if html:
                    self._add(Kind.TEXT, html=html)

    def _heading(self, level: int, attributes: list[Any], words: list[Pandoc]) -> None:
        title = text_of(words).strip()
        if level == 1 and self.has_title:
            self.text.title = title
            return
        if not title:
            self._remark(_("Eine leere Überschrift entfällt."))
            return
        depth = level - self.highest
        if depth >= LEVELS:
            self._remark(_("Die Überschrift „{title}“ liegt zu tief und wird zu fettem Text.").format(title=title))
            self._add(Kind.TEXT, html=self.writer.block({"t": "Header", "c": [level, attributes, words]}))
            return
        if depth > len(self.open):
            self._remark(_("Vor der Überschrift „{title}“ fehlt eine Ebene; sie rückt auf.").format(title=title))
        del self.open[depth:]
        kind, title, fields = self._kind_of(title, attributes)
        self._add(kind, title=title, fields=fields)

    def _kind_of(self, title: str, attributes: list[Any]) -> tuple[Kind, str, dict[str, Any]]:
        classes = [name.lower() for name in attributes[1]]
        fields = dict(attributes[2])
        units = _UNITS.search(title)
        if units:
            title = title[: units.start()]
            fields.setdefault("ue", units["units"])
        if not self.open:
            module = _MODULE.match(title)
            if module or "modul" in classes:
                return Kind.MODULE, module["title"] if module else title, fields
            return Kind.CHAPTER, title, fields
        above = self.text.passages[self.open[-1]].kind
        if len(self.open) == 1:
            names = [*classes, title.lower()] if above == Kind.MODULE else []
            return next((_SECTIONS[name] for name in names if name in _SECTIONS), Kind.SECTION), title, fields
        return _PARTS.get(above, Kind.PART), title, fields

    def _is_in_glossary(self) -> bool:
        kinds = [self.text.passages[at] for at in self.open]
        return 0 < len(kinds) < LEVELS and kinds[0].kind == Kind.CHAPTER and "glossar" in kinds[0].content.title.lower()

    def _terms(self, definitions: list[Any]) -> None:
        for term, meanings in definitions:
            html = "".join(self.writer.blocks(meaning) for meaning in meanings)
            self._add(Kind.TERM, title=text_of(term).strip(), html=html)

    def _add(self, kind: Kind, *, title: str = "", html: str = "", fields: dict[str, Any] | None = None) -> None:
        try:
            content = Content.clean(title=title, html=html, fields=fields)
        except ValidationError as error:
            self.text.mistakes.append(self._placed(error.messages[0]))
            content = Content(title=title[:40])
        if kind == Kind.TEXT and not content.html:
            return
        self.text.passages.append(Passage(kind, content, self.open[-1] if self.open else None))
        if kind not in (Kind.TEXT, Kind.TERM):
            self.open.append(len(self.text.passages) - 1)

    def _remark(self, sentence: str) -> None:
        self.text.remarks.append(self._placed(sentence))

    def _placed(self, sentence: str) -> str:
        above = [self.text.passages[at].content.title for at in self.open]
        return _("{place}: {sentence}").format(place=" › ".join(above), sentence=sentence) if above else sentence


def structure(source: Source, *, most: int) -> tuple[Text, Writer]:
    """Return the passages of a file, and the writer with the pictures that are needed."""
    read = Structure(source)
    number = len(read.text.passages)
    if number > most:
        read.text.mistakes.append(
            _("Der Text hat {number} Abschnitte. Ein Dokument hat höchstens {most}.").format(
                number=number_format(number, force_grouping=True), most=number_format(most, force_grouping=True)
            )
        )
    if not number:
        read.text.mistakes.append(_("In dieser Datei steht kein Text, der sich übernehmen lässt."))
    return read.text, read.writer


def _has_language(div: Pandoc) -> bool:
    return any(name in ("lang", "dir") for name, _value in div["c"][0][2])
