"""Submitting a draft in the name of its carrier: asked once more, and only in time."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitfaden.rounds import proposing
from leitfaden.rounds.models import ProposalVersion
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.states import why_not
from leitfaden.rounds.writing.desks import Desk, at_a_desk
from leitfaden.rounds.writing.drafts import Sheet, nothing_to_write, sheet_at
from leitfaden.rounds.writing.forms import ReasonForm


@at_a_desk("submit")
def submit(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask once more, then submit a draft in the name of its carrier."""
    sheet = sheet_at(desk)
    if sheet is None:
        return nothing_to_write(request)
    if not sheet.may_submit:
        messages.info(request, _("Einreichen kann nur die Leitung Ihres Trägers."))
        return redirect(desk.address("draft"))
    if request.method == "POST":
        return _take(sheet)
    why = why_not(sheet.proposal, sheet.action, by=request.user)
    return _show(sheet, _form(sheet), why) if why else _ask(sheet)


def _ask(sheet: Sheet) -> HttpResponse:
    try:
        proposing.check_whole(sheet.proposal, sheet.desk.scope)
    except ValidationError as error:
        return _send_back(sheet, error)
    return _show(sheet, _form(sheet))


def _take(sheet: Sheet) -> HttpResponse:
    form = _form(sheet, sheet.desk.request.POST)
    if not form.is_valid():
        return _show(sheet, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return _seal(sheet, form.cleaned_data.get("reason", ""))
    except NotNowError as refusal:
        if _is_sealed(sheet):
            return nothing_to_write(sheet.desk.request)
        return _show(sheet, form, str(refusal), status=HTTPStatus.CONFLICT)
    except ValidationError as error:
        return _send_back(sheet, error)


def _show(sheet: Sheet, form: ReasonForm, why: str = "", *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    context = {"sheet": sheet, "desk": sheet.desk, "form": form, "why": why}
    return render(sheet.desk.request, "rounds/writing/submit.html", context, status=status)


def _form(sheet: Sheet, data: Any = None) -> ReasonForm:
    """What goes with another wording; the first speaks for itself."""
    is_answer = sheet.question is not None
    label = _("Ihre Antwort auf die Rückfrage") if is_answer else _("Was ist neu an dieser Fassung?")
    form = ReasonForm(data, label=label)
    if sheet.is_new:
        del form.fields["reason"]
    return form


def _seal(sheet: Sheet, reason: str) -> HttpResponse:
    request = sheet.desk.request
    if sheet.action == "enter":
        done = proposing.enter(proposal=sheet.proposal, by=request.user)
        said = _("Eingetragen als Vorschlag {number}. Er zählt, sobald der Träger ihn bestätigt.")
    elif sheet.action == "submit":
        done = proposing.submit(proposal=sheet.proposal, by=request.user)
        said = _("Danke! Ihr Vorschlag {number} ist eingereicht. Die Redaktion sieht ihn sich jetzt an.")
    else:
        done = proposing.resubmit(proposal=sheet.proposal, reason=reason, by=request.user)
        said = _("Danke! Die neue Fassung von Vorschlag {number} ist eingereicht.")
    messages.success(request, said.format(number=done.number))
    return redirect("rounds:mine")


def _is_sealed(sheet: Sheet) -> bool:
    """Whether this wording has been submitted meanwhile: by a double click, or by a colleague."""
    return ProposalVersion.objects.filter(pk=sheet.draft.pk, submitted_at__isnull=False).exists()


def _send_back(sheet: Sheet, error: ValidationError) -> HttpResponse:
    for sentence in error.messages:
        messages.warning(sheet.desk.request, sentence)
    return redirect(sheet.desk.address("draft"))
