"""The list of passages to decide, and what one does with all that is left."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from leitfaden.rounds import deciding
from leitfaden.rounds.bench import load_bench
from leitfaden.rounds.conducting.access import for_conductors, the_round
from leitfaden.rounds.conducting.forms import ReasonForm, add_refusal
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.workbench.passages import Overview
from vielfalt.listings import editing
from vielfalt.listings.paging import PublicPaginator

OPEN = "offen"
ROWS_A_PAGE = 40


@for_conductors
@require_safe
def workbench(request: HttpRequest, number: int) -> HttpResponse:
    """All passages of a round for which something is proposed, with what is decided and what is missing."""
    round_ = the_round(number)
    overview = Overview(load_bench(round_))
    is_filtered = request.GET.get("zeige") == OPEN
    rows = overview.open if is_filtered else overview.rows
    context = {
        "round": round_,
        "phase": round_.phase,
        "why_not": deciding.why_not(round_),
        "bench": overview.bench,
        "overview": overview,
        "is_filtered": is_filtered,
        "page": PublicPaginator(rows, ROWS_A_PAGE).get_page(request.GET.get("seite")),
    }
    return render(request, "rounds/workbench/workbench.html", context)


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def postpone_rest(request: HttpRequest, number: int) -> HttpResponse:
    """Take every proposal for which nothing is intended yet into the next round, after asking once more."""
    round_ = the_round(number)
    form = ReasonForm(request.POST or editing.kept(request))
    problem, status = "", HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        try:
            if form.is_valid():
                reason = form.cleaned_data["reason"]
                postponed = deciding.postpone_rest(round_=round_, reason=reason, by=request.user)
                words = ngettext("Ein Vorschlag ist verschoben.", "%d Vorschläge sind verschoben.", postponed)
                messages.success(request, words % postponed if postponed != 1 else words)
                return redirect("rounds:workbench", number)
        except NotNowError as error:
            problem, status = str(error), HTTPStatus.CONFLICT
        except ValidationError as error:
            add_refusal(form, error, otherwise="reason")
    overview = Overview(load_bench(round_))
    untouched = overview.proposals_untouched
    if not problem and not untouched:
        problem = _("Es ist nichts übrig: Für jeden Vorschlag ist schon etwas vorgesehen.")
    context = {"round": round_, "form": form, "number": untouched, "problem": problem}
    return render(request, "rounds/workbench/postpone_rest.html", context, status=status)
