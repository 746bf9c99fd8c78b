"""Positions that came on paper, entered for one carrier in one go."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from leitfaden.editing.forms import Words
from leitfaden.rounds import voting
from leitfaden.rounds.conducting.access import for_conductors, the_round
from leitfaden.rounds.models import Participant, Position, Proposal, ProposalState, ProposalVersion, Round, Stance
from leitfaden.rounds.moves import NotNowError
from vielfalt.accounts.models import User
from vielfalt.listings import editing

_STANCE = re.compile(r"v(\d{1,18})-stance")


class PositionForm(forms.Form):
    """How the carrier stands to one proposal; nothing chosen is nothing said."""

    stance = forms.ChoiceField(
        label=gettext_lazy("Position"),
        choices=Stance,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "kern-form-check__radio"}),
    )
    reason = Words(label=gettext_lazy("Begründung"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)


@dataclass
class Row:
    """A proposal with the carrier's position on it."""

    proposal: Proposal
    known: Position | None
    form: PositionForm | None
    """``None`` where the carrier has said itself how it stands."""

    @property
    def is_unconfirmed(self) -> bool:
        return self.known is not None and not self.known.is_confirmed

    @property
    def is_new(self) -> bool:
        """Whether the paper says something that was not entered before."""
        if self.form is None or not self.form.is_valid():
            return False
        said = (self.form.cleaned_data["stance"], self.form.cleaned_data["reason"].strip())
        return bool(said[0]) and said != ((self.known.stance, self.known.reason) if self.known else None)

    @property
    def has_errors(self) -> bool:
        return self.form is not None and bool(self.form.errors)


@for_conductors
@require_http_methods(["GET", "HEAD", "POST"])
def enter_positions(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """All proposals on which positions can be taken, for one carrier; saved together or not at all."""
    round_ = the_round(number)
    participant = get_object_or_404(Participant, round=round_, pk=pk)
    if request.method != "POST":
        return _show(request, round_, participant, _rows(round_, participant, editing.kept(request)))
    rows = _rows(round_, participant, request.POST)
    entered, is_late = _enter(rows, participant, request.user)
    if any(row.has_errors for row in rows):
        status = HTTPStatus.CONFLICT if is_late else HTTPStatus.UNPROCESSABLE_ENTITY
        return _show(request, round_, participant, rows, status=status)
    if not entered:
        messages.info(request, _("Sie haben nichts Neues eingetragen."))
        return redirect(request.path)
    sentence = ngettext(
        "{number} Position ist eingetragen. Sie zählt, sobald der Träger sie bestätigt.",
        "{number} Positionen sind eingetragen. Sie zählen, sobald der Träger sie bestätigt.",
        entered,
    )
    messages.success(request, sentence.format(number=entered))
    return redirect("rounds:on_behalf", number)


def _show(
    request: HttpRequest,
    round_: Round,
    participant: Participant,
    rows: list[Row],
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "round": round_,
        "participant": participant,
        "rows": rows,
        "mistakes": sum(row.has_errors for row in rows),
        "stances": Stance,
    }
    return render(request, "rounds/conducting/positions.html", context, status=status)


def _rows(round_: Round, participant: Participant, data: QueryDict | None) -> list[Row]:
    """Return a row for each proposal that is open to positions, and for those about which something was sent."""
    sent = _sent(data)
    found = Proposal.objects.filter(round=round_).submitted().for_cards().order_by("number", "pk")
    proposals = list(found.filter(Q(state=ProposalState.ADMITTED) | Q(pk__in=sent)))
    for proposal in proposals:
        # The round once, not once for each.
        proposal.round = round_
    shown = [one for one in proposals if one.pk in sent or voting.takes_positions(one)]
    known = {
        position.version_id: position
        for position in Position.objects.filter(participant=participant, version__in=[one.current_id for one in shown])
    }
    return [_row(one, known.get(one.current_id), data, is_sent=one.pk in sent) for one in shown]


def _sent(data: QueryDict | None) -> set[int]:
    """Return the proposals about which somebody chose a position."""
    keys = [_STANCE.fullmatch(key) for key, value in (data or QueryDict()).items() if value]
    return {int(match[1]) for match in keys if match}


def _row(proposal: Proposal, known: Position | None, data: QueryDict | None, *, is_sent: bool) -> Row:
    if known is not None and known.is_confirmed and not is_sent:
        return Row(proposal, known, None)
    entered = {"stance": known.stance, "reason": known.reason} if known else {}
    prefix = f"v{proposal.pk}"
    # What was admitted after the page was opened was not on it.
    own = data if data is not None and (is_sent or f"{prefix}-version" in data) else None
    form = PositionForm(own, prefix=prefix, initial={**entered, "version": proposal.current_id})
    return Row(proposal, known, form)


@transaction.atomic
def _enter(rows: list[Row], participant: Participant, by: User) -> tuple[int, bool]:
    """Enter all that is new, or nothing; return how much, and whether something came too late."""
    entered, is_late = 0, False
    for row in rows:
        if row.form is None or not row.is_new:
            continue
        try:
            _take(row.proposal, participant, row.form.cleaned_data, by)
        except NotNowError as error:
            row.form.add_error(None, str(error))
            is_late = True
        except ValidationError as error:
            row.form.add_error("reason", error)
        entered += 1
    if any(row.has_errors for row in rows):
        transaction.set_rollback(True)
    return entered, is_late


def _take(proposal: Proposal, participant: Participant, values: dict[str, Any], by: User) -> None:
    version = get_object_or_404(ProposalVersion, proposal=proposal, pk=values["version"])
    voting.take_position(
        version=version,
        participant=participant,
        stance=Stance(values["stance"]),
        reason=values["reason"],
        on_behalf=True,
        by=by,
    )
