"""The pages of the codes."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leitfaden.rounds.models import Code
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.reading.finding import find_round
from leitfaden.rounds.research import coding
from leitfaden.rounds.research.access import for_researchers
from leitfaden.rounds.research.forms import CodeForm
from vielfalt.listings import editing

SEEN = "gesehen"


@for_researchers
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, number: int) -> HttpResponse:
    """All codes with how often they are used; a new one."""
    round_ = find_round(number, request.user)
    form = CodeForm(request.POST if request.method == "POST" else editing.kept(request))
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid() and _save(request, form):
            messages.success(request, _("Der Code ist angelegt."))
            return redirect("rounds:codes", number)
    context = {"round": round_, "form": form, "codes": Code.objects.annotate(number=Count("codings")).order_by("name")}
    return render(request, "rounds/research/codes.html", context, status=status)


@for_researchers
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """A code: its definition, and taking it away."""
    round_ = find_round(number, request.user)
    found = get_object_or_404(Code, pk=pk)
    status = HTTPStatus.OK
    form = CodeForm(editing.kept(request), initial={"name": found.name, "meaning": found.meaning})
    if request.method == "POST":
        form = CodeForm(request.POST)
        try:
            if done := _change(request, found, form):
                messages.success(request, done)
                return redirect("rounds:codes", number)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        except NotNowError as error:
            form.add_error(None, str(error))
            found.refresh_from_db()
            status = HTTPStatus.CONFLICT
    seen = editing.sign({"name": found.name, "meaning": found.meaning})
    context = {"round": round_, "code": found, "form": form, "seen": seen, "is_stale": status == HTTPStatus.CONFLICT}
    return render(request, "rounds/research/code.html", context, status=status)


def _change(request: HttpRequest, found: Code, form: CodeForm) -> str:
    """Do what was asked for and return a sentence about it; empty where the form says why not."""
    match request.POST.get("aktion"):
        case "loeschen":
            coding.delete_code(code=found, by=request.user)
            return _("Der Code ist gelöscht.")
        case "speichern":
            return _("Gespeichert.") if form.is_valid() and _save(request, form, found) else ""
    raise Http404


def _save(request: HttpRequest, form: CodeForm, found: Code | None = None) -> bool:
    base = editing.unsign(request.POST.get(SEEN, "")) or {}
    seen = (base.get("name", ""), base.get("meaning", "")) if found else None
    try:
        coding.save_code(**form.cleaned_data, seen=seen, code=found, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
