"""Where somebody writes: in a draft of a carrier, or in one that the first change will begin."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leitfaden.rounds import proposing
from leitfaden.rounds.models import Participant, Phase, Proposal, ProposalVersion, ProposedChange, Round
from leitfaden.rounds.scope import Scope
from leitfaden.rounds.showing import ShownChange
from leitfaden.rounds.writing.access import Hand, drafts_of, own_carriers, own_proposal, the_round
from leitfaden.trees import Tree
from vielfalt.accounts.permissions import lacks_second_factor
from vielfalt.listings.editing import for_members

FOR, IN, TOKEN = "fuer", "entwurf", "beginn"
"""The names in addresses and forms of the carrier, of the draft, and of what makes a double click begin one draft."""

type View = Callable[..., HttpResponse]


@dataclass
class Desk:
    """A draft, or the carrier for which one will be begun."""

    request: HttpRequest
    round: Round
    participant: Participant
    hand: Hand | None = None
    token: UUID | None = None

    @property
    def proposal(self) -> Proposal | None:
        return self.hand.proposal if self.hand else None

    @cached_property
    def draft(self) -> ProposalVersion | None:
        return proposing.draft_of(self.proposal) if self.proposal else None

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.round)

    @property
    def tree(self) -> Tree:
        return self.scope.tree

    @property
    def others(self) -> QuerySet[Proposal]:
        """What else is open in the round, as far as one may read it."""
        found = Proposal.objects.visible_to(self.request.user).filter(round=self.round).open()
        return found.exclude(pk=self.proposal.pk) if self.proposal else found

    @property
    def is_late(self) -> bool:
        """Whether a new proposal cannot be submitted any more. Its draft can still be written."""
        is_new = self.proposal is None or self.proposal.current_id is None
        return is_new and self.round.phase != Phase.COLLECT

    def address(self, name: str, **names: Any) -> str:
        """The address of a page in this draft; before it begins, with the carrier that was chosen."""
        found = address(name, self.proposal, **names)
        is_chosen = self.proposal is None and FOR in self.request.GET
        return f"{found}?{FOR}={self.participant.pk}" if is_chosen else found

    def known(self, **target: Any) -> ProposedChange | None:
        """Return what the draft says about a passage."""
        if self.draft is None:
            return None
        return self.draft.changes.select_related("seen__block", "block", "parent", "after").filter(**target).first()

    def shown(self, change: Any) -> ShownChange | None:
        """Return a change as pages show it; ``None`` where there is none any more."""
        return ShownChange(change, self.tree) if isinstance(change, ProposedChange) else None

    @transaction.atomic
    def keep[Kept](self, change: Callable[[Proposal], Kept]) -> Kept:
        """Keep a change in the draft, which begins with the first one; where nothing changes, none begins."""
        proposal = self.proposal or proposing.begin(
            round_=self.round, participant=self.participant, token=self.token, by=self.request.user
        )
        kept = change(proposal)
        if self.proposal is None and not proposal.versions.filter(changes__isnull=False).exists():
            raise ValidationError(_("Noch haben Sie nichts geändert."), code="same")
        self.hand = self.hand or Hand(self.request.user, proposal)
        return kept


def address(name: str, proposal: Proposal | None, **names: Any) -> str:
    """The address of a page for writing: in a draft, or in none yet."""
    return reverse(f"rounds:{name}", kwargs={**({"pk": proposal.pk} if proposal else {}), **names})


def at_a_desk(name: str) -> Callable[[View], View]:
    """Let in those who write for a carrier, and ask in which draft where that is not clear. ``name`` is the URL's."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, pk: int | None = None, **names: Any) -> HttpResponse:
            desk = _desk_of(request, pk) if pk else _new_desk(request, name, names)
            return desk if isinstance(desk, HttpResponse) else view(request, desk, **names)

        return for_members(require_http_methods(["GET", "HEAD", "POST"])(wrapped))

    return decorate


def _desk_of(request: HttpRequest, pk: int) -> Desk | HttpResponse:
    hand = own_proposal(request.user, pk)
    if hand.is_on_behalf and lacks_second_factor(request.user):
        return redirect("mfa_index")
    desk = Desk(request, hand.proposal.round, hand.proposal.participant, hand)
    if desk.draft is None and request.method != "POST":
        messages.info(request, _("Diese Fassung ist eingereicht und ändert sich nicht mehr."))
        return redirect("rounds:mine")
    return desk


def _new_desk(request: HttpRequest, name: str, names: dict[str, Any]) -> Desk | HttpResponse:
    round_ = the_round()
    own = own_carriers(request.user, round_) if round_ else []
    if round_ is None or not own:
        raise Http404
    by_key = {str(one.pk): one for one in own}
    wanted = by_key.get(request.POST.get(FOR) or request.GET.get(FOR) or "")
    if request.method == "POST":
        if wanted is None and len(own) > 1:
            raise Http404
        return Desk(request, round_, wanted or own[0], token=_token(request.POST.get(TOKEN, "")))
    if round_.phase != Phase.COLLECT:
        return render(request, "rounds/writing/closed.html", {"round": round_})
    drafts = list(drafts_of(own).filter(round=round_))
    chosen = next((one for one in drafts if str(one.pk) == request.GET.get(IN)), None)
    if chosen:
        return redirect(address(name, chosen, **names))
    if wanted is None and (drafts or len(own) > 1):
        return _choose(request, own, drafts, names)
    return Desk(request, round_, wanted or own[0], token=uuid4())


def _choose(
    request: HttpRequest, own: list[Participant], drafts: list[Proposal], names: dict[str, Any]
) -> HttpResponse:
    """Ask to which draft a change belongs. Drafts that change the same passage already come first."""
    anchor = names.get("anchor")
    written = ProposalVersion.objects.filter(proposal__in=drafts, submitted_at=None)
    by_proposal = {version.proposal_id: version for version in written.prefetch_related("changes__block")}
    options = [(one, by_proposal[one.pk], _is_about(by_proposal[one.pk], anchor)) for one in drafts]
    context = {
        "own": own,
        "options": sorted(options, key=lambda option: not option[2]),
        "node": Scope(drafts[0].round if drafts else own[0].round).tree.by_anchor.get(anchor or ""),
    }
    return render(request, "rounds/writing/choose.html", context)


def _is_about(draft: ProposalVersion, anchor: str | None) -> bool:
    return any(change.block and change.block.anchor == anchor for change in draft.changes.all())


def _token(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
