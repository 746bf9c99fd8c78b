"""Who may read, write and publish."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

EDIT = "leitfaden.change_document"
PUBLISH = "leitfaden.publish_edition"


def edits(user: Any) -> bool:
    """Whether ``user`` writes the text and reads everything that editors read."""
    return bool(user is not None and user.is_authenticated and user.is_active and user.has_perm(EDIT))


def publishes(user: Any) -> bool:
    """Whether ``user`` may approve and publish editions."""
    return bool(user is not None and user.is_authenticated and user.is_active and user.has_perm(PUBLISH))


def require_editor(user: Any) -> None:
    if not edits(user):
        raise PermissionDenied(_("Den Text bearbeitet die Redaktion."))


def require_publisher(user: Any) -> None:
    if not publishes(user):
        raise PermissionDenied(_("Ausgaben gibt frei und veröffentlicht, wer in der Redaktion dafür zuständig ist."))
