"""What pages of the Leitfaden tell of rounds."""

from collections.abc import Sequence
from typing import Any

from django import template

from leitfaden.models import Block
from leitfaden.rounds.models import Proposal
from leitfaden.rounds.states import status

register = template.Library()

register.filter("status_of", status)

MOST = 50


@register.simple_tag(takes_context=True)
def proposals_on(context: Any, block: Block) -> Sequence[Proposal]:
    """The submitted proposals for a passage that the reader may read, the newest first. One query."""
    visible = Proposal.objects.visible_to(context["request"].user).submitted().within([block])
    return list(visible.select_related("round", "participant", "current").order_by("-round__number", "-number")[:MOST])
