"""Saving what somebody sent: their text never gets lost, whatever happened meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leitfaden import actions
from leitfaden.actions import HeadMovedError
from leitfaden.changes import Change, Conflict, Reinstate
from leitfaden.comparing import VersionDifference, compare_versions
from leitfaden.editing.places import siblings
from leitfaden.models import BlockVersion, Document, Revision
from leitfaden.trees import load_tree


@dataclass(frozen=True)
class Clash:
    """A conflict as a page shows it: what others made of what both saw, and what the author did."""

    conflict: Conflict

    @property
    def theirs(self) -> VersionDifference:
        return compare_versions(self.conflict.base, self.conflict.theirs)

    @property
    def mine(self) -> VersionDifference:
        return compare_versions(self.conflict.base, self.conflict.mine)

    @property
    def between(self) -> VersionDifference:
        return compare_versions(self.conflict.theirs, self.conflict.mine)


@dataclass
class Outcome:
    """What became of an attempt to save: a revision, or what stood in the way."""

    revision: Revision | None = None
    head: Revision | None = None
    """What is there now, in a conflict."""
    clashes: list[Clash] = field(default_factory=list)
    refusal: str = ""


def save(request: HttpRequest, document: Document, base: Revision, changes: Sequence[Change], note: str) -> Outcome:
    """Try to save, and tell the author how it went if it went well."""
    try:
        revision = actions.save_revision(document=document, base=base, changes=changes, note=note, by=request.user)
    except HeadMovedError as moved:
        return Outcome(head=moved.theirs, clashes=[Clash(conflict) for conflict in moved.conflicts])
    except ValidationError as error:
        return Outcome(refusal=" ".join(error.messages))
    tell(request, revision, base)
    return Outcome(revision)


def tell(request: HttpRequest, revision: Revision, base: Revision) -> None:
    if revision == base:
        messages.info(request, _("Nichts hat sich geändert."))
        return
    messages.success(request, _("Gespeichert als Stand {number}.").format(number=revision.number))
    if revision.is_carried_over:
        messages.info(
            request,
            _("Jemand anderes hat gleichzeitig an einer anderen Stelle gespeichert. Beides steht jetzt im Text."),
        )


def refused(request: HttpRequest, outcome: Outcome, *, title: str, back: str) -> HttpResponse:
    """Show why a move, a split or the like was not done; there is nothing typed that could get lost."""
    status = HTTPStatus.CONFLICT if outcome.clashes or outcome.head else HTTPStatus.BAD_REQUEST
    context = {"outcome": outcome, "title": title, "back": back}
    return render(request, "leitfaden/editing/refused.html", context, status=status)


def bring_back(request: HttpRequest, document: Document, base: Revision, version: BlockVersion) -> Outcome:
    """Let a block that somebody has removed stand again where its author saw it, to go on with one's text."""
    tree = load_tree(base)
    node = tree.by_id[version.block_id]
    row = siblings(tree, node)
    at = row.index(node)
    change = Reinstate(version, node.kind, node.parent.id if node.parent else None, row[at - 1].id if at else None)
    return save(request, document, base, [change], _("Abschnitt zurückgeholt"))
