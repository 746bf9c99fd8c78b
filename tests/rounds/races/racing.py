"""What several people do at the same moment in a round, each with a connection of their own."""

from functools import partial

from leitfaden.rounds import voting
from leitfaden.rounds.models import (
    Proposal,
    Stance,
)
from tests.rounds.rounds import (
    as_participant,
)


def split(results):
    """What was done, and what was refused."""
    refused = [one for one in results if isinstance(one, Exception)]
    return [one for one in results if one not in refused], refused


def state_of(proposal):
    return Proposal.objects.get(pk=proposal.pk).state


def take(proposal, organisation, by, stance=Stance.AGREE, **more):
    participant = as_participant(proposal.round, organisation)
    return partial(
        voting.take_position, version=proposal.current, participant=participant, stance=stance, by=by, **more
    )
