"""The pages on which one proposes another shape of the text: to add, to take out, to move."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitfaden.editing.drafts import blocks
from leitfaden.editing.places import AFTER, BEFORE, FIRST, INTO, Place, find, kinds_for, read_target, targets
from leitfaden.editing.seen import NAME, Seen
from leitfaden.rounds import proposing
from leitfaden.rounds.models import ProposedChange
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.proposing import UNSEEN, DraftMovedError
from leitfaden.rounds.similar import overlapping
from leitfaden.rounds.writing.desks import TOKEN, Desk, at_a_desk
from leitfaden.rounds.writing.forms import DestinationForm
from leitfaden.rounds.writing.sheets import MARK
from leitfaden.trees import Node

ADD, REMOVE, MOVE = "ergaenzen", "streichen", "verschieben"


@at_a_desk("operate")
def operate(request: HttpRequest, desk: Desk, anchor: str, operation: str) -> HttpResponse:
    """Ask where something is to be added, or whether to take out or where to move a passage."""
    node = desk.tree.by_anchor.get(anchor)
    if node is None:
        raise Http404
    if operation == ADD:
        return _show_places(request, desk, node)
    form = DestinationForm(request.POST or None, places=targets(desk.tree, node)) if operation == MOVE else None
    if request.method != "POST":
        return _show(request, desk, node, operation, form)
    return _take(request, desk, node, operation, form)


def _show_places(request: HttpRequest, desk: Desk, node: Node) -> HttpResponse:
    """Offer what may stand before, after and within a passage."""
    labels = {
        AFTER: _("Danach"),
        BEFORE: _("Davor"),
        INTO: _("Darin, am Ende"),
        FIRST: _("Darin, am Anfang"),
    }
    groups = [
        (label, where, kinds_for(desk.tree, place))
        for where, label in labels.items()
        if (node.is_heading or where in (AFTER, BEFORE))
        and (place := find(desk.tree, where, node.anchor)) is not None
        and desk.scope.is_open_at(place.parent, place.after)
    ]
    context = {
        "desk": desk,
        "node": node,
        "groups": [
            (label, [(kind.label, desk.address("add", where=where, anchor=node.anchor, kind=kind)) for kind in kinds])
            for label, where, kinds in groups
        ],
    }
    return render(request, "rounds/writing/places.html", context)


def _take(request: HttpRequest, desk: Desk, node: Node, operation: str, form: DestinationForm | None) -> HttpResponse:
    seen = Seen.read(request.POST.get(NAME, ""), desk.round.document)
    if seen is None or seen.base != desk.round.base or seen.version != node.version:
        refusal = _("Diese Seite war zu alt. Bitte prüfen Sie noch einmal, ob Sie das möchten.")
        return _show(request, desk, node, operation, form, refusal=refusal, status=HTTPStatus.BAD_REQUEST)
    if form is not None and not form.is_valid():
        return _show(request, desk, node, operation, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        change = _keep(request, desk, node, form)
    except DraftMovedError as moved:
        mark = moved.theirs.mark if moved.theirs else UNSEEN
        more = {"theirs": desk.shown(moved.theirs), "is_clash": True, "mark": mark}
        return _show(request, desk, node, operation, form, status=HTTPStatus.CONFLICT, **more)
    except NotNowError as error:
        return _show(request, desk, node, operation, form, refusal=str(error), status=HTTPStatus.CONFLICT)
    except ValidationError as error:
        refusal = " ".join(error.messages)
        return _show(request, desk, node, operation, form, refusal=refusal, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Die Änderung steht im Entwurf."))
    return redirect(f"{desk.address('draft')}#aenderung-{change.pk}")


def _keep(request: HttpRequest, desk: Desk, node: Node, form: DestinationForm | None) -> ProposedChange:
    common: dict[str, Any] = {"seen": node.version, "mark": request.POST.get(MARK, UNSEEN), "by": request.user}
    if form is None:
        return desk.keep(lambda proposal: proposing.keep_removal(proposal=proposal, **common))
    place = read_target(desk.tree, form.cleaned_data["place"]) or Place()
    around: dict[str, Any] = blocks(desk.round.document, place)
    return desk.keep(lambda proposal: proposing.keep_move(proposal=proposal, **common, **around))


def _show(
    request: HttpRequest,
    desk: Desk,
    node: Node,
    operation: str,
    form: DestinationForm | None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:
    known = desk.known(block=node.id)
    below = [one.id for one in node.walk()]
    context = {
        "desk": desk,
        "node": node,
        "is_move": operation == MOVE,
        "form": form,
        "seen": Seen.of(desk.round.base, node),
        "known": desk.shown(known),
        "mark": known.mark if known else UNSEEN,
        "token": request.POST.get(TOKEN) or desk.token,
        "below": len(below) - 1,
        "overlaps": overlapping(desk.others, below),
        "is_open": desk.scope.is_open(node.id),
        "back": desk.address("draft") if desk.proposal else desk.address("pick"),
        **more,
    }
    return render(request, "rounds/writing/operation.html", context, status=status)
