"""The text of the round by its chapters, to find the passage that one wants to change."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leitfaden.rounds.writing.desks import Desk, at_a_desk
from leitfaden.rounds.writing.offers import OPERATIONS
from leitfaden.trees import Node

CHAPTER = "kapitel"


@at_a_desk("pick")
def pick(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Lead to a passage: first the chapters, then what stands in one of them."""
    chapters = desk.tree.chapters
    chapter = next((one for one in chapters if one.anchor == request.GET.get(CHAPTER)), None)
    if CHAPTER in request.GET and chapter is None:
        raise Http404
    nodes = chapter.walk() if chapter else desk.tree.introduction
    context = {
        "desk": desk,
        "chapters": chapters,
        "chapter": chapter,
        "passages": [(node, _doors(desk, node)) for node in nodes],
    }
    return render(request, "rounds/writing/pick.html", context)


def _doors(desk: Desk, node: Node) -> list[tuple[str, str]]:
    """What can be proposed about a passage, with the address."""
    if not desk.scope.is_open(node.id):
        return []
    words = [_("Ergänzen"), _("Streichen"), _("Verschieben")]
    others = zip(words, OPERATIONS, strict=True)
    return [
        (_("Ändern"), desk.address("write", anchor=node.anchor)),
        *((label, desk.address("operate", anchor=node.anchor, operation=name)) for label, name in others),
    ]
