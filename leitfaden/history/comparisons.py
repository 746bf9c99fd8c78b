"""What changed between two revisions, as pages say it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitfaden.comparing import BlockChange, compare_revisions
from leitfaden.models import Revision
from leitfaden.trees import load_tree


@dataclass
class Comparison:
    """Two revisions, the older first."""

    old: Revision | None
    new: Revision

    @cached_property
    def changes(self) -> Sequence[BlockChange]:
        """Everything that is not the same in both."""
        return [one for one in compare_revisions(load_tree(self.old), load_tree(self.new)) if one.kind != "same"]

    @property
    def summary(self) -> str:
        """One sentence about all changes."""
        return in_words(self.changes)


def in_words(changes: Sequence[BlockChange]) -> str:
    """Return how many blocks are new, changed, moved and removed, in a sentence."""
    number = Counter(change.kind for change in changes)
    number["moved"] += sum(change.kind == "changed" and change.is_moved for change in changes)
    parts = [
        (number["changed"], ngettext("%d Abschnitt geändert", "%d Abschnitte geändert", number["changed"])),
        (number["added"], ngettext("%d neu", "%d neu", number["added"])),
        (number["removed"], ngettext("%d entfernt", "%d entfernt", number["removed"])),
        (number["moved"], ngettext("%d verschoben", "%d verschoben", number["moved"])),
    ]
    said = [words % how_many for how_many, words in parts if how_many]
    return ", ".join(said) + "." if said else _("Kein Unterschied.")
