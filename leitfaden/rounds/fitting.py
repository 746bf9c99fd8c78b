"""Whether proposals still fit the text: their second axis beside the state."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitfaden.outline import Outline
from leitfaden.rounds.models import Operation, ProposedChange


class Fit(models.TextChoices):
    """How a proposal relates to the text as it is now."""

    CURRENT = "aktuell", _("passt zum Text")
    CARRIED = "uebertragen", _("passt auch zum neueren Text")
    CONFLICT = "konflikt", _("der Text hat sich an dieser Stelle geändert")


def fit(changes: Sequence[ProposedChange], base: Outline, head: Outline) -> Fit:
    """Return how changes that were written on ``base`` fit ``head``."""
    if not all(_fits(change, head) for change in changes):
        return Fit.CONFLICT
    return Fit.CURRENT if base.signature() == head.signature() else Fit.CARRIED


def _fits(change: ProposedChange, head: Outline) -> bool:
    """Whether what the author saw is still there: the wording, or what a new passage was to stand under."""
    if change.seen is not None and (
        change.seen.block_id not in head or head[change.seen.block_id].version != change.seen
    ):
        return False
    is_placed = change.operation in (Operation.INSERT, Operation.MOVE)
    return not is_placed or change.parent_id is None or change.parent_id in head
