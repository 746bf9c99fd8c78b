"""Finds rounds and proposals that somebody may open; what they may not is not found."""

from typing import Any

from django.shortcuts import get_object_or_404

from leitfaden.loading import SLUG
from leitfaden.rounds.cards import with_authors
from leitfaden.rounds.models import Participant, Proposal, Round


def find_round(number: int, user: Any) -> Round:
    """Return a round with its text, or answer that there is none."""
    visible = Round.objects.visible_to(user).filter(document__slug=SLUG)
    return get_object_or_404(visible.select_related("base", "document__head"), number=number)


def find_proposal(pk: int, user: Any) -> Proposal:
    """Return a proposal with what its page shows, or answer that there is none."""
    visible = with_authors(Proposal.objects.visible_to(user))
    return get_object_or_404(
        visible.select_related("round__base", "round__document__head", "merged_into__participant"), pk=pk
    )


def carriers_of_user(round_: Round, user: Any) -> tuple[list[Participant], list[Participant]]:
    """Return the carriers of a round in whose name ``user`` speaks, and all for which ``user`` works. Two queries."""
    if not user.is_authenticated:
        return [], []
    of = Participant.objects.filter(round=round_)
    return list(of.led_by(user)), list(of.of(user))
