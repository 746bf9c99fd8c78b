"""The page on which people see all that is theirs in the rounds of the Leitfaden."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leitfaden.rounds.models import Phase, Proposal, ProposalState
from leitfaden.rounds.states import OWNERS, TRANSITIONS, Side, out_of_phase, status
from leitfaden.rounds.writing.standing import Standing
from vielfalt.listings.editing import for_members
from vielfalt.listings.paging import PublicPaginator

PAGE, A_PAGE, MOST_ASKED = "seite", 30, 20


@dataclass(frozen=True)
class Row:
    """A proposal with where it stands and what its carrier can still do."""

    proposal: Proposal
    is_led: bool

    @property
    def status(self) -> str:
        return status(self.proposal)

    @property
    def turn(self) -> str:
        """Whose turn it is, in words."""
        owner = OWNERS[ProposalState(self.proposal.state)]
        return "" if owner == Side.NOBODY or not self._is_running else str(owner.label)

    @property
    def can_revise(self) -> bool:
        """Whether anybody of the team may write another wording."""
        return any(self._can(action) for action in ("revise", "reword"))

    @property
    def can_withdraw(self) -> bool:
        return self.is_led and self._can("withdraw")

    @property
    def _is_running(self) -> bool:
        return self.proposal.round.phase not in (Phase.CONCLUDED, Phase.CANCELLED)

    def _can(self, action: str) -> bool:
        transition = TRANSITIONS[action]
        return self.proposal.state in transition.sources and not out_of_phase(self.proposal, transition)


@for_members
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The running round, what waits, one's drafts and proposals."""
    standing = Standing(request.user)
    page = PublicPaginator(standing.proposals(), A_PAGE).get_page(request.GET.get(PAGE))
    led = {one.pk for one in standing.led}
    context: dict[str, Any] = {
        "standing": standing,
        "page": page,
        "rows": [Row(one, one.participant_id in led) for one in page],
        "asked": standing.asked[:MOST_ASKED],
        "more_asked": max(len(standing.asked) - MOST_ASKED, 0),
        "can_propose": standing.is_running and standing.phase == Phase.COLLECT and standing.carriers,
        "title": _("Mitschreiben am Leitfaden"),
    }
    return render(request, "rounds/writing/mine.html", context)
