"""Pages of revisions and blocks, for everybody what they may read."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leitfaden import actions
from leitfaden.actions import HeadMovedError
from leitfaden.changes import Reinstate, Restore
from leitfaden.comparing import VersionDifference, compare_versions
from leitfaden.discussion.views import discussion, take_comment
from leitfaden.editing import saving
from leitfaden.editing.access import for_editors, the_document
from leitfaden.editing.blocks import chapter_url
from leitfaden.editing.places import siblings
from leitfaden.editing.saving import Outcome
from leitfaden.editing.seen import NAME, Seen
from leitfaden.history.comparisons import Comparison
from leitfaden.history.visibility import editions_by_version, revisions_visible_to, versions_visible_to
from leitfaden.models import Block, BlockVersion, Document, Edition, Entry, Kind, Revision
from leitfaden.permissions import edits
from leitfaden.trees import load_tree
from vielfalt.listings.paging import PublicPaginator

WITH, FROM, SIDE_BY_SIDE, PAGE = "mit", "von", "nebeneinander", "seite"
REVISIONS_A_PAGE = 50
CHANGES_A_PAGE = 40


@never_cache
@require_safe
def revisions(request: HttpRequest) -> HttpResponse:
    """All states of the text that one may read, the newest first."""
    document = the_document()
    visible = revisions_visible_to(request.user, document).prefetch_related("editions")
    page = PublicPaginator(visible, REVISIONS_A_PAGE).get_page(request.GET.get(PAGE))
    context = {"document": document, "page": page, "is_editor": edits(request.user)}
    return render(request, "leitfaden/history/revisions.html", context)


@never_cache
@require_safe
def revision(request: HttpRequest, number: int) -> HttpResponse:
    """One state of the text: what changed in it against another one."""
    document = the_document()
    visible = revisions_visible_to(request.user, document)
    shown = get_object_or_404(visible, number=number)
    other = _other(request, visible, shown)
    comparison = Comparison(*sorted([shown, other], key=lambda one: one.number)) if other else None
    changes = PublicPaginator(comparison.changes if comparison else [], CHANGES_A_PAGE)
    context = {
        "document": document,
        "revision": shown,
        "other": other,
        "comparison": comparison,
        "page": changes.get_page(request.GET.get(PAGE)),
        "is_side_by_side": SIDE_BY_SIDE in request.GET,
        "numbers": list(visible.values_list("number", flat=True)),
        "editions": Edition.objects.readable_to(request.user).filter(revision=shown),
        "is_editor": edits(request.user),
        "is_head": shown == document.head,
    }
    return render(request, "leitfaden/history/revision.html", context)


def _other(request: HttpRequest, visible: Any, shown: Revision) -> Revision | None:
    """The revision to compare with: the one asked for, or that before among those one may read."""
    wanted = request.GET.get(WITH, "")
    if not wanted:
        found: Revision | None = visible.filter(number__lt=shown.number).first()
        return found
    if not wanted.isdecimal() or len(wanted) > 9:  # noqa: PLR2004 - what an integer of the database holds
        raise Http404
    return get_object_or_404(visible, number=int(wanted))


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def restore_revision(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more, then make the whole text what it was."""
    document = the_document()
    earlier = get_object_or_404(document.revisions.history(), number=number)
    seen = Seen.read(request.POST.get(NAME, ""), document) if request.method == "POST" else None
    if seen is not None:
        try:
            saved = actions.restore_revision(document=document, revision=earlier, base=seen.base, by=request.user)
        except HeadMovedError as moved:
            outcome = Outcome(head=moved.theirs, refusal=_("Inzwischen hat jemand anderes gespeichert."))
            again = reverse("leitfaden:restore_revision", args=[number])
            return saving.refused(request, outcome, title=_("Nicht wiederhergestellt"), back=again)
        saving.tell(request, saved, seen.base)
        return redirect("leitfaden:revision", saved.number)
    context = {
        "revision": earlier,
        "comparison": Comparison(document.head, earlier),
        "seen": Seen.of(document.head),
        "head": document.head,
    }
    return render(request, "leitfaden/history/restore_revision.html", context)


@dataclass
class Version:
    """A version of a block as its page shows it."""

    number: int
    """Counted from the block's first version, also where not all are shown."""
    version: BlockVersion
    editions: list[Edition]


def _versions(user: Any, block: Block) -> list[Version]:
    """The versions of a block that ``user`` may read, the newest first."""
    all_of_them = list(block.versions.history())
    visible = set(versions_visible_to(user).filter(block=block).values_list("pk", flat=True))
    editions = editions_by_version(block)
    return [
        Version(len(all_of_them) - at, version, editions.get(version.pk, []))
        for at, version in enumerate(all_of_them)
        if version.pk in visible
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest, anchor: str) -> HttpResponse:
    """A block: what it says, how it came to that, and what people say about it."""
    found = get_object_or_404(Block.objects.with_anchor(anchor).select_related("document__head"))
    versions = _versions(request.user, found)
    if not versions:
        raise Http404
    form = None
    if request.method == "POST":
        # Comments are about what their author read, which is what this page shows.
        answer = take_comment(request, found, [one.version for one in versions])
        if isinstance(answer, HttpResponse):
            return answer
        form = answer
    current = _current(request.user, found, versions)
    pair = _pair(request, versions)
    context = {
        "passage": found,
        "versions": versions,
        "current": current,
        "shown": current or versions[0],
        "pair": pair,
        "difference": _difference(pair),
        "is_side_by_side": SIDE_BY_SIDE in request.GET,
        "is_editor": edits(request.user),
        "place": _place(found, current.version if current else None, request.user),
        **discussion(request, found, versions[0].version if current is None else current.version, form),
    }
    status = form.status if form is not None else HTTPStatus.OK
    return render(request, "leitfaden/history/block.html", context, status=status)


def _current(user: Any, block: Block, versions: list[Version]) -> Version | None:
    """The version that stands in the text now: for editors in the head, for others in the edition in force."""
    now = block.document.head if edits(user) else None
    if now is None:
        edition = Edition.objects.current().filter(document=block.document_id).first()
        now = edition.revision if edition else None
    standing = set(Entry.objects.filter(block=block, revision=now).values_list("version_id", flat=True))
    return next((one for one in versions if one.version.pk in standing), None)


def _place(block: Block, version: BlockVersion | None, user: Any) -> str:
    """Where editors go on with a block that stands in the text."""
    return reverse("leitfaden:edit_block", args=[block.anchor]) if version and edits(user) else ""


def _pair(request: HttpRequest, versions: list[Version]) -> tuple[Version, Version] | None:
    """The two versions to compare, the older first: those asked for, or the last two."""
    by_number = {str(one.number): one for one in versions}
    first = by_number.get(request.GET.get(FROM, str(versions[0].number)))
    older = [one for one in versions if first and one.number < first.number]
    second = by_number.get(request.GET[WITH]) if WITH in request.GET else next(iter(older), None)
    if first is None or (WITH in request.GET and second is None):
        raise Http404
    if second is None or first is second:
        return None
    return (second, first) if second.number < first.number else (first, second)


def _difference(pair: tuple[Version, Version] | None) -> VersionDifference | None:
    return compare_versions(pair[0].version, pair[1].version) if pair else None


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def restore_version(request: HttpRequest, anchor: str, number: int) -> HttpResponse:
    """Ask once more, then let a block say again what it said, or stand again where it stood."""
    document = the_document()
    found = get_object_or_404(document.blocks.with_anchor(anchor))
    earlier = next((one for one in _versions(request.user, found) if one.number == number), None)
    if earlier is None:
        raise Http404
    seen = Seen.read(request.POST.get(NAME, ""), document) if request.method == "POST" else None
    base = seen.base if seen else document.head
    node = load_tree(base).by_id.get(found.pk)
    if seen is not None:
        note = _("Fassung {number} wiederhergestellt").format(number=number)
        change: Any = Restore(node.version, earlier.version) if node else _reinstating(document, found, earlier.version)
        outcome = saving.save(request, document, seen.base, [change], note)
        back = reverse("leitfaden:block", args=[found.anchor])
        if outcome.revision is None:
            return saving.refused(request, outcome, title=_("Nicht wiederhergestellt"), back=back)
        return redirect(chapter_url(load_tree(outcome.revision).by_id.get(found.pk)))
    context = {
        "passage": found,
        "earlier": earlier,
        "node": node,
        "difference": compare_versions(node.version if node else None, earlier.version),
        "seen": Seen.of(base, node),
    }
    return render(request, "leitfaden/history/restore_version.html", context)


def _reinstating(document: Document, block: Block, version: BlockVersion) -> Reinstate:
    """Put a block where it stood last, or at the end where that place is gone."""
    last = Entry.objects.filter(block=block).select_related("revision").order_by("-revision__number").first()
    tree = load_tree(last.revision if last else None)
    node = tree.by_id[block.pk]
    row = siblings(tree, node)
    at = row.index(node)
    now = load_tree(document.head).by_id
    parent = node.parent.id if node.parent else None
    before = [one.id for one in row[:at] if one.id in now and (now[one.id].parent is None) == (parent is None)]
    return Reinstate(version, Kind(block.kind), parent, before[-1] if before else None)
