"""The page on which the staff look at one proposal: compare, ask, admit, refuse, merge, recommend, note."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from leitfaden.editing.forms import Words
from leitfaden.outline import Outline
from leitfaden.rounds import reviewing, voting
from leitfaden.rounds.conducting.access import for_conductors, the_round
from leitfaden.rounds.conducting.queue import in_order
from leitfaden.rounds.fitting import Fit, fit
from leitfaden.rounds.models import Advice, Proposal, ProposalState, ProposalStep, ProposalVersion, Round, RoundState
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.scope import Scope
from leitfaden.rounds.showing import ShownChange, show
from leitfaden.rounds.similar import called_alike, rivals
from leitfaden.rounds.states import IMPROVING, TRANSITIONS, status, why_not
from leitfaden.trees import load_tree
from vielfalt.listings import editing

ACTION, SEEN = "aktion", "fassung"

DECISIONS = {"zulassen": "admit", "rueckfrage": "ask", "ablehnen": "refuse", "zusammenfuehren": "merge"}
"""What the buttons say, and what the core calls it."""

DONE = {
    "admit": gettext_lazy("Zugelassen. Alle können den Vorschlag jetzt lesen."),
    "ask": gettext_lazy("Die Frage ist beim Träger."),
    "refuse": gettext_lazy("Nicht zugelassen. Der Träger liest Ihre Begründung."),
    "merge": gettext_lazy("Zusammengeführt. Beide Träger sind als Urheber genannt."),
}
_MERGEABLE = (ProposalState.SUBMITTED, ProposalState.ADMITTED)


class DecisionForm(forms.Form):
    """What goes with a decision: words for the carrier, and which proposal to merge with."""

    reason = Words(
        label=gettext_lazy("Begründung oder Frage – der Träger liest sie"),
        help_text=gettext_lazy("Nötig, wenn Sie nachfragen, nicht zulassen oder zusammenführen."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    into = forms.ModelChoiceField(
        Proposal.objects.none(),
        label=gettext_lazy("Zusammenführen mit"),
        required=False,
        empty_label=gettext_lazy("Bitte wählen"),
    )


class AdviceForm(forms.Form):
    """What the staff recommend to all carriers."""

    prefix = "empfehlung"
    advice = forms.ChoiceField(
        label=gettext_lazy("Wir empfehlen, den Vorschlag"),
        choices=Advice,
        widget=forms.RadioSelect(attrs={"class": "kern-form-check__radio"}),
        error_messages={"required": gettext_lazy("Bitte wählen Sie, was Sie empfehlen.")},
    )
    reason = Words(
        label=gettext_lazy("Warum?"),
        help_text=gettext_lazy("Alle lesen das beim Vorschlag, sobald er zugelassen ist."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie eine Begründung.")},
    )


class NoteForm(forms.Form):
    """Something that only the staff read."""

    prefix = "notiz"
    text = Words(
        label=gettext_lazy("Notiz für die Redaktion"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Die Notiz ist leer.")},
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True)
class Compared:
    """A change, and the other proposals for its passage."""

    shown: ShownChange
    rivals: list[Proposal]

    @property
    def number(self) -> int:
        """How many proposals are for the passage, this one included."""
        return len(self.rivals) + 1


@dataclass
class Desk:
    """A proposal before the eyes of the staff, with all that they compare it with."""

    request: HttpRequest
    round: Round
    proposal: Proposal

    @property
    def current(self) -> ProposalVersion:
        current = self.proposal.current
        assert current is not None  # noqa: S101 - drafts do not come here
        return current

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.round)

    @cached_property
    def others(self) -> QuerySet[Proposal]:
        """What is open in the round beside this."""
        return Proposal.objects.filter(round=self.round).open().exclude(pk=self.proposal.pk)

    @cached_property
    def changes(self) -> list[Compared]:
        changes = self.current.changes.select_related("block", "seen__block", "parent", "after")
        by_passage = rivals(self.others, changes)
        shown = show(changes, self.scope.tree, self.request.user)
        return [Compared(one, by_passage.get(one.change.block_id, [])) for one in shown]

    @cached_property
    def alike(self) -> list[Proposal]:
        """Proposals about other passages that are called alike."""
        rivals = {rival for one in self.changes for rival in one.rivals}
        return [one for one in called_alike(self.others, self.current.title) if one not in rivals]

    @cached_property
    def targets(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """What it can be merged with, the likely ones first."""
        near = {rival.pk for one in self.changes for rival in one.rivals} | {one.pk for one in self.alike}
        rows = self.others.filter(state__in=_MERGEABLE).select_related("current", "participant").order_by("number")
        named = [(one.pk, f"{one}: {one.title} ({one.participant})") for one in rows]
        groups = [
            (_("Betrifft dasselbe oder heißt ähnlich"), [row for row in named if row[0] in near]),
            (_("Andere Vorschläge"), [row for row in named if row[0] not in near]),
        ]
        return [(label, rows_of_it) for label, rows_of_it in groups if rows_of_it]

    @cached_property
    def fit(self) -> Fit:
        """Whether the proposal still fits what the staff have edited since the round began."""
        head = self.round.document.head
        then = self.scope.outline
        now = then if head == self.round.base else Outline(load_tree(head))
        return fit([one.shown.change for one in self.changes], then, now)

    @cached_property
    def waiting(self) -> list[int]:
        return list(in_order(self.round, (ProposalState.SUBMITTED,)).values_list("pk", flat=True))

    def beside(self, step: int) -> int | None:
        """The proposal before (-1) or after (1) this one among those that wait."""
        if self.proposal.pk not in self.waiting:
            return self.waiting[0] if self.waiting and step > 0 else None
        at = self.waiting.index(self.proposal.pk) + step
        return self.waiting[at] if 0 <= at < len(self.waiting) else None

    def decision_form(self, data: Any = None) -> DecisionForm:
        form = DecisionForm(data)
        form.fields["into"].queryset = self.others.filter(state__in=_MERGEABLE)
        form.fields["into"].choices = [("", _("Bitte wählen")), *self.targets]
        return form

    def advice_form(self, data: Any = None) -> AdviceForm:
        known = getattr(self.current, "recommendation", None)
        return AdviceForm(data, initial={"advice": known.advice, "reason": known.reason} if known else None)

    def show(self, *, status: HTTPStatus = HTTPStatus.OK, problem: str = "", **more: Any) -> HttpResponse:
        waiting = self.waiting
        pk = self.proposal.pk
        remarks = list(self.proposal.remarks.select_related("author", "participant"))
        context = {
            "round": self.round,
            "desk": self,
            "proposal": self.proposal,
            "status": status_of(self.proposal),
            "fits": self.fit,
            "does_not_fit": self.fit == Fit.CONFLICT,
            "position": waiting.index(pk) + 1 if pk in waiting else 0,
            "number": len(waiting),
            "before": self.beside(-1),
            "after": self.beside(1),
            "steps": [(step, step_label(step), step.by) for step in self.proposal.steps.select_related("by")],
            "merged": self.proposal.merged.select_related("participant", "current", "round"),
            "public_remarks": [one for one in remarks if not one.is_internal],
            "notes": [one for one in remarks if one.is_internal],
            "may_recommend": self.proposal.state in _MERGEABLE and self.round.phase in IMPROVING,
            "may_note": self.round.state == RoundState.RUNNING,
            "refusals": {action: why_not(self.proposal, action, by=self.request.user) for action in DONE},
            "problem": problem,
            "decision": self.decision_form(),
            "advice": self.advice_form(),
            "note": NoteForm(initial={"token": uuid4()}),
            **more,
        }
        return render(self.request, "rounds/conducting/review.html", context, status=status)


def status_of(proposal: Proposal) -> str:
    if proposal.state == ProposalState.UNCONFIRMED:
        return _("Wartet auf die Bestätigung des Trägers")
    return status(proposal)


def step_label(step: ProposalStep) -> str:
    """What a step did, in words."""
    known = TRANSITIONS.get(step.action)
    return str(known.label) if known else _("Bedenken geäußert: gilt nicht mehr als nur sprachlich")


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Look at one proposal and decide what becomes of it."""
    round_ = the_round(number)
    readable = Proposal.objects.visible_to(request.user).submitted().filter(round=round_)
    proposal = get_object_or_404(
        readable.select_related(
            "participant", "current__recommendation", "author", "entered_by", "merged_into__current", "origin__round"
        ),
        pk=pk,
    )
    proposal.round = round_
    desk = Desk(request, round_, proposal)
    if request.method == "POST":
        return _take(desk)
    sent = editing.kept(request)
    if sent is None:
        return desk.show()
    messages.info(request, _("Ihre Eingaben sind noch da. Bitte speichern Sie sie jetzt."))
    return desk.show(**_typed(desk, sent))


def _typed(desk: Desk, data: Any) -> dict[str, Any]:
    """Return the form that was sent with what was typed into it."""
    match data.get(ACTION, ""):
        case "empfehlen":
            return {"advice": desk.advice_form(data)}
        case "notiz":
            return {"note": NoteForm(data)}
    return {"decision": desk.decision_form(data)}


def _take(desk: Desk) -> HttpResponse:
    """Do what the button says. Whatever comes of it, what was typed is still there."""
    post = desk.request.POST
    action = post.get(ACTION, "")
    acts: dict[str, Callable[[Desk], HttpResponse]] = {
        **dict.fromkeys(DECISIONS, _decide),
        "empfehlen": _recommend,
        "notiz": _note,
    }
    if action not in acts:
        raise Http404
    try:
        return acts[action](desk)
    except NotNowError as error:
        fresh = Proposal.objects.select_related("participant", "current__recommendation", "author", "entered_by")
        now = fresh.get(pk=desk.proposal.pk)
        now.round = desk.round
        again = Desk(desk.request, desk.round, now)
        return again.show(status=HTTPStatus.CONFLICT, problem=str(error), **_typed(again, post))


def _seen(desk: Desk) -> ProposalVersion | None:
    """Return the wording that the page showed; one that nobody has shown is none of this proposal."""
    text = desk.request.POST.get(SEEN, "")
    if not text.isdecimal():
        return None
    found: ProposalVersion = get_object_or_404(ProposalVersion, proposal=desk.proposal, pk=int(text))
    return found


def _decide(desk: Desk) -> HttpResponse:
    action = DECISIONS[desk.request.POST[ACTION]]
    form = desk.decision_form(desk.request.POST)
    following = desk.beside(1) if desk.proposal.pk in desk.waiting else None
    if not _has_done(desk, action) and not (form.is_valid() and _move(desk, action, form)):
        return desk.show(status=HTTPStatus.UNPROCESSABLE_ENTITY, decision=form)
    messages.success(desk.request, DONE[action])
    if following is None and (left := [pk for pk in desk.waiting if pk != desk.proposal.pk]):
        following = left[0]
    if following is None:
        return redirect("rounds:review_queue", desk.round.number)
    return redirect("rounds:review", desk.round.number, following)


def _has_done(desk: Desk, action: str) -> bool:
    """Whether the same person has just done the same: a button pressed twice."""
    last = desk.proposal.steps.order_by("-pk").first()
    is_there = desk.proposal.state == TRANSITIONS[action].target
    return last is not None and is_there and (last.action, last.by_id) == (action, desk.request.user.pk)


def _move(desk: Desk, action: str, form: DecisionForm) -> bool:
    """Decide; say at the field why that is not possible."""
    values: dict[str, Any] = {"proposal": desk.proposal, "reason": form.cleaned_data["reason"]}
    if action == "merge":
        values["into"] = form.cleaned_data["into"]
        if values["into"] is None:
            form.add_error("into", _("Bitte wählen Sie, mit welchem Vorschlag."))
            return False
    try:
        getattr(reviewing, action)(**values, seen=_seen(desk), by=desk.request.user)
    except ValidationError as error:
        form.add_error("into" if error.code == "merge" else "reason", error)
        return False
    return True


def _recommend(desk: Desk) -> HttpResponse:
    form = desk.advice_form(desk.request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            reviewing.recommend(
                version=_seen(desk) or desk.current,
                advice=Advice(values["advice"]),
                reason=values["reason"],
                by=desk.request.user,
            )
        except ValidationError as error:
            form.add_error("reason", error)
        else:
            messages.success(desk.request, _("Die Empfehlung ist gespeichert."))
            return redirect(desk.request.path)
    return desk.show(status=HTTPStatus.UNPROCESSABLE_ENTITY, advice=form)


def _note(desk: Desk) -> HttpResponse:
    form = NoteForm(desk.request.POST)
    if form.is_valid():
        text, token = form.cleaned_data["text"], form.cleaned_data["token"]
        try:
            _keep_note(desk, text, token)
        except ValidationError as error:
            form.add_error("text", error)
        else:
            messages.success(desk.request, _("Die Notiz ist gespeichert."))
            return redirect(desk.request.path)
    return desk.show(status=HTTPStatus.UNPROCESSABLE_ENTITY, note=form)


def _keep_note(desk: Desk, text: str, token: UUID | None) -> None:
    voting.remark(proposal=desk.proposal, text=text, is_internal=True, token=token, by=desk.request.user)
