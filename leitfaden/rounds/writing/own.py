"""What a carrier does with a proposal that it has submitted: improve, answer, withdraw, confirm."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from leitfaden.rounds import proposing
from leitfaden.rounds.models import Proposal
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.scope import Scope
from leitfaden.rounds.showing import show
from leitfaden.rounds.states import TRANSITIONS, why_not
from leitfaden.rounds.writing.access import Hand, own_proposal
from leitfaden.rounds.writing.drafts import question_to
from leitfaden.rounds.writing.forms import ReasonForm
from vielfalt.listings.editing import for_members, kept


@dataclass(frozen=True)
class Page:
    """A page on which the carrier's manager moves its proposal."""

    action: str
    title: Any
    lead: Any
    label: Any
    button: Any
    said: Any


PAGES = {
    "antworten": Page(
        "answer",
        gettext_lazy("Rückfrage beantworten"),
        gettext_lazy("Ihr Vorschlag bleibt dabei, wie er ist. Möchten Sie ihn ändern, wählen Sie „Überarbeiten“."),
        gettext_lazy("Ihre Antwort"),
        gettext_lazy("Antwort abschicken"),
        gettext_lazy("Danke! Ihre Antwort ist bei der Redaktion."),
    ),
    "zurueckziehen": Page(
        "withdraw",
        gettext_lazy("Vorschlag zurückziehen"),
        gettext_lazy("Er wird dann nicht weiter besprochen. Rückgängig machen lässt sich das nicht."),
        gettext_lazy("Warum ziehen Sie ihn zurück?"),
        gettext_lazy("Vorschlag zurückziehen"),
        gettext_lazy("Der Vorschlag ist zurückgezogen."),
    ),
    "bestaetigen": Page(
        "confirm",
        gettext_lazy("Vorschlag bestätigen"),
        gettext_lazy("Die Redaktion hat ihn für Sie eingetragen. Er zählt, sobald Sie sagen, dass er so stimmt."),
        "",
        gettext_lazy("Ja, so stimmt es"),
        gettext_lazy("Danke! Der Vorschlag ist bestätigt und eingereicht."),
    ),
}
"""The pages by the word in their address."""


@for_members
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin another wording of a submitted proposal, or go on with it."""
    hand = own_proposal(request.user, pk)
    try:
        proposing.reopen(proposal=hand.proposal, by=request.user)
    except NotNowError as refusal:
        messages.error(request, str(refusal))
        return redirect("rounds:mine")
    return redirect("rounds:draft", pk=pk)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Answer a question, withdraw or confirm a proposal, as its carrier."""
    hand, page = own_proposal(request.user, pk), PAGES[word]
    why = why_not(hand.proposal, page.action, by=request.user)
    form = _form(page, request.POST if request.method == "POST" else kept(request))
    status = HTTPStatus.OK
    if request.method == "POST":
        if form.is_valid():
            try:
                _do(page, hand.proposal, form.cleaned_data.get("reason", ""), request.user)
            except NotNowError as refusal:
                why, status = str(refusal), HTTPStatus.CONFLICT
            except ValidationError as error:
                form.add_error("reason", error)
                status = HTTPStatus.UNPROCESSABLE_ENTITY
            else:
                messages.success(request, page.said)
                return redirect("rounds:mine")
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _show(request, hand, page, form=form, why=why, status=status)


def _form(page: Page, data: Any) -> ReasonForm:
    form = ReasonForm(data, label=page.label, is_needed=TRANSITIONS[page.action].needs_reason)
    if not page.label:
        del form.fields["reason"]
    return form


def _do(page: Page, proposal: Proposal, reason: str, by: Any) -> None:
    if page.action == "confirm":
        proposing.confirm(proposal=proposal, by=by)
    else:
        deed = {"answer": proposing.answer, "withdraw": proposing.withdraw}[page.action]
        deed(proposal=proposal, reason=reason, by=by)


def _show(
    request: HttpRequest, hand: Hand, page: Page, *, form: ReasonForm, why: str, status: HTTPStatus
) -> HttpResponse:
    current = hand.proposal.current
    changes = current.changes.select_related("seen__block", "block", "parent", "after") if current else []
    context = {
        "hand": hand,
        "page": page,
        "form": form,
        "why": why,
        "question": question_to(hand.proposal),
        "changes": show(changes, Scope(hand.proposal.round).tree, request.user) if changes else [],
    }
    return render(request, "rounds/writing/move.html", context, status=status)
