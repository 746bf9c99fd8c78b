"""The page of a proposal: reading it, taking a position, talking about it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leitfaden.rounds import voting
from leitfaden.rounds.models import Participant, Position, Proposal, ProposalState, ProposalVersion
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.reading.finding import find_proposal
from leitfaden.rounds.reading.forms import PositionForm, RemarkForm
from leitfaden.rounds.reading.page import Reader, page_of, remark_form, remarks_on
from leitfaden.rounds.reading.positions import Refused
from vielfalt.listings.editing import keep, kept

POSITION, CONFIRM, REJECT, REMARK = "position", "bestaetigen", "ablehnen", "beitrag"
TYPED = ("-reason", "text")
"""How the names of fields end in which somebody writes."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal with all that its reader may know of it."""
    try:
        found = find_proposal(pk, request.user)
    except Http404:
        return _gone(request)
    reader = Reader.of(request.user, found)
    if request.method == "POST":
        return _act(request, found, reader)
    if request.user.is_authenticated and (sent := kept(request)) is not None:
        messages.info(request, _("Ihr Text ist noch da. Bitte schicken Sie ihn jetzt ab."))
        return _reopened(request, found, reader, sent)
    return _page(request, found, reader)


def _page(
    request: HttpRequest,
    found: Proposal,
    reader: Reader,
    *,
    refused: Refused | None = None,
    remark: RemarkForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        **page_of(found, reader, request.GET, refused),
        "remarks": remarks_on(found, reader),
        "remark_form": remark or (remark_form(reader) if _is_talked_about(found) else None),
        "is_network": reader.is_network or reader.conducts,
    }
    return render(request, "rounds/reading/proposal.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    """Say that there is no such proposal, with what somebody wrote about it before it was withdrawn."""
    typed = [text for name, text in request.POST.items() if name.endswith(TYPED) and text.strip()]
    if not typed:
        raise Http404
    context = {"typed": typed}
    return render(request, "rounds/reading/gone.html", context, status=HTTPStatus.NOT_FOUND)


def _is_talked_about(found: Proposal) -> bool:
    return found.state != ProposalState.DRAFT and found.round.state == "laeuft"


def _act(request: HttpRequest, found: Proposal, reader: Reader) -> HttpResponse:
    """Do what a button on the page says."""
    if not request.user.is_authenticated:
        keep(request)
        return redirect_to_login(found.get_absolute_url())
    action = request.POST.get("aktion", "")
    if action == POSITION:
        return _take_position(request, found, reader)
    if action in (CONFIRM, REJECT):
        return _settle(request, found, reader, action)
    if action == REMARK:
        return _remark(request, found, reader)
    raise Http404


def _participant(request: HttpRequest, reader: Reader) -> Participant:
    """The carrier in whose name the reader acts."""
    wanted = request.POST.get("traeger", "")
    participant = next((one for one in reader.led if str(one.pk) == wanted), None)
    if participant is None:
        raise Http404
    return participant


def _take_position(request: HttpRequest, found: Proposal, reader: Reader) -> HttpResponse:
    participant = _participant(request, reader)
    form = PositionForm(request.POST, participant=participant)
    if not form.is_valid():
        return _page(request, found, reader, refused=Refused(form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    read = _wording(found, form.cleaned_data["version"])
    said = form.cleaned_data
    try:
        voting.take_position(
            version=read, participant=participant, stance=said["stance"], reason=said["reason"], by=request.user
        )
    except ValidationError as error:
        form.add_error("reason", error)
        return _page(request, found, reader, refused=Refused(form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except voting.NewWordingError as error:
        return _asked_again(request, found, reader, form, str(error))
    except NotNowError as error:
        messages.error(request, str(error))
        now = find_proposal(found.pk, request.user)
        return _page(request, now, reader, refused=Refused(form, is_late=True), status=HTTPStatus.CONFLICT)
    messages.success(request, _("Gespeichert. Sie können Ihre Position ändern, solange die Frist läuft."))
    return redirect(f"{found.get_absolute_url()}#meine-position")


def _wording(found: Proposal, key: str) -> ProposalVersion:
    """The wording that the author read; one that nobody submitted counts as an old one."""
    submitted = found.versions.filter(submitted_at__isnull=False)
    read = submitted.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None  # noqa: PLR2004
    if read is None:
        raise Http404
    return read


def _asked_again(
    request: HttpRequest, found: Proposal, reader: Reader, form: PositionForm, sentence: str
) -> HttpResponse:
    """Show the new wording with what was typed about the old one, to be sent once more."""
    now = find_proposal(found.pk, request.user)
    data = request.POST.copy()
    data[form.add_prefix("version")] = str(now.current_id)
    messages.error(request, sentence)
    again = PositionForm(data, participant=form.participant)
    return _page(request, now, reader, refused=Refused(again), status=HTTPStatus.CONFLICT)


def _settle(request: HttpRequest, found: Proposal, reader: Reader, action: str) -> HttpResponse:
    """Confirm or reject what the staff entered on behalf of a carrier."""
    entered = Position.objects.filter(participant=_participant(request, reader), version=found.current_id).first()
    if entered is None:
        raise Http404
    try:
        if action == CONFIRM:
            voting.confirm_position(position=entered, by=request.user)
            messages.success(request, _("Bestätigt. Die Position Ihres Trägers zählt jetzt."))
        else:
            voting.reject_position(position=entered, by=request.user)
            messages.success(request, _("Zurückgewiesen. Diese Position zählt nicht."))
    except NotNowError as error:
        messages.error(request, str(error))
        return _page(request, find_proposal(found.pk, request.user), reader, status=HTTPStatus.CONFLICT)
    return redirect(f"{found.get_absolute_url()}#meine-position")


def _remark(request: HttpRequest, found: Proposal, reader: Reader) -> HttpResponse:
    form = remark_form(reader, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _page(request, found, reader, remark=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    try:
        written = voting.remark(
            proposal=found,
            text=said["text"],
            participant=form.speaks_as,
            is_internal=said.get("is_internal", False),
            token=said["token"],
            by=request.user,
        )
    except ValidationError as error:
        form.add_error("text", error)
        return _page(request, found, reader, remark=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except NotNowError as error:
        form.add_error(None, str(error))
        return _page(request, found, reader, remark=form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Gespeichert."))
    return redirect(f"{found.get_absolute_url()}#beitrag-{written.pk}")


def _reopened(request: HttpRequest, found: Proposal, reader: Reader, sent: Any) -> HttpResponse:
    """Show what somebody wrote whose session had ended."""
    if sent.get("aktion") == REMARK:
        return _page(request, found, reader, remark=remark_form(reader, sent))
    participant = next((one for one in reader.led if str(one.pk) == sent.get("traeger")), None)
    refused = Refused(PositionForm(sent, participant=participant)) if participant else None
    return _page(request, found, reader, refused=refused)
