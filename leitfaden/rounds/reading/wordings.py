"""The wordings of a proposal that somebody may read, and what changed from one to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from leitfaden.comparing import VersionDifference, compare_versions
from leitfaden.rounds.models import Proposal, ProposalVersion, ProposedChange
from leitfaden.rounds.showing import ShownChange, show
from leitfaden.trees import Tree
from vielfalt.listings import differences


def readable_wordings(proposal: Proposal, *, is_inside: bool) -> list[ProposalVersion]:
    """Return the submitted wordings, the newest first.

    What a carrier changed before its proposal was admitted is between it and the staff.
    """
    submitted = list(proposal.versions.filter(submitted_at__isnull=False).order_by("-number"))
    return submitted if is_inside else public_wordings(proposal, submitted)


def public_wordings(proposal: Proposal, submitted: Sequence[ProposalVersion]) -> list[ProposalVersion]:
    """Return those of the submitted wordings that everybody may read: from the one that was admitted on."""
    admitted_at = proposal.admitted_at
    if admitted_at is None:
        return [one for one in submitted if one.pk == proposal.current_id]
    before = [one for one in submitted if one.submitted_at is not None and one.submitted_at <= admitted_at]
    first = max(before, key=lambda one: one.number, default=None)
    return [one for one in submitted if one not in before or one == first or one.pk == proposal.current_id]


class Becoming(models.TextChoices):
    """What became of a change in another wording of its proposal."""

    NEW = "neu", gettext_lazy("neu dabei")
    GONE = "entfallen", gettext_lazy("entfallen")
    CHANGED = "anders", gettext_lazy("anders")
    SAME = "gleich", gettext_lazy("wie bisher")


@dataclass(frozen=True)
class Reworded:
    """What became of one change from one wording of the proposal to another."""

    shown: ShownChange
    """As it is in the newer wording, or was in the older one where it is gone."""
    kind: Becoming
    difference: VersionDifference | None = None


@dataclass(frozen=True)
class Comparison:
    """Two wordings of a proposal."""

    old: ProposalVersion
    new: ProposalVersion
    title: list[differences.Part]
    reason: list[differences.Part]
    changes: list[Reworded]


def compare_wordings(old: ProposalVersion, new: ProposalVersion, tree: Tree, user: Any) -> Comparison:
    """Compare two wordings of a proposal, change by change. Two queries."""
    rows = ProposedChange.objects.filter(version__in=[old, new]).select_related("block", "seen")
    shown = show(rows, tree, user)
    before = {one.change.target: one for one in shown if one.change.version_id == old.pk}
    after = {one.change.target: one for one in shown if one.change.version_id == new.pk}
    changes = [_reworded(before.get(target), one) for target, one in after.items()]
    changes += [Reworded(one, Becoming.GONE) for target, one in before.items() if target not in after]
    return Comparison(
        old, new, differences.words(old.title, new.title), differences.words(old.reason, new.reason), changes
    )


def _reworded(old: ShownChange | None, new: ShownChange) -> Reworded:
    if old is None:
        return Reworded(new, Becoming.NEW)
    if old.change.mark == new.change.mark:
        return Reworded(new, Becoming.SAME)
    return Reworded(new, Becoming.CHANGED, compare_versions(old.new, new.new))


def chosen_pair(
    wordings: list[ProposalVersion], first: str | None, second: str | None
) -> tuple[ProposalVersion, ProposalVersion] | None:
    """Return the two wordings to compare, the older first: those asked for, or the last two."""
    by_number = {str(one.number): one for one in wordings}
    newer = by_number.get(first or "") or (wordings[0] if wordings else None)
    if newer is None:
        return None
    others = [one for one in wordings if one != newer]
    older = by_number.get(second or "") or next((one for one in others if one.number < newer.number), None)
    if older is None or older == newer:
        return None
    return (older, newer) if older.number < newer.number else (newer, older)
