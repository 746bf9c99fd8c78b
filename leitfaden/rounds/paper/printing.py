"""Laying papers out: each once a day at most, small ones at once, large ones in the background."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.tasks import task
from django.template.loader import render_to_string

from leitfaden.files.pictures import content_of, pictures_in
from leitfaden.rounds.models import Round
from leitfaden.rounds.paper.content import Paper
from leitfaden.rounds.scope import Scope
from vielfalt.documents.pdf import render_pdf
from vielfalt.locks import lock

LARGE = 60_000
"""From so many letters on nobody waits for the answer: laying them out takes longer than five seconds."""

KEPT = 24 * 3600
TRIED_AGAIN = 5 * 60
"""After so many seconds somebody else may start what was begun and is not there."""


@dataclass(frozen=True)
class Sheet:
    """All that makes a PDF: the same words of the same day are the same paper, whoever asks for it."""

    title: str
    text: str
    on: date

    @classmethod
    def of(cls, paper: Paper) -> "Sheet":
        return cls(paper.title, render_to_string("rounds/paper/_paper.html", {"paper": paper}), paper.on)

    @property
    def key(self) -> str:
        said = "\0".join((self.title, self.text, self.on.isoformat()))
        return f"paper-{hashlib.sha256(said.encode()).hexdigest()}"

    @property
    def is_large(self) -> bool:
        return len(self.text) > LARGE


def pdf_of(paper: Paper) -> bytes | None:
    """Return a paper as PDF; ``None`` while it is being laid out in the background."""
    sheet = Sheet.of(paper)
    if (content := _kept(sheet)) is not None:
        return content
    if not sheet.is_large:
        return lay_out(sheet)
    if cache.add(f"{sheet.key}-begun", True, TRIED_AGAIN):
        chapter = paper.chapter.anchor if paper.chapter else ""
        lay_out_later.enqueue(paper.round.pk, chapter, paper.on.isoformat())
    return _kept(sheet)


@task
def lay_out_later(round_id: int, chapter: str, on: str) -> int:
    """Lay out the paper of a round, or of one chapter of it; return how many bytes it has."""
    scope = Scope(Round.objects.select_related("document", "base").get(pk=round_id))
    paper = Paper(scope.round, date.fromisoformat(on), scope.tree.by_anchor.get(chapter), scope=scope)
    return len(lay_out(Sheet.of(paper)))


def lay_out(sheet: Sheet) -> bytes:
    """Return a sheet as PDF. Before a workshop many ask for the same: who comes second waits and takes it."""
    with lock(sheet.key):
        content = _kept(sheet)
        if content is None:
            files = {address: content_of(picture) for address, picture in pictures_in([sheet.text]).items()}
            context = {"title": sheet.title, "text": sheet.text}
            content = render_pdf("rounds/paper/paper.html", context, created=sheet.on, files=files)
            cache.set(sheet.key, content, KEPT)
    return content


def _kept(sheet: Sheet) -> bytes | None:
    content: bytes | None = cache.get(sheet.key)
    return content
