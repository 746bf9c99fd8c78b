"""The paper of a round, for workshops and for those who rather write by hand."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leitfaden.rounds.paper.content import Paper
from leitfaden.rounds.paper.printing import pdf_of
from leitfaden.rounds.reading.finding import find_round
from leitfaden.rounds.scope import Scope
from vielfalt.development import pango

PART = "teil"
"""The parameter that names a chapter by its anchor."""


@never_cache
@require_safe
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """A round as PDF, or the part of it about one chapter."""
    round_ = find_round(number, request.user)
    scope = Scope(round_)
    chapter = next((one for one in scope.tree.chapters if one.anchor == request.GET.get(PART)), None)
    if PART in request.GET and chapter is None:
        raise Http404
    if pango.missing():
        return render(request, "rounds/paper/unavailable.html", {"round": round_}, status=503)
    shown = Paper(round_, localdate(), chapter, scope=scope)
    content = pdf_of(shown)
    if content is None:
        context = {"round": round_, "paper": shown}
        return render(request, "rounds/paper/waiting.html", context, status=HTTPStatus.ACCEPTED)
    name = "-".join(["runde", str(number), *([chapter.anchor] if chapter else []), f"{shown.on:%Y-%m-%d}"])
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )
