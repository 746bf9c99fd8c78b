"""The pages on which the text gets its shape: the outline, and moving, splitting, merging and removing blocks."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitfaden.changes import Merge, Move, Remove, Split, merged
from leitfaden.content import Content
from leitfaden.editing import drafts, saving
from leitfaden.editing.access import for_editors, the_document
from leitfaden.editing.blocks import chapter_url
from leitfaden.editing.forms import CutForm, NoteForm, PlaceForm
from leitfaden.editing.places import (
    DOCUMENT,
    INTO,
    Place,
    find,
    kinds_for,
    name_of,
    read_target,
    siblings,
    targets,
)
from leitfaden.editing.seen import NAME, Seen
from leitfaden.editing.splitting import cuts
from leitfaden.models import Comment, Document, Draft, Edition, Kind
from leitfaden.trees import Node, Tree, load_tree


@for_editors
@require_safe
def outline(request: HttpRequest) -> HttpResponse:
    """The whole document by its headings, and what waits for the editors."""
    document = the_document()
    tree = load_tree(document.head)
    place = find(tree, INTO, DOCUMENT)
    context = {
        "document": document,
        "tree": tree,
        "seen": Seen.of(document.head),
        "writing": drafts.presence(request, document),
        "new_kinds": kinds_for(tree, place) if place else [],
        "own_drafts": Draft.objects.of(request.user)
        .filter(document=document)
        .select_related("block", "parent", "after"),
        "waiting": Edition.objects.filter(document=document, published_at=None).count(),
        "open_comments": Comment.objects.visible_to(request.user).open().count(),
    }
    return render(request, "leitfaden/editing/outline.html", context)


@for_editors
@require_safe
def edit_chapter(request: HttpRequest, anchor: str) -> HttpResponse:
    """One chapter with all its blocks as they read, each with what one can do to it."""
    document = the_document()
    tree = load_tree(document.head)
    chapter = tree.by_anchor.get(anchor)
    if chapter is None or chapter.parent is not None:
        raise Http404
    before, after = tree.neighbours(chapter) if chapter.is_heading else (None, None)
    context = {
        "document": document,
        "chapter": chapter,
        "rows": [_row(tree, node) for node in chapter.walk()],
        "seen": Seen.of(document.head),
        "writing": drafts.presence(request, document),
        "before": before,
        "after": after,
    }
    return render(request, "leitfaden/editing/chapter.html", context)


def _row(tree: Tree, node: Node) -> dict[str, Any]:
    row = siblings(tree, node)
    at = row.index(node)
    follower = row[at + 1] if at + 1 < len(row) else None
    beside = kinds_for(tree, Place(node.parent.id if node.parent else None))
    return {
        "node": node,
        "is_first": at == 0,
        "is_last": follower is None,
        "can_merge": follower is not None and follower.kind == node.kind,
        "beside": beside,
        "within": kinds_for(tree, Place(node.id)) if node.is_heading else [],
    }


@for_editors
@require_POST
def shift(request: HttpRequest) -> HttpResponse:
    """Move a block one place up or down, by a button."""
    document = the_document()
    seen = Seen.read(request.POST.get(NAME, ""), document)
    tree = load_tree(seen.base) if seen else Tree(None, [])
    is_up = "hoch" in request.POST
    node = tree.by_anchor.get(request.POST.get("hoch") or request.POST.get("runter") or "")
    if seen is None or node is None:
        raise Http404
    row = siblings(tree, node)
    at = row.index(node)
    back = chapter_url(node)
    if (is_up and at == 0) or (not is_up and at + 1 == len(row)):
        return redirect(back)
    after = (row[at - 2].id if at > 1 else None) if is_up else row[at + 1].id
    change = Move(node.id, node.parent.id if node.parent else None, after)
    outcome = saving.save(request, document, seen.base, [change], _("Verschoben: {name}").format(name=name_of(node)))
    if outcome.revision is None:
        return saving.refused(request, outcome, title=_("Nicht verschoben"), back=back)
    return redirect(back)


class _Operation:
    """A page that asks before it changes the text's shape: what was seen, a form, a change."""

    title: Any
    button: Any
    template = "leitfaden/editing/operation.html"
    is_dangerous = False

    def __init__(self, request: HttpRequest, document: Document, tree: Tree, node: Node) -> None:
        self.request, self.document, self.tree, self.node = request, document, tree, node

    def form(self, data: Any = None) -> NoteForm:
        return NoteForm(data)

    def change(self, form: NoteForm) -> Any:
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        return {}

    def back(self, tree: Tree) -> str:
        node = tree.by_id.get(self.node.id) or (self.node.parent and tree.by_id.get(self.node.parent.id))
        return chapter_url(node or None)


class _Relocating(_Operation):
    title, button = gettext_lazy("Verschieben"), gettext_lazy("Verschieben")

    def form(self, data: Any = None) -> NoteForm:
        return PlaceForm(data, places=targets(self.tree, self.node))

    def change(self, form: NoteForm) -> Any:
        place = read_target(self.tree, form.cleaned_data["place"])
        if place is None:
            raise ValidationError(_("Diesen Platz gibt es nicht mehr. Bitte wählen Sie einen anderen."))
        return Move(self.node.id, place.parent, place.after)


class _Removing(_Operation):
    title, button = gettext_lazy("Entfernen"), gettext_lazy("Aus dem Text entfernen")
    is_dangerous = True

    def change(self, form: NoteForm) -> Any:
        return Remove(self.node.version)

    def context(self) -> dict[str, Any]:
        within = [node.id for node in self.node.walk()]
        threads = Comment.objects.visible_to(self.request.user).open().filter(block__in=within)
        return {"below": len(within) - 1, "threads": threads.count()}


class _Merging(_Operation):
    title, button = gettext_lazy("Mit dem nächsten verbinden"), gettext_lazy("Verbinden")

    @property
    def follower(self) -> Node:
        row = siblings(self.tree, self.node)
        at = row.index(self.node)
        if at + 1 == len(row) or row[at + 1].kind != self.node.kind:
            raise Http404
        return row[at + 1]

    def change(self, form: NoteForm) -> Any:
        return Merge(self.node.version, self.follower.version)

    def context(self) -> dict[str, Any]:
        try:
            whole = merged(self.node.version.content, self.follower.version.content)
        except ValidationError as error:
            return {"refusal": " ".join(error.messages)}
        return {"whole": whole}


class _Splitting(_Operation):
    title, button = gettext_lazy("Teilen"), gettext_lazy("Hier teilen")

    def form(self, data: Any = None) -> NoteForm:
        places = [(at, cut.label) for at, cut in enumerate(cuts(self.node.html))]
        return CutForm(data, cuts=places)

    def change(self, form: NoteForm) -> Any:
        cut = cuts(self.node.html)[form.cleaned_data["cut"]]
        seen = self.node.version
        first = Content.clean(title=seen.title, html=cut.before, fields=seen.fields)
        second = Content.clean(title=_("Neuer Teil") if self.node.kind != Kind.TEXT else "", html=cut.after)
        return Split(seen, [first, second], (self.new,))

    @property
    def new(self) -> Any:
        seen = Seen.read(self.request.POST.get(NAME, ""), self.document)
        return seen.new if seen else None

    def context(self) -> dict[str, Any]:
        return {} if cuts(self.node.html) else {"refusal": _("Dieser Abschnitt besteht nur aus einem Satz.")}


OPERATIONS: dict[str, type[_Operation]] = {
    "verschieben": _Relocating,
    "entfernen": _Removing,
    "verbinden": _Merging,
    "teilen": _Splitting,
}


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def operate(request: HttpRequest, anchor: str, operation: str) -> HttpResponse:
    """Ask for what one of ``OPERATIONS`` needs to know, then do it to the text that its author saw."""
    document = the_document()
    seen = Seen.read(request.POST.get(NAME, ""), document) if request.method == "POST" else None
    base = seen.base if seen else document.head
    tree = load_tree(base)
    node = tree.by_anchor.get(anchor)
    if node is None:
        messages.info(request, _("Dieser Abschnitt steht nicht mehr im Text."))
        return redirect("leitfaden:outline")
    page = OPERATIONS[operation](request, document, tree, node)
    form = page.form(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        if seen is not None and form.is_valid():
            try:
                change = page.change(form)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return _do(request, page, seen, change, form.cleaned_data["note"])
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "page": page,
        "node": node,
        "form": form,
        "seen": seen or Seen.of(base, node),
        "back": chapter_url(node),
        **page.context(),
    }
    return render(request, page.template, context, status=status)


def _do(request: HttpRequest, page: _Operation, seen: Seen, change: Any, note: str) -> HttpResponse:
    note = note or f"{page.title}: {name_of(page.node)}"
    outcome = saving.save(request, page.document, seen.base, [change], note)
    if outcome.revision is None:
        again = reverse("leitfaden:outline")
        return saving.refused(request, outcome, title=_("Nicht gespeichert"), back=again)
    return redirect(page.back(load_tree(outcome.revision)))
