"""Which round people write in, for whom they write, and which drafts are theirs to write."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from leitfaden.loading import SLUG
from leitfaden.rounds.models import Participant, Proposal, ProposalVersion, Round, RoundState
from leitfaden.rounds.permissions import conducts, speaks_for, works_for


def the_round() -> Round | None:
    """Return the round of the Leitfaden that started last, whether it still runs or not."""
    started = Round.objects.exclude(state=RoundState.PLANNED).filter(document__slug=SLUG)
    return started.select_related("document", "base").order_by("-started_at").first()


def own_carriers(user: Any, round_: Round) -> list[Participant]:
    """Return the carriers of a round for which ``user`` works."""
    return list(Participant.objects.of(user).filter(round=round_))


def drafts_of(participants: Sequence[Participant]) -> QuerySet[Proposal]:
    """Everything of some carriers that is being written: new proposals, and other wordings of submitted ones."""
    written = ProposalVersion.objects.filter(proposal=OuterRef("pk"), submitted_at=None)
    found = Proposal.objects.filter(Exists(written), participant__in=participants)
    return found.select_related("participant", "current").order_by("-updated_at")


@dataclass
class Hand:
    """Somebody with a proposal that is theirs to write."""

    user: Any
    proposal: Proposal

    @cached_property
    def is_team(self) -> bool:
        return works_for(self.user, self.proposal.participant)

    @cached_property
    def is_speaker(self) -> bool:
        """Whether they submit in the name of the carrier."""
        return speaks_for(self.user, self.proposal.participant)

    @cached_property
    def is_on_behalf(self) -> bool:
        """Whether they write as the staff, in a draft that the staff began on behalf of the carrier."""
        return not self.is_team and bool(self.proposal.entered_by_id) and conducts(self.user)

    @property
    def is_author(self) -> bool:
        return bool(self.proposal.author_id == self.user.pk)


def own_proposal(user: Any, pk: int) -> Hand:
    """Return a proposal for those who write it; for all others it does not exist."""
    readable = Proposal.objects.visible_to(user).select_related(
        "round__document", "round__base", "participant", "current", "author"
    )
    hand = Hand(user, get_object_or_404(readable, pk=pk))
    if not (hand.is_team or hand.is_on_behalf):
        raise Http404
    return hand
