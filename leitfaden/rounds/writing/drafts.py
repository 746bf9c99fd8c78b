"""The page of a draft: everything it changes, what it is about, and the way to submit it."""

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitfaden.editing.blocks import ACTION
from leitfaden.editing.drafts import wants_json
from leitfaden.rounds import proposing
from leitfaden.rounds.models import Operation, Proposal, ProposalState, ProposalStep, ProposalVersion, ProposedChange
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.proposing import DraftMovedError
from leitfaden.rounds.showing import ShownChange
from leitfaden.rounds.similar import overlapping, touched_by
from leitfaden.rounds.writing.access import Hand, own_proposal
from leitfaden.rounds.writing.desks import Desk, at_a_desk
from leitfaden.rounds.writing.forms import AboutForm
from leitfaden.rounds.writing.sheets import MARK, WORDINGS
from vielfalt.listings.editing import for_members, kept

CHANGE, ON = "aenderung", "weiter"
"""The names in forms of a change, and of the button that leads to submitting."""


@dataclass(frozen=True)
class Row:
    """A change as its draft shows it."""

    shown: ShownChange
    edit: str

    @property
    def change(self) -> ProposedChange:
        return self.shown.change

    @property
    def is_stale(self) -> bool:
        """Whether the passage says something else now than what the author saw, or is gone."""
        if self.change.operation == Operation.INSERT:
            return False
        return self.shown.node is None or self.shown.node.version.pk != self.change.seen_id


@dataclass
class Sheet:
    """A draft with all that its page shows."""

    desk: Desk
    hand: Hand
    draft: ProposalVersion

    @property
    def proposal(self) -> Proposal:
        return self.hand.proposal

    @property
    def is_new(self) -> bool:
        """Whether nothing of this proposal has been submitted yet."""
        return self.proposal.current_id is None

    @cached_property
    def changes(self) -> list[ProposedChange]:
        return list(self.draft.changes.select_related("seen__block", "block", "parent", "after"))

    @cached_property
    def rows(self) -> list[Row]:
        shown = [ShownChange(change, self.desk.tree) for change in self.changes]
        return [Row(one, self._address(one)) for one in shown]

    def _address(self, shown: ShownChange) -> str:
        """Where one goes on with a change; empty where its passage is gone."""
        if shown.change.new_block:
            return self.desk.address("rewrite", new=shown.change.new_block)
        if shown.node is None:
            return ""
        if shown.operation in WORDINGS:
            return self.desk.address("write", anchor=shown.anchor)
        word = {Operation.REMOVE: "streichen", Operation.MOVE: "verschieben"}[shown.operation]
        return self.desk.address("operate", anchor=shown.anchor, operation=word)

    @property
    def weighty(self) -> list[ProposedChange]:
        """The changes that are more than language."""
        return [change for change in self.changes if change.operation != Operation.REPLACE or change.weights]

    @cached_property
    def overlaps(self) -> list[Proposal]:
        return overlapping(self.desk.others, touched_by(self.changes, self.desk.tree))

    @property
    def action(self) -> str:
        """How the move is called with which this draft is submitted."""
        if self.is_new:
            return "enter" if self.hand.is_on_behalf else "submit"
        return "reword" if self.proposal.state == ProposalState.ADMITTED else "revise"

    @property
    def may_submit(self) -> bool:
        return self.hand.is_speaker or (self.hand.is_on_behalf and self.is_new)

    @property
    def question(self) -> ProposalStep | None:
        return question_to(self.proposal)

    @property
    def leaders(self) -> list[str]:
        """Whom to ask to submit this."""
        organisation: Any = self.proposal.participant.organisation
        teams = organisation.teams if organisation else []
        return sorted({str(one.user) for team in teams for one in team.managers().select_related("user")})

    def about(self, data: Any = None) -> AboutForm:
        initial = {
            "title": self.draft.title,
            "reason": self.draft.reason,
            "is_editorial": self.proposal.is_editorial,
            "names_author": self.proposal.names_author,
        }
        is_author = self.hand.is_author and not self.hand.is_on_behalf
        return AboutForm(data, initial=initial, is_new=self.is_new, is_author=is_author)

    def show(self, form: AboutForm, *, status: HTTPStatus = HTTPStatus.OK, **more: Any) -> HttpResponse:
        mark = form.data.get(MARK, "") if form.is_bound else self.draft.mark
        context = {"sheet": self, "desk": self.desk, "form": form, "mark": mark, **more}
        return render(self.desk.request, "rounds/writing/draft.html", context, status=status)


def question_to(proposal: Proposal) -> ProposalStep | None:
    """Return the question that a proposal waits for an answer to."""
    if proposal.state != ProposalState.QUESTION:
        return None
    return proposal.steps.filter(action="ask").last()


def sheet_at(desk: Desk) -> Sheet | None:
    """Return the draft, if there still is one."""
    return Sheet(desk, desk.hand, desk.draft) if desk.hand and desk.draft else None


def nothing_to_write(request: HttpRequest) -> HttpResponse:
    """Say that somebody has submitted the draft: a colleague, or the first of two clicks."""
    messages.info(request, _("Diese Fassung ist eingereicht und ändert sich nicht mehr."))
    return redirect("rounds:mine")


@at_a_desk("draft")
def draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything about a draft, with what it is about and why."""
    sheet = sheet_at(desk)
    if sheet is None:
        return nothing_to_write(request)
    if request.method == "POST":
        return _describe(sheet)
    if (sent := kept(request)) is not None:
        messages.info(request, _("Ihre Eingaben sind noch da. Bitte sichern Sie sie jetzt."))
        return sheet.show(sheet.about(sent))
    return sheet.show(sheet.about())


def _describe(sheet: Sheet) -> HttpResponse:
    request = sheet.desk.request
    form = sheet.about(request.POST)
    if not form.is_valid():
        return _refuse(sheet, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        described = proposing.describe(
            proposal=sheet.proposal,
            title=form.cleaned_data["title"],
            reason=form.cleaned_data["reason"],
            names_author=form.cleaned_data.get("names_author", sheet.proposal.names_author),
            is_editorial=form.cleaned_data.get("is_editorial", sheet.proposal.is_editorial),
            mark=request.POST.get(MARK, ""),
            by=request.user,
        )
    except DraftMovedError as moved:
        return _show_clash(sheet, form, moved)
    except NotNowError as refusal:
        form.add_error(None, str(refusal))
        return _refuse(sheet, form, HTTPStatus.CONFLICT)
    if wants_json(request):
        said = _("Gesichert um {time} Uhr.").format(time=time_format(timezone.localtime()))
        return JsonResponse({"message": said, "values": {MARK: described.mark}})
    if request.POST.get(ACTION) != ON:
        messages.success(request, _("Gesichert. Alle in Ihrem Team sehen diesen Entwurf."))
        return redirect(sheet.desk.address("draft"))
    return _go_on(sheet, form)


def _go_on(sheet: Sheet, form: AboutForm) -> HttpResponse:
    """Lead to submitting, or say all that is missing."""
    request = sheet.desk.request
    hand = own_proposal(request.user, sheet.proposal.pk)
    try:
        proposing.check_whole(hand.proposal)
    except ValidationError as error:
        for name, errors in error.update_error_dict({}).items():
            form.add_error(name if name in form.fields else None, errors)
        fresh = Sheet(Desk(request, hand.proposal.round, hand.proposal.participant, hand), hand, sheet.draft)
        fresh.draft.refresh_from_db()
        return fresh.show(form, status=HTTPStatus.UNPROCESSABLE_ENTITY, mark=fresh.draft.mark)
    return redirect(sheet.desk.address("submit"))


def _refuse(sheet: Sheet, form: AboutForm, status: HTTPStatus) -> HttpResponse:
    if not wants_json(sheet.desk.request):
        return sheet.show(form, status=status)
    sentences = [sentence for errors in form.errors.values() for sentence in errors]
    return JsonResponse({"message": " ".join(sentences)}, status=status)


def _show_clash(sheet: Sheet, form: AboutForm, moved: DraftMovedError) -> HttpResponse:
    """Show what a colleague has written meanwhile beside one's own; who saves again has seen both."""
    if wants_json(sheet.desk.request):
        sentence = _("Jemand aus Ihrem Team hat hier gerade etwas anderes geschrieben. „Sichern“ zeigt Ihnen beides.")
        return JsonResponse({"message": sentence}, status=HTTPStatus.CONFLICT)
    mark = moved.theirs.mark if moved.theirs else ""
    return sheet.show(form, status=HTTPStatus.CONFLICT, theirs=moved.theirs, mark=mark)


@for_members
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a change out of a draft, as its reader saw it."""
    hand = own_proposal(request.user, pk)
    number = request.POST.get(CHANGE, "")
    found = ProposedChange.objects.filter(version__proposal=hand.proposal, version__submitted_at=None)
    change = found.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None  # noqa: PLR2004 - a bigint
    if change is None:
        messages.info(request, _("Diese Änderung ist nicht mehr im Entwurf."))
        return redirect("rounds:draft", pk=pk)
    try:
        proposing.drop_change(proposal=hand.proposal, change=change, mark=request.POST.get(MARK, ""), by=request.user)
    except DraftMovedError:
        messages.warning(request, _("Nicht weggelassen: Jemand aus Ihrem Team hat die Änderung gerade bearbeitet."))
    except NotNowError as refusal:
        messages.error(request, str(refusal))
        return redirect("rounds:mine")
    else:
        messages.success(request, _("Die Änderung ist aus dem Entwurf genommen."))
    return redirect("rounds:draft", pk=pk)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then delete a draft."""
    hand = own_proposal(request.user, pk)
    draft = proposing.draft_of(hand.proposal)
    if draft is None:
        return nothing_to_write(request)
    if request.method == "POST":
        try:
            proposing.discard(proposal=hand.proposal, by=request.user)
        except Proposal.DoesNotExist:
            raise Http404 from None
        except NotNowError:
            return nothing_to_write(request)
        messages.success(request, _("Der Entwurf ist verworfen."))
        return redirect("rounds:mine")
    number = draft.changes.count()
    return render(request, "rounds/writing/discard.html", {"hand": hand, "draft": draft, "number": number})
