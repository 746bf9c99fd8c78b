"""Deciding about one passage: verdicts on what is proposed for it, and the wording that comes of them."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leitfaden.rounds import deciding
from leitfaden.rounds.bench import Judged, load_bench
from leitfaden.rounds.conducting.access import for_conductors, the_round
from leitfaden.rounds.models import ProposedChange, Round
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.workbench.forms import VerdictForm
from leitfaden.rounds.workbench.passages import Overview
from leitfaden.rounds.workbench.sheets import Sheet, read_stands
from leitfaden.rounds.writing.forms import WordingForm
from vielfalt.listings.editing import kept

ACTION, CHANGE, BASIS, STANDS = "aktion", "aenderung", "grundlage", "stand"
JUDGE, CONFIRM = "entscheiden", "bestaetigen"
TYPED = ("reason", "title", "html")
"""Fields in which somebody writes."""


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Decide about one passage."""
    round_ = the_round(number)
    sheet = _open(request, round_, key)
    if sheet is None:
        return _gone(request, round_, key)
    if request.method == "POST":
        return _take(sheet, key)
    if (sent := kept(request)) is not None:
        messages.info(request, _("Ihre Eingaben sind noch da. Bitte speichern Sie sie jetzt."))
        return sheet.show(**_typed(sheet, sent))
    return sheet.show()


def _open(request: HttpRequest, round_: Round, key: str) -> Sheet | None:
    """Return the passage as it is now; ``None`` where nothing is to decide about it."""
    overview = Overview(load_bench(round_))
    row = overview.find(key)
    return Sheet(request, overview, row) if row else None


def _gone(request: HttpRequest, round_: Round, key: str) -> HttpResponse:
    """Say that there is nothing to decide any more, with what somebody typed about it."""
    submitted = ProposedChange.objects.filter(version__proposal__round=round_, version__submitted_at__isnull=False)
    if not submitted.filter(_named(key)).exists():
        raise Http404
    if request.method != "POST":
        messages.info(request, _over(round_))
        return redirect("rounds:workbench", round_.number)
    context = {"round": round_, "problem": _over(round_), "left": _words(request.POST)}
    return render(request, "rounds/workbench/gone.html", context, status=HTTPStatus.CONFLICT)


def _named(key: str) -> Q:
    try:
        return Q(new_block=UUID(key))
    except ValueError:
        return Q(block__anchor=key)


def _over(round_: Round) -> str:
    return deciding.why_not(round_) or _("Zu diesem Absatz gibt es nichts mehr zu entscheiden.")


def _words(data: Any) -> list[str]:
    """What somebody wrote, to be read and copied."""
    return [data[name] for name in TYPED if data.get(name, "").strip()]


def _judged(sheet: Sheet, data: Any) -> Judged | None:
    """The change that a form is about."""
    return next((one for one in sheet.place.judged if str(one.change.pk) == data.get(CHANGE)), None)


def _typed(sheet: Sheet, data: Any) -> dict[str, Any]:
    """Return what was sent, for the page to show it again."""
    if data.get(ACTION) == CONFIRM:
        return {"wording": sheet.wording_form(data)} if sheet.asks_person else {"left": _words(data)}
    judged = _judged(sheet, data)
    if judged is None:
        return {"left": _words(data)}
    return {"refused": VerdictForm(data, judged=judged, bench=sheet.overview.bench)}


def _take(sheet: Sheet, key: str) -> HttpResponse:
    """Do what the button says. Whatever comes of it, what was typed is still there."""
    request, round_ = sheet.request, sheet.overview.bench.round
    acts = {JUDGE: _judge, CONFIRM: _confirm}
    action = request.POST.get(ACTION, "")
    if action not in acts:
        raise Http404
    try:
        return acts[action](sheet, key)
    except NotNowError as error:
        now = _open(request, the_round(round_.number), key)
        if now is None:
            return _gone(request, the_round(round_.number), key)
        return now.show(status=HTTPStatus.CONFLICT, problem=str(error), **_typed(now, request.POST))


def _judge(sheet: Sheet, key: str) -> HttpResponse:
    post = sheet.request.POST
    judged = _judged(sheet, post)
    if judged is None:
        # Withdrawn since the page was opened; or nothing that the page could have sent.
        raise NotNowError(_("Dieser Vorschlag steht nicht mehr zur Entscheidung."))
    form = VerdictForm(post, judged=judged, bench=sheet.overview.bench)
    if not form.is_valid() or not _keep_verdict(form, sheet.request):
        return sheet.show(status=HTTPStatus.UNPROCESSABLE_ENTITY, refused=form)
    sentence = _("{proposal}: {outcome}.").format(proposal=judged.proposal, outcome=form.chosen.label)
    if len(form.changes) > 1:
        sentence = _("{proposal}, alle {number} Stellen: {outcome}.").format(
            proposal=judged.proposal, number=len(form.changes), outcome=form.chosen.label
        )
    messages.success(sheet.request, sentence)
    return _onward(sheet, key)


def _keep_verdict(form: VerdictForm, request: HttpRequest) -> bool:
    """Keep the verdict on all that it is about, or say at the field why that is not possible."""
    seen = read_stands(request.POST.get(STANDS, ""))
    try:
        with transaction.atomic():
            for change in form.changes:
                deciding.judge(
                    change=change,
                    outcome=form.chosen,
                    reason=form.cleaned_data["reason"],
                    settled_by=form.settles,
                    seen=seen.get(str(change.pk), ""),
                    by=request.user,
                )
    except ValidationError as error:
        form.add_error("settled_by" if form.settles else "reason", error)
        return False
    return True


def _confirm(sheet: Sheet, key: str) -> HttpResponse:
    post = sheet.request.POST
    form: WordingForm = sheet.wording_form(post)
    if not form.is_valid() or form.content is None:
        return sheet.show(status=HTTPStatus.UNPROCESSABLE_ENTITY, wording=form)
    try:
        deciding.confirm_result(
            round_=sheet.overview.bench.round,
            target=sheet.place.target,
            content=form.content,
            basis=post.get(BASIS, ""),
            seen=post.get(STANDS, ""),
            by=sheet.request.user,
        )
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return sheet.show(status=HTTPStatus.UNPROCESSABLE_ENTITY, wording=form)
    messages.success(sheet.request, _("Bestätigt. So steht der Absatz im neuen Text."))
    return _onward(sheet, key)


def _onward(sheet: Sheet, key: str) -> HttpResponse:
    """Lead to what has to be done next: at this passage, else at the next one that is open."""
    round_ = sheet.overview.bench.round
    now = _open(sheet.request, round_, key)
    if now is None or sheet.row.is_decided:
        return redirect("rounds:decide", round_.number, key)
    following = now.overview.next_open(now.row)
    if now.row.problems:
        undecided = next((one for one in now.place.judged if one.outcome is None), None)
        place = f"aenderung-{undecided.change.pk}" if undecided else ("ergebnis" if now.asks_person else "fehlt")
        return redirect(f"{now.row.url}#{place}")
    if following is None:
        messages.info(sheet.request, _("Alles ist entschieden. Sehen Sie sich jetzt an, was daraus wird."))
        return redirect("rounds:workbench", round_.number)
    return redirect(following.url)
