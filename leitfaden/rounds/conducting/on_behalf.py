"""What came on paper or at a workshop: the staff enter it for a carrier, which then confirms it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from leitfaden.editing.forms import Words
from leitfaden.editing.forms import initial as wording_of
from leitfaden.models import Kind
from leitfaden.rounds import proposing
from leitfaden.rounds.conducting.access import for_conductors, the_round
from leitfaden.rounds.conducting.forms import add_refusal
from leitfaden.rounds.models import Operation, Participant, Proposal, ProposalState, Round, RoundState
from leitfaden.rounds.moves import NotNowError, clean_reason
from leitfaden.rounds.scope import Scope
from leitfaden.rounds.states import TRANSITIONS, out_of_phase
from leitfaden.rounds.writing.forms import WordingForm
from leitfaden.trees import Node
from vielfalt.listings import editing

OPERATIONS = {
    Operation.REPLACE: gettext_lazy("anders schreiben"),
    Operation.INSERT: gettext_lazy("einen neuen Absatz dahinter einfügen"),
    Operation.REMOVE: gettext_lazy("streichen"),
}
"""What a sheet of paper asks for, in its words."""


class ChoosingForm(forms.Form):
    """Whose proposal it is, and about which passage."""

    participant = forms.ModelChoiceField(
        Participant.objects.none(), label=gettext_lazy("Für welchen Träger?"), empty_label=gettext_lazy("Bitte wählen")
    )
    code = Words(
        label=gettext_lazy("Code des Absatzes"),
        help_text=gettext_lazy("Er steht auf dem Papier am Rand, zum Beispiel: k7m2"),
        max_length=12,
    )
    operation = forms.ChoiceField(
        label=gettext_lazy("Was soll mit ihm geschehen?"),
        choices=OPERATIONS.items(),
        widget=forms.RadioSelect(attrs={"class": "kern-form-check__radio"}),
        initial=Operation.REPLACE,
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.node: Node | None = None
        self.fields["participant"].queryset = scope.round.participants.all()

    def clean_code(self) -> str:
        # On paper people write "#K7M2 ".
        code: str = self.cleaned_data["code"].strip().lstrip("#").lower()
        self.node = self.scope.tree.by_anchor.get(code)
        if self.node is None:
            raise ValidationError(_("Diesen Code gibt es im Text dieser Runde nicht. Bitte prüfen Sie ihn."))
        if not self.scope.is_open(self.node.id):
            raise ValidationError(_("Dieser Absatz steht in dieser Runde nicht zur Diskussion."))
        return code


class AboutForm(forms.Form):
    """What a proposal is called and why it is made."""

    prefix = "vorschlag"
    title = Words(label=gettext_lazy("Kurz gesagt"), max_length=200)
    reason = Words(label=gettext_lazy("Begründung des Trägers"), widget=forms.Textarea(attrs={"rows": 4}))
    is_editorial = forms.BooleanField(
        label=gettext_lazy("Nur sprachlich"),
        help_text=Proposal._meta.get_field("is_editorial").help_text,
        required=False,
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)


@for_conductors
@require_safe
def on_behalf(request: HttpRequest, number: int) -> HttpResponse:
    """All carriers of a round, each with what can be entered for it and what it still has to confirm."""
    round_ = the_round(number)
    unconfirmed = Q(proposals__state=ProposalState.UNCONFIRMED)
    participants = round_.participants.annotate(
        proposals_waiting=Count("proposals", filter=unconfirmed, distinct=True),
        positions_waiting=Count("positions", filter=Q(positions__is_confirmed=False), distinct=True),
    )
    context = {"round": round_, "participants": participants, "why_not": _why_not(round_)}
    return render(request, "rounds/conducting/on_behalf.html", context)


def _why_not(round_: Round) -> str:
    """Return why proposals cannot be entered at this moment; empty when they can."""
    return out_of_phase(Proposal(round=round_), TRANSITIONS["enter"]) if round_.state != RoundState.PLANNED else ""


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def enter_proposal(request: HttpRequest, number: int) -> HttpResponse:
    """Enter a proposal about one passage: first which, then what it is to say."""
    round_ = the_round(number)
    scope = Scope(round_)
    data = request.POST if request.method == "POST" else editing.kept(request)
    asked = data or (request.GET if "code" in request.GET else None)
    choosing = ChoosingForm(asked, scope=scope, initial={"participant": request.GET.get("participant", "")})
    sheet = Sheet(request, round_, choosing)
    if asked is None or not choosing.is_valid():
        is_mistaken = request.method == "POST"
        return sheet.show(status=HTTPStatus.UNPROCESSABLE_ENTITY if is_mistaken else HTTPStatus.OK)
    sheet.fill(data)
    return sheet.take() if request.method == "POST" else sheet.show()


@dataclass
class Sheet:
    """A sheet of paper on its way into the portal."""

    request: HttpRequest
    round: Round
    choosing: ChoosingForm
    about: AboutForm | None = None
    wording: WordingForm | None = None

    @property
    def operation(self) -> str:
        return str(self.choosing.cleaned_data["operation"])

    @property
    def node(self) -> Node:
        node = self.choosing.node
        assert node is not None  # noqa: S101 - only after the code was found
        return node

    @property
    def kind(self) -> Kind:
        """What the passage is whose wording is entered."""
        return Kind.TEXT if self.operation == Operation.INSERT else self.node.kind

    def fill(self, data: Any) -> None:
        """Prepare the second step, with what was sent if anything was."""
        sent = data if data is not None and "vorschlag-title" in data else None
        self.about = AboutForm(sent, initial={"token": uuid4()})
        if self.operation == Operation.REMOVE:
            return
        seen = self.node.version if self.operation == Operation.REPLACE else None
        # A wording that was not sent yet begins with what stands there.
        shown = None if sent is not None else wording_of(seen)
        self.wording = WordingForm(sent, kind=self.kind, seen=seen, initial=shown)

    def show(self, *, status: HTTPStatus = HTTPStatus.OK, problem: str = "") -> HttpResponse:
        context = {
            "round": self.round,
            "sheet": self,
            "choosing": self.choosing,
            "about": self.about,
            "form": self.wording or self.choosing,
            "wording": self.wording,
            "problem": problem,
            "why_not": _why_not(self.round),
        }
        return render(self.request, "rounds/conducting/enter_proposal.html", context, status=status)

    def take(self) -> HttpResponse:
        """Enter the proposal, or show what stands in the way with all that was typed."""
        about, wording = self.about, self.wording
        assert about is not None  # noqa: S101 - ``fill`` came before
        if not about.is_bound:
            return self.show()
        are_valid = [form.is_valid() for form in (about, wording) if form is not None]
        if not all(are_valid):
            return self.show(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        participant, token = self.choosing.cleaned_data["participant"], about.cleaned_data["token"]
        before = self._entered_before(token)
        if before is None or not self._says_the_same(before, participant, about):
            try:
                # Who went back in the browser to write another one, brings the first one's token along.
                self._enter(participant, about, token=None if before else token)
            except NotNowError as error:
                return self.show(status=HTTPStatus.CONFLICT, problem=str(error))
            except ValidationError as error:
                add_refusal(about, error)
                return self.show(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        sentence = _("Eingetragen für {name}. Der Vorschlag zählt, sobald der Träger ihn bestätigt.")
        messages.success(self.request, sentence.format(name=participant.name))
        return redirect("rounds:on_behalf", self.round.number)

    def _entered_before(self, token: UUID | None) -> Proposal | None:
        mine = Proposal.objects.filter(entered_by=self.request.user).submitted().select_related("current")
        return mine.filter(token=token).first() if token else None

    def _says_the_same(self, before: Proposal, participant: Participant, about: AboutForm) -> bool:
        """Whether the same sheet was sent before: a button pressed twice."""
        assert before.current is not None  # noqa: S101 - submitted proposals have a wording
        [change] = before.current.changes.all()
        title, reason = " ".join(about.cleaned_data["title"].split()), clean_reason(about.cleaned_data["reason"])
        said = (participant, title, reason, self.wording.content if self.wording else None)
        return said == (before.participant, before.title, before.current.reason, change.content)

    @transaction.atomic
    def _enter(self, participant: Participant, about: AboutForm, *, token: UUID | None) -> None:
        by, values = self.request.user, about.cleaned_data
        draft = proposing.begin(round_=self.round, participant=participant, token=token, by=by)
        proposing.describe(
            proposal=draft,
            title=values["title"],
            reason=values["reason"],
            names_author=False,
            is_editorial=values["is_editorial"],
            by=by,
        )
        seen, content = self.node.version, self.wording.content if self.wording else None
        match self.operation:
            case Operation.REMOVE:
                proposing.keep_removal(proposal=draft, seen=seen, by=by)
            case Operation.INSERT:
                inside = self.node.is_heading
                parent = self.node if inside else self.node.parent
                proposing.keep_insertion(
                    proposal=draft,
                    kind=Kind.TEXT,
                    content=content,
                    parent=parent and parent.block,
                    after=None if inside else self.node.block,
                    by=by,
                )
            case _:
                proposing.keep_wording(proposal=draft, seen=seen, content=content, by=by)
        proposing.enter(proposal=draft, scope=self.choosing.scope, by=by)
