"""The pages on which proposals are coded. Carriers have their pseudonyms here, too."""

from collections import defaultdict
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leitfaden.rounds.models import Code, Coding, Proposal, Round
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.reading.finding import find_round
from leitfaden.rounds.research import coding
from leitfaden.rounds.research.access import for_researchers
from leitfaden.rounds.research.forms import CodingForm
from leitfaden.rounds.research.material import Material
from leitfaden.rounds.showing import show
from vielfalt.listings import editing
from vielfalt.listings.paging import PublicPaginator

PROPOSALS_A_PAGE = 30
WITHOUT = "ohne"


@for_researchers
@require_safe
def proposals(request: HttpRequest, number: int) -> HttpResponse:
    """The proposals of a round with their codes."""
    round_ = find_round(number, request.user)
    wanted = request.GET.get("code", "")
    known = list(Code.objects.order_by("name"))
    page = PublicPaginator(_narrowed(round_, request, wanted, known), PROPOSALS_A_PAGE).get_page(
        request.GET.get("seite")
    )
    by_proposal: dict[int, list[Coding]] = defaultdict(list)
    for one in Coding.objects.filter(proposal__in=page.object_list).select_related("code").order_by("code__name", "pk"):
        by_proposal[one.proposal_id].append(one)
    mask = Material(round_).mask
    rows = [
        (one, mask(one.title), dict.fromkeys(coded.code.name for coded in by_proposal[one.pk]))
        for one in page.object_list
    ]
    context = {
        "round": round_,
        "page": page,
        "rows": rows,
        "codes": known,
        "wanted": wanted,
        "is_mine": bool(request.GET.get("meine")),
        "total": page.paginator.count,
    }
    return render(request, "rounds/research/proposals.html", context)


def _narrowed(round_: Round, request: HttpRequest, wanted: str, known: list[Code]) -> Any:
    """The proposals that have a code, or none; of the reader's own codings only, if they ask for that."""
    found = Proposal.objects.public().filter(round=round_).select_related("current").order_by("number")
    own = Coding.objects.filter(by=request.user) if request.GET.get("meine") else Coding.objects.all()
    if wanted == WITHOUT:
        return found.filter(~Q(pk__in=own.values("proposal")))
    chosen = next((one for one in known if str(one.pk) == wanted), None)
    return found.filter(pk__in=own.filter(code=chosen).values("proposal")) if chosen else found


@for_researchers
@require_http_methods(["GET", "HEAD", "POST"])
def coded_proposal(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """One proposal, what it changes, and its codes."""
    round_ = find_round(number, request.user)
    public = Proposal.objects.public().filter(round=round_)
    found = get_object_or_404(public.for_cards(), pk=pk)
    form, status = CodingForm(editing.kept(request)), HTTPStatus.OK
    if request.method == "POST":
        form = CodingForm(request.POST)
        try:
            if done := _act(request, found, form):
                messages.success(request, done)
                return redirect("rounds:coded_proposal", number, pk)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        except NotNowError as error:
            form.add_error(None, str(error))
            status = HTTPStatus.CONFLICT
    material = Material(round_)
    assert found.current is not None  # noqa: S101 - admitted proposals have a wording
    numbers = public.order_by("number")
    context = {
        "round": round_,
        "proposal": found,
        "title": material.mask(found.title),
        "reason": material.mask(found.current.reason),
        "carrier": material.pseudonym(found.participant_id),
        "changes": show(found.current.changes.all(), material.scope.tree, request.user),
        "codings": [(one, material.coder(one.by_id)) for one in _codings(found)],
        "form": form,
        "previous": numbers.filter(number__lt=found.number).last(),
        "next": numbers.filter(number__gt=found.number).first(),
    }
    return render(request, "rounds/research/proposal.html", context, status=status)


def _codings(proposal: Proposal) -> Any:
    return proposal.codings.select_related("code").order_by("code__name", "pk")


def _act(request: HttpRequest, found: Proposal, form: CodingForm) -> str:
    """Give a code or take one away, and return a sentence about it; empty where the form says why not."""
    match request.POST.get("aktion"):
        case "vergeben":
            if not form.is_valid():
                return ""
            coding.add_coding(proposal=found, **form.cleaned_data, by=request.user)
            return _("Der Code ist vergeben.")
        case "wegnehmen":
            wanted = request.POST.get("codierung", "")
            mine = found.codings.filter(by=request.user, pk=wanted if wanted.isdecimal() else None).first()
            if mine is not None:
                coding.remove_coding(coding=mine, by=request.user)
            # Pressed twice, it is gone as well.
            return _("Der Code ist weggenommen.")
    raise Http404
