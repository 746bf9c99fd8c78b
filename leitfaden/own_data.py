"""What somebody wrote in the Leitfaden, for the file with all their own data."""

from typing import Any

from leitfaden.models import Approval, Comment, Draft, Revision
from vielfalt.accounts.models import User


def own_data(user: User) -> dict[str, Any]:
    """Return what ``user`` wrote and did; what others answered is theirs."""
    return {
        "kommentare": [
            {
                "absatz": comment.block.anchor,
                "text": comment.text,
                "zitat": comment.quote,
                "sichtbar_fuer": comment.thread.get_visibility_display(),
                "am": comment.created_at.isoformat(),
            }
            for comment in Comment.objects.filter(author=user).select_related("block", "parent")
        ],
        "entwuerfe": [
            {
                "absatz": draft.block.anchor if draft.block else None,
                "ueberschrift": draft.title,
                "text": draft.html,
                "angaben": draft.fields,
                "zuletzt": draft.updated_at.isoformat(),
            }
            for draft in Draft.objects.of(user).select_related("block")
        ],
        "gespeicherte_staende": [
            {"nummer": revision.number, "notiz": revision.note, "am": revision.created_at.isoformat()}
            for revision in Revision.objects.filter(author=user)
        ],
        "freigaben": [
            {"ausgabe": approval.edition.label, "am": approval.at.isoformat()}
            for approval in Approval.objects.filter(by=user).select_related("edition")
        ],
    }
