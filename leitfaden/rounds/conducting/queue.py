"""The review queue of a round: what waits, the oldest first."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leitfaden.rounds.cards import flags_of
from leitfaden.rounds.conducting.access import for_conductors, the_round
from leitfaden.rounds.models import OPEN, Proposal, ProposalState, ProposedChange, Round
from leitfaden.rounds.wording import Weighing
from vielfalt.listings.paging import PublicPaginator

A_PAGE = 30

_SETTLED = (ProposalState.REFUSED, ProposalState.MERGED, ProposalState.WITHDRAWN, ProposalState.DECIDED)
TABS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "": (_("warten"), (ProposalState.SUBMITTED,)),
    "rueckfrage": (_("Rückfrage gestellt"), (ProposalState.QUESTION,)),
    "unbestaetigt": (_("noch nicht bestätigt"), (ProposalState.UNCONFIRMED,)),
    "zugelassen": (_("zugelassen"), (ProposalState.ADMITTED,)),
    "fertig": (_("abgeschlossen"), (*_SETTLED, ProposalState.CARRIED)),
}
"""What the queue shows, by what stands in the address."""


@dataclass(frozen=True)
class Tab:
    slug: str
    label: Any
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """A proposal in the queue."""

    proposal: Proposal
    rivals: int
    """How many proposals, this one included, are about the same passage; 0: nobody else's."""

    @property
    def changes(self) -> list[ProposedChange]:
        return list(self.proposal.current.changes.all()) if self.proposal.current else []

    @property
    def flags(self) -> list[Weighing]:
        """What weighs of its changes."""
        return flags_of(self.changes)


@for_conductors
@require_safe
def review_queue(request: HttpRequest, number: int) -> HttpResponse:
    """What waits for the staff, or another part of the round's proposals, perhaps with some words in them."""
    round_ = the_round(number)
    chosen, words = request.GET.get("zeige", ""), request.GET.get("q", "").replace("\x00", "").strip()
    chosen = chosen if chosen in TABS else ""
    listed = in_order(round_, TABS[chosen][1])
    page = PublicPaginator(listed.search(words) if words else listed, A_PAGE).get_page(request.GET.get("seite"))
    touched = touches(round_)
    context = {
        "round": round_,
        "tabs": _tabs(round_, chosen),
        "chosen": chosen,
        "words": words,
        "page": page,
        "rows": [Row(one, _rivals(one, touched)) for one in page],
    }
    return render(request, "rounds/conducting/queue.html", context)


def in_order(round_: Round, states: tuple[str, ...]) -> QuerySet[Proposal]:
    """Return a round's proposals in these states, those that have waited longest first."""
    found: QuerySet[Proposal] = Proposal.objects.filter(round=round_, state__in=states)
    return found.for_cards().order_by("current__submitted_at", "pk")


def _tabs(round_: Round, chosen: str) -> list[Tab]:
    counts = {slug or "warten": Count("pk", filter=Q(state__in=states)) for slug, (_label, states) in TABS.items()}
    numbers = Proposal.objects.filter(round=round_).order_by().aggregate(**counts)
    return [Tab(slug, label, numbers[slug or "warten"], slug == chosen) for slug, (label, _states) in TABS.items()]


def touches(round_: Round) -> Counter[Any]:
    """Return how many open proposals of a round are about each passage, in one query."""
    changes = ProposedChange.objects.filter(
        version__proposal__round=round_,
        version__proposal__state__in=OPEN,
        version__proposal__current=F("version"),
        block__isnull=False,
    )
    return Counter(changes.order_by().values_list("block", flat=True))


def _rivals(proposal: Proposal, touched: Counter[Any]) -> int:
    """How many proposals, this one included, are about the passage that most are about; 0: nobody else."""
    if proposal.current is None or proposal.state not in OPEN:
        return 0
    most = max((touched[change.block_id] for change in proposal.current.changes.all()), default=0)
    return most if most > 1 else 0
