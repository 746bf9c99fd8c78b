"""The pages on which a round is prepared, started, prolonged and ended."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leitfaden.editing.access import the_document
from leitfaden.models import Document
from leitfaden.rounds import planning
from leitfaden.rounds.conducting.access import for_conductors, the_round
from leitfaden.rounds.conducting.forms import ProlongForm, ReasonForm, RoundForm, add_refusal, initial
from leitfaden.rounds.conducting.outlook import Outlook
from leitfaden.rounds.models import Proposal, Round, RoundState
from leitfaden.rounds.moves import NotNowError, locked_round
from leitfaden.trees import load_tree
from vielfalt.listings import editing
from vielfalt.listings.models import Organisation

SEEN = "gesehen"
"""The hidden field with what the staff saw of the round."""

_WEEKS = {"collect_from": 2, "discuss_from": 8, "vote_from": 12, "vote_until": 15}
"""When phases begin unless the staff choose otherwise, in weeks from now."""


@for_conductors
@require_safe
def manage_rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, the latest first."""
    document = the_document()
    context = {"document": document, "rounds": Round.objects.filter(document=document).order_by("-number")}
    return render(request, "rounds/conducting/rounds.html", context)


@for_conductors
@require_safe
def manage_round(request: HttpRequest, number: int) -> HttpResponse:
    """A round in words, with what can be done with it."""
    round_ = the_round(number)
    context = {
        "round": round_,
        "outlook": Outlook(round_),
        "waiting": Proposal.objects.filter(round=round_).awaiting_staff().count(),
        "steps": round_.steps.select_related("by"),
        "is_planned": round_.state == RoundState.PLANNED,
        "is_running": round_.state == RoundState.RUNNING,
        "is_prolongable": round_.state == RoundState.RUNNING and round_.vote_until > timezone.now(),
    }
    return render(request, "rounds/conducting/round.html", context)


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: HttpRequest) -> HttpResponse:
    """Prepare a round."""
    document = the_document()
    if request.method == "POST":
        return _save(request, document, None)
    form = _form(editing.kept(request), document, initial=_suggested())
    form.initial["participants"] = list(form.by_key)
    return _show(request, form, None)


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def edit_round(request: HttpRequest, number: int) -> HttpResponse:
    """Change a round that is being prepared."""
    round_ = the_round(number)
    if request.method == "POST":
        return _save(request, round_.document, round_)
    if round_.state != RoundState.PLANNED:
        messages.info(request, _("Diese Runde hat schon begonnen. Sie ändert sich nicht mehr."))
        return redirect("rounds:manage_round", number)
    sent = editing.kept(request)
    return _show(request, _form(sent, round_.document, round_, initial=initial(round_)), round_)


def _form(data: Any, document: Document, round_: Round | None = None, **more: Any) -> RoundForm:
    tree = load_tree(document.head)
    return RoundForm(data, organisations=_organisations(round_), tree=tree, **more)


def _organisations(round_: Round | None) -> list[Organisation]:
    """Return whom the staff can choose: who is entitled, and who was chosen before."""
    found = planning.entitled()
    if round_ is not None:
        chosen = [one.organisation for one in round_.participants.prefetch_related("organisation")]
        found += [one for one in chosen if one is not None and one not in found]
    return sorted(found, key=lambda one: one.sort_key)


def _suggested() -> dict[str, datetime]:
    """Return times that leave room for everything: mornings of Mondays."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    return {
        name: timezone.make_aware(datetime.combine(monday + timedelta(weeks=weeks), time(9)))
        for name, weeks in _WEEKS.items()
    }


def _show(
    request: HttpRequest, form: RoundForm, round_: Round | None, *, status: HTTPStatus = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    seen = editing.sign(_state(round_)) if round_ else ""
    context = {"form": form, "round": round_, "seen": seen, **more}
    return render(request, "rounds/conducting/edit_round.html", context, status=status)


def _state(round_: Round) -> dict[str, Any]:
    """Return all that the form shows of a round, as a page can carry it along."""
    return {name: _plain(value) for name, value in initial(round_).items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


@transaction.atomic
def _save(request: HttpRequest, document: Document, round_: Round | None) -> HttpResponse:
    if round_ is not None:
        locked_round(round_)
    form = _form(request.POST, document, round_)
    if not form.is_valid():
        return _show(request, form, round_, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if round_ is not None and editing.unsign(request.POST.get(SEEN, "")) != _state(round_):
        sentence = _("Jemand anderes hat diese Runde inzwischen geändert. Ihre Eingaben sind noch da.")
        form.add_error(None, sentence)
        return _show(request, form, round_, status=HTTPStatus.CONFLICT, theirs=Outlook(round_))
    try:
        saved = planning.save_round(
            document=document,
            values=form.values,
            organisations=form.organisations,
            blocks=form.open_blocks,
            round_=round_,
            by=request.user,
        )
    except NotNowError as error:
        form.add_error(None, str(error))
        return _show(request, form, round_, status=HTTPStatus.CONFLICT)
    except ValidationError as error:
        add_refusal(form, error)
        return _show(request, form, round_, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Gespeichert. Bitte lesen Sie hier, was in der Runde geschehen wird."))
    return redirect("rounds:manage_round", saved.number)


def _act(
    request: HttpRequest,
    round_: Round,
    template: str,
    act: Callable[[], Any],
    *,
    done: str,
    is_done: bool,
    form: ReasonForm | None = None,
    goes_to: str = "rounds:manage_round",
    **more: Any,
) -> HttpResponse:
    """Ask once more, then do it. Whoever presses twice has done it once."""
    problem, status = "", HTTPStatus.OK
    if request.method == "POST" and is_done:
        messages.info(request, _("Das ist schon geschehen."))
        return redirect("rounds:manage_round", round_.number)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            act()
        except NotNowError as error:
            problem, status = str(error), HTTPStatus.CONFLICT
        except ValidationError as error:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            if form is not None:
                add_refusal(form, error, otherwise=more.get("where"))
            else:
                problem = " ".join(error.messages)
        else:
            messages.success(request, done)
            return redirect(goes_to, *([round_.number] if goes_to == "rounds:manage_round" else []))
    elif request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"round": round_, "form": form, "problem": problem, "outlook": Outlook(round_)}
    return render(request, f"rounds/conducting/{template}.html", context, status=status)


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def start_round(request: HttpRequest, number: int) -> HttpResponse:
    """Say what freezes, then start."""
    round_ = the_round(number)
    return _act(
        request,
        round_,
        "start",
        lambda: planning.start(round_=round_, by=request.user),
        done=_("Die Runde ist gestartet."),
        is_done=round_.state == RoundState.RUNNING,
    )


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def delete_round(request: HttpRequest, number: int) -> HttpResponse:
    """Delete a round that nobody but the staff has seen."""
    document = the_document()
    if request.method == "POST" and not document.rounds.filter(number=number).exists():
        # Pressed twice.
        return redirect("rounds:manage_rounds")
    round_ = the_round(number)
    return _act(
        request,
        round_,
        "delete",
        lambda: planning.delete_round(round_=round_, by=request.user),
        done=_("Die Runde ist gelöscht."),
        is_done=False,
        goes_to="rounds:manage_rounds",
    )


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def prolong_round(request: HttpRequest, number: int) -> HttpResponse:
    """Let a phase that is still to come begin at another time."""
    round_ = the_round(number)
    form = ProlongForm(request.POST or editing.kept(request), round_=round_)

    def prolong() -> None:
        values = form.cleaned_data
        planning.prolong(
            round_=round_, phase=values["phase"], begins=values["begins"], reason=values["reason"], by=request.user
        )

    return _act(
        request, round_, "prolong", prolong, done=_("Die neue Zeit gilt."), is_done=False, form=form, where="begins"
    )


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_round(request: HttpRequest, number: int) -> HttpResponse:
    """End a round without a result."""
    round_ = the_round(number)
    form = ReasonForm(request.POST or editing.kept(request))
    return _act(
        request,
        round_,
        "cancel",
        lambda: planning.cancel(round_=round_, reason=form.cleaned_data["reason"], by=request.user),
        done=_("Die Runde ist abgebrochen."),
        is_done=round_.state == RoundState.CANCELLED,
        form=form,
        where="reason",
    )
