"""The pages on which one writes what a passage is to say: one that is there, or a new one."""

from dataclasses import dataclass
from functools import cached_property, partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from leitfaden.content import Content
from leitfaden.editing.blocks import ACTION
from leitfaden.editing.drafts import blocks, wants_json
from leitfaden.editing.forms import initial
from leitfaden.editing.places import Place, find, kinds_for
from leitfaden.editing.seen import NAME, Seen
from leitfaden.models import Kind
from leitfaden.rounds import proposing
from leitfaden.rounds.models import Operation, Proposal, ProposedChange
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.proposing import UNSEEN, DraftMovedError
from leitfaden.rounds.showing import ShownChange
from leitfaden.rounds.similar import overlapping
from leitfaden.rounds.writing.desks import TOKEN, Desk, at_a_desk
from leitfaden.rounds.writing.forms import WordingForm
from leitfaden.rounds.writing.offers import OPERATIONS
from leitfaden.trees import Node
from vielfalt.listings.editing import kept

MARK = "marke"
"""The name of the hidden field with the mark of what the author saw in the draft."""

KEEP, PREVIEW = "entwurf", "vorschau"
"""What buttons and the page's script ask for besides going on to the draft."""

WORDINGS = (Operation.REPLACE, Operation.FIELD, Operation.INSERT)


@dataclass
class Sheet:
    """What somebody writes on: ``node`` is in the text, or else ``place`` says where the new passage goes."""

    desk: Desk
    kind: Kind
    node: Node | None = None
    place: Place | None = None
    new: UUID | None = None
    """What a new passage is called that the draft has already."""

    @cached_property
    def known(self) -> ProposedChange | None:
        """What the draft says about this so far."""
        if self.node:
            return self.desk.known(block=self.node.id)
        return self.desk.known(new_block=self.new) if self.new else None

    @property
    def above(self) -> list[Node]:
        """The headings above."""
        if self.node:
            return self.node.path
        parent = self.desk.tree.by_id.get(self.place.parent) if self.place and self.place.parent else None
        return [*parent.path, parent] if parent else []

    @property
    def neighbour(self) -> Node | None:
        """What a new passage is to stand after."""
        return self.desk.tree.by_id.get(self.place.after) if self.place and self.place.after else None

    @property
    def _touched(self) -> list[UUID]:
        return [self.node.id] if self.node else []

    def fresh(self) -> Seen:
        """What somebody sees who opens the page now."""
        base = self.desk.round.base
        return Seen(base, None, self.new) if self.new else Seen.of(base, self.node)

    def read(self, text: str) -> Seen | None:
        """Return what the author saw; ``None`` where it is not what the round is about."""
        seen = Seen.read(text, self.desk.round.document)
        if seen is None or seen.base != self.desk.round.base:
            return None
        is_same = seen.version == (self.node.version if self.node else None)
        return seen if is_same and self.new in (None, seen.new) else None

    def form(self, data: Any = None) -> WordingForm:
        version = self.node.version if self.node else None
        if data is not None:
            return WordingForm(data, kind=self.kind, seen=version)
        written = self.known.content if self.known and self.known.operation in WORDINGS else None
        return WordingForm(initial=initial(written or version), kind=self.kind, seen=version)

    def change(self, content: Content) -> ProposedChange | None:
        """Return what this wording would propose, for showing it; ``None`` where it proposes nothing."""
        values: dict[str, Any] = {"title": content.title, "html": content.html, "fields": content.fields}
        if self.node is None:
            around = blocks(self.desk.round.document, self.place)
            values |= {"new_block": self.new, "kind": self.kind, **around}
            return ProposedChange(operation=Operation.INSERT, **values)
        seen = self.node.version
        if content == seen.content:
            return None
        is_field = (content.title, content.html) == (seen.title, seen.html)
        operation = Operation.FIELD if is_field else Operation.REPLACE
        return ProposedChange(operation=operation, block=self.node.block, seen=seen, **values)

    def keep(self, content: Content, seen: Seen, mark: str) -> ProposedChange | None:
        """Keep what was written in the draft."""
        by = self.desk.request.user

        def change(proposal: Proposal) -> ProposedChange | None:
            if seen.version is not None:
                return proposing.keep_wording(proposal=proposal, seen=seen.version, content=content, mark=mark, by=by)
            around: dict[str, Any] = blocks(self.desk.round.document, self.place)
            return proposing.keep_insertion(
                proposal=proposal, kind=self.kind, content=content, new_block=seen.new, mark=mark, by=by, **around
            )

        return self.desk.keep(change)

    def show(self, form: WordingForm, seen: Seen, *, status: HTTPStatus = HTTPStatus.OK, **more: Any) -> HttpResponse:
        desk = self.desk
        context = {
            "sheet": self,
            "desk": desk,
            "form": form,
            "seen": seen,
            "mark": form.data.get(MARK, UNSEEN) if form.is_bound else self.known.mark if self.known else UNSEEN,
            "token": form.data.get(TOKEN) or desk.token,
            "overlaps": overlapping(desk.others, self._touched),
            "is_open": desk.scope.is_open(self.node.id) if self.node else True,
            "shown": self._shown(form),
            "others": self._others,
            "draft_address": desk.address("draft") if desk.proposal else "",
            **more,
        }
        return render(desk.request, "rounds/writing/write.html", context, status=status)

    @property
    def _others(self) -> list[tuple[Any, str]]:
        """What else can be proposed about this passage, with the address."""
        if self.node is None:
            return []
        address = partial(self.desk.address, "operate", anchor=self.node.anchor)
        return [(label, address(operation=name)) for name, label in OPERATIONS.items()]

    def _shown(self, form: WordingForm) -> ShownChange | None:
        """What the form proposes now, if that can be shown."""
        if form.is_bound:
            return self.desk.shown(self.change(form.content)) if form.is_valid() and form.content is not None else None
        return self.desk.shown(self.known) if self.known and self.known.operation in WORDINGS else None


@at_a_desk("write")
def write(request: HttpRequest, desk: Desk, anchor: str) -> HttpResponse:
    """Write another wording of a passage."""
    node = desk.tree.by_anchor.get(anchor)
    if node is None:
        raise Http404
    return _serve(Sheet(desk, node.kind, node=node))


@at_a_desk("add")
def add(request: HttpRequest, desk: Desk, where: str, anchor: str, kind: str) -> HttpResponse:
    """Write a new passage: before, after or within another one."""
    place = find(desk.tree, where, anchor)
    if place is None or kind not in kinds_for(desk.tree, place):
        raise Http404
    return _serve(Sheet(desk, Kind(kind), place=place))


@at_a_desk("rewrite")
def rewrite(request: HttpRequest, desk: Desk, new: UUID) -> HttpResponse:
    """Go on with a new passage that the draft has already."""
    known = desk.known(new_block=new)
    if known is None:
        raise Http404
    place = Place(known.parent_id, known.after_id)
    return _serve(Sheet(desk, Kind(known.kind), place=place, new=new))


def _serve(sheet: Sheet) -> HttpResponse:
    if sheet.desk.request.method == "POST":
        return _take(sheet)
    seen = sheet.fresh()
    if (sent := kept(sheet.desk.request)) is not None:
        messages.info(sheet.desk.request, _("Ihre Eingaben sind noch da. Bitte übernehmen Sie sie jetzt."))
        return sheet.show(sheet.form(sent), sheet.read(sent.get(NAME, "")) or seen)
    return sheet.show(sheet.form(), seen)


def _take(sheet: Sheet) -> HttpResponse:
    """Do what the button says. Whatever comes of it, the text is still there."""
    request = sheet.desk.request
    form = sheet.form(request.POST)
    action = request.POST.get(ACTION, "")
    if action == PREVIEW:
        return _preview(sheet, form)
    seen = sheet.read(request.POST.get(NAME, ""))
    if seen is None:
        form.add_error(None, _("Diese Seite war zu alt. Ihr Text ist noch da: Bitte prüfen Sie ihn noch einmal."))
        return _refuse(sheet, form, sheet.fresh(), HTTPStatus.BAD_REQUEST)
    if not form.is_valid() or form.content is None:
        return _refuse(sheet, form, seen, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _keep(sheet, form, form.content, seen)


def _keep(sheet: Sheet, form: WordingForm, content: Content, seen: Seen) -> HttpResponse:
    try:
        change = sheet.keep(content, seen, form.data.get(MARK, UNSEEN))
    except DraftMovedError as moved:
        return _show_clash(sheet, form, seen, moved)
    except NotNowError as refusal:
        begun = sheet.desk.proposal is not None
        late = _("Einen neuen Vorschlag können Sie gerade nicht beginnen. Kopieren Sie Ihren Text, damit er bleibt.")
        form.add_error(None, str(refusal) if begun else late)
        return _refuse(sheet, form, seen, HTTPStatus.CONFLICT)
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return _refuse(sheet, form, seen, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _tell(sheet, change)


def _preview(sheet: Sheet, form: WordingForm) -> HttpResponse:
    """Show what would change, without keeping anything."""
    if not wants_json(sheet.desk.request):
        status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
        seen = sheet.read(form.data.get(NAME, "")) or sheet.fresh()
        return sheet.show(form, seen, status=status, is_preview=True)
    if not form.is_valid() or form.content is None:
        return _refuse(sheet, form, sheet.fresh(), HTTPStatus.UNPROCESSABLE_ENTITY)
    shown = sheet.desk.shown(sheet.change(form.content))
    html = render_to_string("rounds/writing/_preview.html", {"shown": shown}, sheet.desk.request)
    said = shown.summary if shown else _("keine Änderung")
    weighty = [str(weight.kind.label) for weight in shown.weights] if shown else []
    return JsonResponse({"html": html, "message": ". ".join([said, *weighty])})


def _refuse(sheet: Sheet, form: WordingForm, seen: Seen, status: HTTPStatus) -> HttpResponse:
    if not wants_json(sheet.desk.request):
        return sheet.show(form, seen, status=status)
    sentences = [sentence for errors in form.errors.values() for sentence in errors]
    return JsonResponse({"message": " ".join(sentences)}, status=status)


def _tell(sheet: Sheet, change: ProposedChange | None) -> HttpResponse:
    """Say that the draft has it, and lead on to the draft."""
    desk = sheet.desk
    request = desk.request
    if wants_json(request):
        return JsonResponse(
            {
                "message": _("Im Entwurf gesichert um {time} Uhr.").format(time=time_format(timezone.localtime())),
                "values": {MARK: change.mark if change else UNSEEN},
                "address": _address_of(sheet, change),
            }
        )
    if request.POST.get(ACTION) == KEEP:
        messages.success(request, _("Gesichert. Sie können jederzeit weiterschreiben."))
        return redirect(_address_of(sheet, change))
    if change is None:
        messages.info(request, _("Dieser Absatz bleibt, wie er ist: Ihr Text sagt dasselbe."))
        return redirect(desk.address("draft"))
    messages.success(request, _("Die Änderung steht im Entwurf."))
    return redirect(f"{desk.address('draft')}#aenderung-{change.pk}")


def _address_of(sheet: Sheet, change: ProposedChange | None) -> str:
    """Where one goes on with this passage, now that there is a draft."""
    if change is not None and change.new_block:
        return sheet.desk.address("rewrite", new=change.new_block)
    return sheet.desk.address("write", anchor=sheet.node.anchor) if sheet.node else sheet.desk.address("draft")


def _show_clash(sheet: Sheet, form: WordingForm, seen: Seen, moved: DraftMovedError) -> HttpResponse:
    """Show the author's text beside what a colleague has written meanwhile; who goes on has seen both."""
    if wants_json(sheet.desk.request):
        sentence = _(
            "Jemand aus Ihrem Team hat diesen Absatz gerade geändert. „Übernehmen“ zeigt Ihnen beide Fassungen."
        )
        return JsonResponse({"message": sentence}, status=HTTPStatus.CONFLICT)
    theirs = moved.theirs if isinstance(moved.theirs, ProposedChange) else None
    mark = theirs.mark if theirs else UNSEEN
    desk = sheet.desk
    more = {"is_clash": True, "theirs": desk.shown(theirs), "mine": desk.shown(moved.mine), "mark": mark}
    return sheet.show(form, seen, status=HTTPStatus.CONFLICT, **more)
