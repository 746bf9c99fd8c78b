"""The pages on which one writes: a block that is there, or a new one in a place."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leitfaden.changes import Edit, Insert
from leitfaden.content import Content
from leitfaden.editing import drafts, saving
from leitfaden.editing.access import for_editors, the_document
from leitfaden.editing.forms import BlockForm, initial
from leitfaden.editing.places import Place, find, kinds_for, name_of
from leitfaden.editing.seen import NAME, Seen
from leitfaden.models import Block, BlockVersion, Document, Draft, Kind
from leitfaden.trees import Node, Tree, load_tree
from vielfalt.listings.editing import kept

ACTION = "aktion"
SAVE, DRAFT, DISCARD, BRING_BACK = "speichern", "entwurf", "verwerfen", "zurueckholen"


def chapter_url(node: Node | None) -> str:
    """The page for editing on which a block stands among others, at its place."""
    if node is None:
        return reverse("leitfaden:outline")
    top = (node.path or [node])[0]
    page = reverse("leitfaden:edit_chapter", args=[top.anchor]) if top.is_heading else reverse("leitfaden:outline")
    return f"{page}#{node.anchor}"


@dataclass
class Sheet:
    """What somebody writes on. ``block`` is there already, or else ``place`` says where the new one goes."""

    request: HttpRequest
    document: Document
    tree: Tree
    """The text as it is now."""
    kind: Kind
    title: str
    near: Node | None
    """The block at which one comes out again."""
    block: Block | None = None
    place: Place | None = None

    @property
    def node(self) -> Node | None:
        return self.tree.by_id.get(self.block.pk) if self.block else None

    @property
    def draft(self) -> Draft | None:
        return drafts.find(self.request, self.document, block=self.block, place=self.place)

    def fresh(self) -> Seen:
        """What somebody sees who opens the page now."""
        return Seen.of(self.document.head, self.node)

    def form(self, data: Any = None, *, seen: Seen | None = None, of: Any = None) -> BlockForm:
        version = seen.version if seen else None
        if data is not None:
            return BlockForm(data, kind=self.kind, seen=version)
        return BlockForm(initial=initial(of), kind=self.kind, seen=version)

    def show(self, form: BlockForm, seen: Seen, *, status: HTTPStatus = HTTPStatus.OK, **more: Any) -> HttpResponse:
        here = self.block.pk if self.block else (self.place.after or self.place.parent if self.place else None)
        context = {
            "sheet": self,
            "form": form,
            "seen": seen,
            "back": chapter_url(self.near),
            "writing": drafts.presence(self.request, self.document).get(here, []),
            **more,
        }
        return render(self.request, "leitfaden/editing/edit.html", context, status=status)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def edit_block(request: HttpRequest, anchor: str) -> HttpResponse:
    """Write another wording of a block."""
    document = the_document()
    block = get_object_or_404(document.blocks.with_anchor(anchor))
    tree = load_tree(document.head)
    node = tree.by_id.get(block.pk)
    title = name_of(node) if node else str(block)
    sheet = Sheet(request, document, tree, Kind(block.kind), title, near=node, block=block)
    if request.method == "POST":
        return _take(sheet)
    if node is None and sheet.draft is None:
        messages.info(request, _("Dieser Abschnitt steht nicht mehr im Text. Hier sehen Sie, was in ihm stand."))
        return redirect("leitfaden:block", block.anchor)
    return _open(sheet)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def new_block(request: HttpRequest, where: str, anchor: str, kind: str) -> HttpResponse:
    """Write a new block: before, after or within another one."""
    document = the_document()
    head = load_tree(document.head)
    # The place is where the author saw it, even if that is not there any more.
    seen = Seen.read(request.POST.get(NAME, ""), document) if request.method == "POST" else None
    tree = load_tree(seen.base) if seen else head
    place = find(tree, where, anchor)
    if place is None or kind not in kinds_for(tree, place):
        raise Http404
    title = _("Neu: {kind}").format(kind=Kind(kind).label)
    sheet = Sheet(request, document, head, Kind(kind), title, near=head.by_anchor.get(anchor), place=place)
    return _take(sheet) if request.method == "POST" else _open(sheet)


def _open(sheet: Sheet) -> HttpResponse:
    """Show what was kept from an ended session, or one's draft, or what is there."""
    if (sent := kept(sheet.request)) is not None:
        seen = Seen.read(sent.get(NAME, ""), sheet.document) or sheet.fresh()
        messages.info(sheet.request, _("Ihre Eingaben sind noch da. Bitte speichern Sie sie jetzt."))
        return sheet.show(sheet.form(sent, seen=seen), seen)
    draft = sheet.draft
    if (draft is not None and draft.kind == sheet.kind) or (draft is not None and sheet.block):
        seen = Seen(draft.base, draft.seen)
        return sheet.show(sheet.form(seen=seen, of=draft), seen, draft=draft, is_old=_is_old(sheet, draft))
    seen = sheet.fresh()
    return sheet.show(sheet.form(seen=seen, of=seen.version), seen)


def _is_old(sheet: Sheet, draft: Draft) -> bool:
    """Whether the block has changed since the draft was begun."""
    return sheet.block is not None and (sheet.node is None or sheet.node.version.pk != draft.seen_id)


def _take(sheet: Sheet) -> HttpResponse:
    """Do what the button says. Whatever comes of it, the text is still there."""
    post = sheet.request.POST
    seen = Seen.read(post.get(NAME, ""), sheet.document)
    if seen is None or (sheet.block and (seen.version is None or seen.version.block_id != sheet.block.pk)):
        form = sheet.form(post, seen=sheet.fresh())
        form.add_error(None, _("Diese Seite war zu alt. Ihr Text ist noch da: Bitte prüfen Sie ihn und speichern neu."))
        return sheet.show(form, sheet.fresh(), status=HTTPStatus.BAD_REQUEST)
    form = sheet.form(post, seen=seen)
    match post.get(ACTION, SAVE):
        case "entwurf":
            return _keep(sheet, form, seen)
        case "verwerfen":
            drafts.drop(sheet.request, sheet.draft)
            return redirect(chapter_url(sheet.near))
        case "zurueckholen" if seen.version is not None:
            return _bring_back(sheet, form, seen, seen.version)
    return _save(sheet, form, seen)


def _keep(sheet: Sheet, form: BlockForm, seen: Seen) -> HttpResponse:
    if drafts.wants_json(sheet.request):
        return drafts.answer(sheet.request, sheet.document, form, seen, sheet.place)
    try:
        messages.success(sheet.request, drafts.keep(sheet.request, sheet.document, form, seen, sheet.place))
    except ValidationError:
        return sheet.show(form, seen, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(sheet.request.path)


def _save(sheet: Sheet, form: BlockForm, seen: Seen) -> HttpResponse:
    if not form.is_valid() or form.content is None:
        return sheet.show(form, seen, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if seen.version is not None:
        change: Edit | Insert = Edit(seen.version, form.content)
    else:
        place = sheet.place or Place()
        change = Insert(sheet.kind, form.content, place.parent, place.after, seen.new)
    outcome = saving.save(sheet.request, sheet.document, seen.base, [change], form.cleaned_data["note"])
    if outcome.revision is not None:
        drafts.drop(sheet.request, sheet.draft)
        tree = load_tree(outcome.revision)
        saved = tree.by_id.get(sheet.block.pk if sheet.block else seen.new)
        return redirect(chapter_url(saved))
    if outcome.refusal:
        form.add_error(None, outcome.refusal)
        return sheet.show(form, seen, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _show_clash(sheet, form, seen, outcome, form.content)


def _show_clash(sheet: Sheet, form: BlockForm, seen: Seen, outcome: saving.Outcome, mine: Content) -> HttpResponse:
    """Keep the author's text as a draft and show it beside what is there now."""
    drafts.keep(sheet.request, sheet.document, form, seen, sheet.place)
    clash = next(iter(outcome.clashes), None)
    theirs: BlockVersion | None = clash.conflict.theirs if clash else None
    # Whoever saves again has seen what is there now.
    again = Seen(outcome.head, theirs, seen.new) if outcome.head and theirs else seen
    return sheet.show(form, again, status=HTTPStatus.CONFLICT, clash=clash, mine=mine)


def _bring_back(sheet: Sheet, form: BlockForm, seen: Seen, version: BlockVersion) -> HttpResponse:
    outcome = saving.bring_back(sheet.request, sheet.document, seen.base, version)
    if outcome.revision is None:
        reasons = [outcome.refusal, *(clash.conflict.reason for clash in outcome.clashes)]
        form.add_error(None, " ".join(reason for reason in reasons if reason))
        return sheet.show(form, seen, status=HTTPStatus.CONFLICT)
    tree = load_tree(outcome.revision)
    again = Seen.of(outcome.revision, tree.by_id[version.block_id])
    messages.info(sheet.request, _("Der Abschnitt steht wieder im Text. Bitte speichern Sie jetzt Ihre Fassung."))
    return sheet.show(sheet.form(sheet.request.POST, seen=again), again)
