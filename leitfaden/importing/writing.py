"""Writes what a plan says, as one revision."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from leitfaden import actions
from leitfaden.actions import HeadMovedError, Saving
from leitfaden.importing.planning import Plan
from leitfaden.models import Document, Origin, Revision
from leitfaden.outline import Item, Outline
from leitfaden.permissions import require_editor
from leitfaden.pictures import keep_picture
from leitfaden.trees import Tree
from vielfalt.accounts.models import User


@transaction.atomic
def import_text(*, document: Document, plan: Plan, note: str = "", by: User | None) -> Revision:
    """Make the text what the plan says. ``by`` is ``None`` only where the server's own staff call it.

    Whoever imports has to have seen what they replace: if somebody saved since the plan was made,
    ``HeadMovedError`` asks for a new plan.
    """
    if by is not None:
        require_editor(by)
    if plan.mistakes:
        raise ValidationError(plan.mistakes)
    base = plan.base
    if base is None:
        raise ValidationError(_("Zu diesem Plan fehlt der Stand, auf dem er beruht."), code="no_base")
    for upload, prepared in plan.pictures.values():
        keep_picture(upload=upload, prepared=prepared, by=by)

    def put(outline: Outline, saving: Saving) -> None:
        if saving.parent != base:
            raise HeadMovedError(base=base, theirs=saving.parent, mine=[], conflicts=[])
        outline.become(_outline(plan, saving))

    note = note or _("Import")
    return actions.write_revision(document=document, base=base, put=put, origin=Origin.IMPORT, note=note, by=by)


def _outline(plan: Plan, saving: Saving) -> Outline:
    outline = Outline(Tree(None, []))
    ids: list[UUID] = []
    for at, passage in enumerate(plan.passages):
        node = plan.blocks.get(at)
        block = node.id if node else uuid4()
        ids.append(block)
        if node is None:
            version = saving.new_version(block=block, content=passage.content, kind=passage.kind)
        elif node.version.sha256 != passage.content.sha256:
            version = saving.new_version(block=block, content=passage.content, previous=node.version)
        else:
            version = node.version
        parent = None if passage.parent is None else ids[passage.parent]
        outline.place(Item(block, passage.kind, version), parent, outline.last(parent))
    return outline
