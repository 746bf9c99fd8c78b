"""The proposals of a round: by state, passage and weight, by words, and those that wait for one's position."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leitfaden.rounds.cards import Card, cards_of, with_authors
from leitfaden.rounds.models import Participant, Proposal, ProposalState, Round
from leitfaden.rounds.permissions import conducts
from leitfaden.rounds.reading.finding import carriers_of_user, find_round
from leitfaden.rounds.wording import Weighing
from leitfaden.trees import Node, Tree, load_tree
from vielfalt.listings.paging import PublicPaginator

PROPOSALS_A_PAGE = 20
LONGEST_QUESTION = 100
LONGEST_NUMBER = 9
PAGE = "seite"

STATES: dict[str, Any] = {
    "zugelassen": (_("Zur Diskussion"), [ProposalState.ADMITTED]),
    "entschieden": (_("Entschieden"), [ProposalState.DECIDED]),
    "mitgenommen": (_("In die nächste Runde mitgenommen"), [ProposalState.CARRIED]),
    "zusammengefuehrt": (_("Mit anderen zusammengeführt"), [ProposalState.MERGED]),
}
"""What everybody may ask for. The word in the address, its label, and the states it stands for."""

INTERNAL: dict[str, Any] = {
    "unbestaetigt": (_("Wartet auf Bestätigung"), [ProposalState.UNCONFIRMED]),
    "eingereicht": (_("Eingereicht, noch nicht zugelassen"), [ProposalState.SUBMITTED]),
    "rueckfrage": (_("Rückfrage"), [ProposalState.QUESTION]),
    "nicht-zugelassen": (_("Nicht zugelassen"), [ProposalState.REFUSED]),
    "zurueckgezogen": (_("Zurückgezogen"), [ProposalState.WITHDRAWN]),
}
"""What besides only carriers see of their own proposals, and the staff of all."""

ANY_WEIGHT = "alle"
MINE = "offen"


@dataclass
class Question:
    """What somebody wants to see of a round's proposals. What makes no sense is left out, never an error."""

    round: Round
    tree: Tree
    led: list[Participant]
    sees_internal: bool
    words: str = ""
    state: str = ""
    anchor: str = ""
    weight: str = ""
    position: str = ""
    chosen: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, data: Any, **about: Any) -> "Question":
        question = cls(**about)
        question.words = data.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
        question.state = data.get("stand", "") if data.get("stand", "") in question.states else ""
        question.anchor = data.get("absatz", "").strip().lower()
        if question.anchor not in question.tree.by_anchor:
            question.anchor = ""
        question.weight = data.get("wiegt", "") if data.get("wiegt", "") in (ANY_WEIGHT, *Weighing.values) else ""
        question.position = MINE if about["led"] and data.get("position") == MINE else ""
        return question

    @property
    def states(self) -> dict[str, Any]:
        return {**STATES, **INTERNAL} if self.sees_internal else STATES

    @property
    def node(self) -> Node | None:
        """The passage whose proposals are asked for, with all below it."""
        return self.tree.by_anchor.get(self.anchor)

    @property
    def is_about_all(self) -> bool:
        return not (self.words or self.state or self.anchor or self.weight or self.position)

    @property
    def places(self) -> list[Node]:
        """Chapters and modules, and the passage asked for where it is another."""
        node = self.node
        return [*self.tree.chapters, *([node] if node and node not in self.tree.chapters else [])]

    @property
    def weights(self) -> list[tuple[str, Any]]:
        return [(ANY_WEIGHT, _("Irgendetwas davon")), *Weighing.choices]

    def narrow(self, proposals: Any) -> Any:
        """Return those of some proposals that are asked for, as far as the database can tell."""
        if self.words.isdecimal() and len(self.words) <= LONGEST_NUMBER:
            proposals = proposals.filter(number=int(self.words))
        elif self.words:
            proposals = proposals.search(self.words)
        if self.state:
            proposals = proposals.filter(state__in=self.states[self.state][1])
        if self.node:
            proposals = proposals.within([node.id for node in self.node.walk()])
        if self.position:
            proposals = proposals.awaiting_position_of(self.led, self.round)
        return proposals

    def weighs(self, proposal: Proposal) -> bool:
        """Whether a proposal changes what is asked for: only comparing the wordings tells."""
        changes = proposal.current.changes.all() if proposal.current else []
        kinds = {weight.kind for change in changes for weight in change.weights}
        return bool(kinds) if self.weight == ANY_WEIGHT else self.weight in kinds


@never_cache
@require_safe
def proposals(request: HttpRequest, number: int) -> HttpResponse:
    """The proposals of a round that one may read."""
    round_ = find_round(number, request.user)
    tree = load_tree(round_.base)
    led, worked_for = carriers_of_user(round_, request.user)
    sees_internal = bool(worked_for) or conducts(request.user)
    question = Question.read(request.GET, round=round_, tree=tree, led=led, sees_internal=sees_internal)
    readable = Proposal.objects.visible_to(request.user).filter(round=round_).submitted()
    found = with_authors(question.narrow(readable)).order_by("number")
    rows = [one for one in found if question.weighs(one)] if question.weight else found
    page = PublicPaginator(rows, PROPOSALS_A_PAGE).get_page(request.GET.get(PAGE))
    cards: list[Card] = cards_of(round_, list(page.object_list), tree, request.user, led)
    context = {"round": round_, "question": question, "page": page, "cards": cards, "total": page.paginator.count}
    return render(request, "rounds/reading/proposals.html", context)
