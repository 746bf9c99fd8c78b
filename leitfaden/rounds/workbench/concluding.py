"""The rehearsal of a round's end, and the end itself: what comes of all decisions, before and after."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leitfaden.actions import HeadMovedError
from leitfaden.history.comparisons import in_words
from leitfaden.models import Edition
from leitfaden.permissions import publishes
from leitfaden.rounds import deciding
from leitfaden.rounds.bench import Bench, load_bench
from leitfaden.rounds.changed import ChangedPassage, changed_passages
from leitfaden.rounds.conducting.access import for_conductors, the_round
from leitfaden.rounds.models import Decision, Phase, Proposal, ProposalState, Round
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.outcomes import in_numbers
from leitfaden.rounds.workbench.passages import Overview, Row
from vielfalt.listings.paging import PublicPaginator

HEAD = "head"
CHANGES_A_PAGE = 40


@dataclass
class Rehearsal:
    """What would come of a round, or what is missing for that."""

    overview: Overview
    changed: list[ChangedPassage] = field(default_factory=list)
    decided: list[Proposal] = field(default_factory=list)
    carried: list[Proposal] = field(default_factory=list)
    missing: list[tuple[Row, list[str]]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    """What is missing at no passage in particular."""

    @property
    def is_ready(self) -> bool:
        return not self.missing and not self.sentences

    @property
    def summary(self) -> str:
        """How much of the text changes, in a sentence."""
        return in_words([one.change for one in self.changed])


def rehearse(bench: Bench, by: Any) -> Rehearsal:
    """Try out what would come of the round."""
    rehearsal = Rehearsal(Overview(bench))
    rehearsal.missing = [(row, row.problems) for row in rehearsal.overview.open]
    if rehearsal.missing:
        return rehearsal
    try:
        done = deciding.rehearse(round_=bench.round, head=bench.head, by=by)
    except deciding.NotReadyError as error:
        rows = {row.place.target: row for row in rehearsal.overview.rows}
        found = [rows[place.target] for place in error.places if place.target in rows]
        if len(found) == len(error.messages):
            rehearsal.missing = [(row, [sentence]) for row, sentence in zip(found, error.messages, strict=True)]
        else:
            rehearsal.sentences = error.messages
        return rehearsal
    assert done.text is not None  # noqa: S101 - a rehearsal keeps it
    rehearsal.changed = changed_passages(bench.present, done.text)
    rehearsal.decided, rehearsal.carried = done.decided, done.carried
    return rehearsal


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request: HttpRequest, number: int) -> HttpResponse:
    """Show what would come of a round, and conclude it."""
    round_ = the_round(number)
    if request.method == "POST":
        return _conclude(request, round_)
    return _show(request, round_)


def _conclude(request: HttpRequest, round_: Round) -> HttpResponse:
    if round_.phase == Phase.CONCLUDED:
        # The same button pressed twice, or by two people.
        messages.info(request, _("Diese Runde ist schon abgeschlossen."))
        return redirect("rounds:conclude", round_.number)
    seen = request.POST.get(HEAD, "")
    revisions = round_.document.revisions
    head = revisions.filter(pk=int(seen)).first() if seen.isdecimal() and len(seen) < 18 else None  # noqa: PLR2004
    if head is None:
        problem = _("Diese Seite war zu alt. Bitte sehen Sie sich die Probe noch einmal an.")
        return _show(request, round_, problem=problem, status=HTTPStatus.BAD_REQUEST)
    try:
        done = deciding.consolidate(round_=round_, head=head, by=request.user)
    except HeadMovedError:
        problem = _(
            "Der Leitfaden wurde inzwischen bearbeitet. Es ist nichts geschehen: Bitte prüfen Sie die Probe neu."
        )
        return _show(request, the_round(round_.number), problem=problem, status=HTTPStatus.CONFLICT)
    except deciding.NotReadyError:
        problem = _("Inzwischen fehlt wieder etwas. Die Runde ist nicht abgeschlossen.")
        return _show(request, the_round(round_.number), problem=problem, status=HTTPStatus.CONFLICT)
    except NotNowError as error:
        return _show(request, the_round(round_.number), problem=str(error), status=HTTPStatus.CONFLICT)
    messages.success(
        request,
        _("Die Runde ist abgeschlossen. Ihr Ergebnis ist Stand {number}.").format(number=done.revision.number),
    )
    return redirect("rounds:conclude", round_.number)


def _show(
    request: HttpRequest, round_: Round, *, problem: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    if round_.phase == Phase.CONCLUDED:
        return _show_result(request, round_)
    bench = load_bench(round_)
    why_not = deciding.why_not(round_)
    rehearsal = rehearse(bench, request.user) if not why_not else None
    context = {
        "round": round_,
        "head": bench.head,
        "why_not": why_not,
        "rehearsal": rehearsal,
        "page": PublicPaginator(rehearsal.changed if rehearsal else [], CHANGES_A_PAGE).get_page(
            request.GET.get("seite")
        ),
        "problem": problem,
    }
    return render(request, "rounds/workbench/conclude.html", context, status=status)


def _show_result(request: HttpRequest, round_: Round) -> HttpResponse:
    """What became of a round that is concluded, and where its edition is made."""
    decisions = Decision.objects.filter(change__version__proposal__round=round_)
    result = round_.result
    assert result is not None  # noqa: S101 - the table's constraint
    editions = Edition.objects.filter(document=round_.document_id, revision__number__gte=result.number)
    context = {
        "round": round_,
        "result": result,
        "sums": in_numbers(decisions.values_list("outcome", flat=True)),
        "carried": Proposal.objects.filter(round=round_, state=ProposalState.CARRIED)
        .select_related("round", "participant", "current")
        .order_by("number"),
        "editions": editions.order_by("pk"),
        "may_publish": publishes(request.user),
    }
    return render(request, "rounds/workbench/concluded.html", context)
