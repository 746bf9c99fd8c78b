"""What there is to download of an edition, and what is still being built."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from leitfaden.files.tasks import BUILT_IN
from leitfaden.models import BuildState, Edition, EditionBuild, EditionFile, FileKind

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
ORDER = (FileKind.PDF, FileKind.EPUB, FileKind.DOCX, FileKind.MARKDOWN)


@dataclass(frozen=True)
class Download:
    """One kind of file: there, on its way, or failed."""

    kind: FileKind
    edition: Edition
    file: EditionFile | None
    build: EditionBuild | None

    @property
    def address(self) -> str:
        name = self.file.name if self.file else ""
        return reverse("leitfaden:download", kwargs={"edition": self.edition.slug, "name": name})

    @property
    def is_under_way(self) -> bool:
        waiting = (BuildState.WAITING, BuildState.RUNNING)
        return self.file is None and self.build is not None and self.build.state in waiting

    @property
    def has_failed(self) -> bool:
        return self.file is None and self.build is not None and self.build.state == BuildState.FAILED


def saved_as(file: EditionFile) -> str:
    """What a file is called on the machine of those who download it: for people, while its address never changes."""
    title = file.edition.document.title.translate(_SPELT_OUT)
    words = re.sub(r"[^A-Za-z0-9]+", "-", title).strip("-") or file.edition.document.slug
    return f"{words}-{file.edition.label}.{file.kind}"


def downloads(edition: Edition, user: Any) -> Sequence[Download]:
    """Return all kinds with their files and what is known about building them, in two queries."""
    files = {file.kind: file for file in EditionFile.objects.visible_to(user).listed().filter(edition=edition)}
    builds = {build.kind: build for build in EditionBuild.objects.filter(edition=edition)}
    for file in files.values():
        # Their names are made of the edition's.
        file.edition = edition
    if edition.state not in BUILT_IN and not files:
        return []
    return [Download(kind, edition, files.get(kind), builds.get(kind)) for kind in ORDER]
