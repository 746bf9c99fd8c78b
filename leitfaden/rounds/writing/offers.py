"""What carriers are offered at every passage of the Leitfaden while a round collects proposals."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitfaden.offers import Offer, Source
from leitfaden.rounds.models import Participant, Phase, Round
from leitfaden.rounds.scope import Scope
from leitfaden.trees import Node

OPERATIONS = {
    "ergaenzen": gettext_lazy("Hier etwas ergänzen"),
    "streichen": gettext_lazy("Streichen vorschlagen"),
    "verschieben": gettext_lazy("Verschieben vorschlagen"),
}
"""What can be proposed for a passage besides another wording, by the word in the address."""


def of_carriers(user: Any, document: int) -> Source | None:
    """Offer to propose changes to those who work for a carrier of the round. Anonymous readers cost no query."""
    if not user.is_authenticated:
        return None
    round_ = Round.objects.running().filter(document=document).first()
    if round_ is None or round_.phase != Phase.COLLECT:
        return None
    if not Participant.objects.of(user).filter(round=round_).exists():
        return None
    scope = Scope(round_)
    return lambda node: _offers(node) if scope.is_open(node.id) else ()


def _offers(node: Node) -> Iterator[Offer]:
    yield Offer(_("Änderung vorschlagen"), reverse("rounds:write", args=[node.anchor]))
    # What else a paragraph can become is said on its page, so that its menu stays short.
    for operation, label in OPERATIONS.items() if node.is_heading else ():
        yield Offer(str(label), reverse("rounds:operate", args=[node.anchor, operation]))
