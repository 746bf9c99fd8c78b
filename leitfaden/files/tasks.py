"""Building the files of an edition, once and in the background."""

import logging
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.tasks import task
from django.utils.translation import gettext as _

from leitfaden import editions
from leitfaden.files.book import Book
from leitfaden.files.building import BUILDERS
from leitfaden.models import BuildState, Edition, EditionBuild, EditionFile, EditionState, FileKind
from leitfaden.pandoc import TooComplicatedError
from vielfalt.accounts.models import User
from vielfalt.documents.pdf import PdfUnavailableError
from vielfalt.locks import lock

logger = logging.getLogger(__name__)

BUILT_IN = (EditionState.APPROVED, EditionState.PUBLISHED, EditionState.SUPERSEDED)
"""Where the text is fixed and there is something to read."""


@transaction.atomic
def publish(*, edition: Edition, by: User) -> Edition:
    """Let an approved edition be the one in force, and build its files."""
    published = editions.publish(edition=edition, by=by)
    start(published)
    return published


def start(edition: Edition) -> None:
    """Build the files that an edition lacks, as soon as the present transaction is through; safe to call again."""
    missing = missing_kinds(edition)
    if not missing:
        return
    for kind in missing:
        _note(edition, kind, BuildState.WAITING, 0, _("Wartet, bis ein Platz frei ist."))
    transaction.on_commit(partial(build_files.enqueue, edition.pk))


def missing_kinds(edition: Edition) -> list[FileKind]:
    """The kinds of files that an edition should have and does not, in the order in which they are built."""
    if edition.state not in BUILT_IN:
        return []
    there = set(EditionFile.objects.filter(edition=edition).values_list("kind", flat=True))
    return [kind for kind in BUILDERS if kind not in there]


@task
def build_files(edition_id: int) -> list[str]:
    """Build what an edition lacks; return the kinds that were built.

    One process at a time for each edition: whoever comes second waits and finds nothing left to do. A file that
    fails does not keep the others from being built.
    """
    built: list[str] = []
    with lock(f"files of edition {edition_id}"):
        edition = Edition.objects.select_related("document", "revision").filter(pk=edition_id).first()
        missing = missing_kinds(edition) if edition else []
        if edition and missing:
            book = Book.of(edition)
            built = [kind.value for kind in missing if _build(book, kind)]
    return built


def _build(book: Book, kind: FileKind) -> bool:
    """Build one file and say how it went."""
    edition = book.edition
    _note(edition, kind, BuildState.RUNNING, 20, _("Der Text wird gesetzt."))
    try:
        content = BUILDERS[kind](book)
        _note(edition, kind, BuildState.RUNNING, 90, _("Die Datei wird gespeichert."))
        _keep(edition, kind, content)
    # Whatever went wrong with one file, those who wait get a sentence and the other files are built.
    except Exception as error:
        logger.exception("%s of edition %s cannot be built", kind, edition.pk)
        _note(edition, kind, BuildState.FAILED, 0, _reason(error))
        return False
    _note(edition, kind, BuildState.DONE, 100, "")
    return True


def _keep(edition: Edition, kind: FileKind, content: bytes) -> None:
    """Keep a file, unless somebody took the edition back while it was being built."""
    with transaction.atomic():
        now = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        if now.state not in BUILT_IN or (now.label, now.note) != (edition.label, edition.note):
            raise PermissionDenied(_("Die Ausgabe hat sich geändert, während die Datei erzeugt wurde."))
        editions.keep_file(edition=now, kind=kind, content=content)


def _reason(error: Exception) -> str:
    match error:
        case PermissionDenied():
            return str(error)
        case PdfUnavailableError():
            return _("Auf diesem Server fehlt, was PDF-Dateien brauchen. Bitte sagen Sie der Technik Bescheid.")
        case TooComplicatedError():
            return _("Das hat zu lange gedauert. Bitte versuchen Sie es noch einmal.")
    return _("Diese Datei ließ sich nicht erzeugen. Bitte versuchen Sie es noch einmal.")


def _note(edition: Edition, kind: FileKind, state: BuildState, percent: int, message: str) -> None:
    EditionBuild.objects.update_or_create(
        edition=edition, kind=kind, defaults={"state": state, "percent": percent, "message": message}
    )
