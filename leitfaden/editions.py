"""Editions: how a revision becomes public, and how an edition ends."""

import hashlib
from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitfaden.models import Approval, Document, Edition, EditionFile, EditionState, FileKind, Revision
from leitfaden.permissions import require_publisher
from vielfalt.accounts.models import User

NEEDED_APPROVALS = 2

MOVES: dict[str, tuple[Collection[EditionState], EditionState]] = {
    "approve": ((EditionState.DRAFT,), EditionState.APPROVED),
    "reject": ((EditionState.DRAFT, EditionState.APPROVED), EditionState.DRAFT),
    "publish": ((EditionState.APPROVED,), EditionState.PUBLISHED),
    "withdraw": ((EditionState.PUBLISHED, EditionState.SUPERSEDED), EditionState.WITHDRAWN),
}
"""What may be done in which states, and where it leads; the table's trigger says the same to everybody else."""


class WrongStateError(ValidationError):
    """Somebody else was faster, or the page is old."""


@transaction.atomic
def create_edition(*, document: Document, label: str, revision: Revision, note: str = "", by: User) -> Edition:
    """Propose a revision as an edition."""
    require_publisher(by)
    if revision.document_id != document.pk:
        raise ValidationError(_("Dieser Stand gehört zu einem anderen Dokument."), code="other_document")
    edition = Edition(
        document=document, label=label, slug=label.replace(".", "-"), revision=revision, note=note, created_by=by
    )
    edition.full_clean(exclude=["slug"])
    try:
        with transaction.atomic():
            edition.save()
    except IntegrityError:
        raise ValidationError(_("Eine Ausgabe mit dieser Bezeichnung gibt es schon."), code="exists") from None
    return edition


@transaction.atomic
def approve(*, edition: Edition, by: User) -> Edition:
    """Say that one has read an edition and finds it right; with the second person it is approved."""
    locked = _locked(edition, "approve", by)
    _approval, is_new = Approval.objects.get_or_create(edition=locked, by=by)
    if not is_new:
        raise ValidationError(_("Sie haben diese Ausgabe schon freigegeben. Jetzt braucht es eine zweite Person."))
    if locked.approvals.count() >= NEEDED_APPROVALS:
        locked.state = EditionState.APPROVED
        locked.save(update_fields=["state"])
    return locked


@transaction.atomic
def reject(*, edition: Edition, by: User) -> Edition:
    """Take back all approvals, and the files: something is not right yet."""
    locked = _locked(edition, "reject", by)
    locked.approvals.all().delete()
    # What is approved later may say something else.
    locked.files.all().delete()
    locked.builds.all().delete()
    locked.state = EditionState.DRAFT
    locked.save(update_fields=["state"])
    return locked


@transaction.atomic
def publish(*, edition: Edition, by: User) -> Edition:
    """Let an approved edition be the one in force; the one before is superseded in the same moment."""
    locked = _locked(edition, "publish", by)
    former = Edition.objects.current().filter(document=locked.document_id)
    former.update(state=EditionState.SUPERSEDED)
    locked.state = EditionState.PUBLISHED
    locked.published_at = timezone.now()
    locked.save(update_fields=["state", "published_at"])
    return locked


@transaction.atomic
def withdraw(*, edition: Edition, reason: str, by: User) -> Edition:
    """Withdraw an edition. Its address stays and says why there is nothing to read."""
    locked = _locked(edition, "withdraw", by)
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Bitte schreiben Sie, warum. Das steht dann unter der Adresse der Ausgabe."))
    locked.state = EditionState.WITHDRAWN
    locked.withdrawn_at = timezone.now()
    locked.withdrawn_reason = reason
    locked.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    return locked


@transaction.atomic
def delete(*, edition: Edition, by: User) -> None:
    """Delete an edition that nobody but editors has seen."""
    require_publisher(by)
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if locked.state != EditionState.DRAFT:
        raise WrongStateError(_("Nur Entwürfe von Ausgaben lassen sich löschen."), code="state")
    locked.delete()


def why_not(edition: Edition, move: str) -> str:
    """Return why a move is not possible in the present state, as a sentence; empty when it is."""
    sources, _target = MOVES[move]
    if edition.state in sources:
        return ""
    return _("Das geht nicht: Die Ausgabe ist „{state}“.").format(state=edition.get_state_display())


def _locked(edition: Edition, move: str, by: User) -> Edition:
    """Return the edition as it is now, for this transaction alone; two publications wait for each other."""
    require_publisher(by)
    Document.objects.select_for_update(of=("self",), no_key=True).get(pk=edition.document_id)
    locked: Edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    reason = why_not(locked, move)
    if reason:
        raise WrongStateError(reason, code="state")
    return locked


def keep_file(*, edition: Edition, kind: FileKind, content: bytes) -> EditionFile:
    """Keep a built file. Until the edition is published a newer one takes its place."""
    with transaction.atomic():
        locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        if locked.published_at is None:
            EditionFile.objects.filter(edition=locked, kind=kind).delete()
        elif EditionFile.objects.filter(edition=locked, kind=kind).exists():
            raise PermissionDenied(_("Dateien einer veröffentlichten Ausgabe ändern sich nicht."))
        digest = hashlib.sha256(content).hexdigest()
        return EditionFile.objects.create(edition=locked, kind=kind, content=content, sha256=digest, size=len(content))
