"""What became of passages between two texts, with what of it weighs: ``templates/rounds/_changed.html`` shows one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leitfaden.comparing import BlockChange, compare_revisions
from leitfaden.content import Content
from leitfaden.editing.places import name_of
from leitfaden.rounds.wording import Weight, weights
from leitfaden.trees import Node, Tree


@dataclass(frozen=True)
class ChangedPassage:
    """A passage that is not the same in both texts."""

    change: BlockChange

    @property
    def node(self) -> Node:
        return self.change.node

    @property
    def place(self) -> str:
        """The headings above in words."""
        return " › ".join(name_of(node) for node in self.node.path)

    @property
    def label(self) -> str:
        """What became of it, in a word or two."""
        labels = {"added": _("neu"), "removed": _("gestrichen"), "changed": _("geändert"), "moved": _("verschoben")}
        label = labels[self.change.kind]
        is_both = self.change.kind == "changed" and self.change.is_moved
        return _("geändert und verschoben") if is_both else label

    @property
    def is_moved_only(self) -> bool:
        return self.change.kind == "moved"

    @property
    def weights(self) -> list[Weight]:
        """What everybody has to be told of, because it weighs."""
        if self.is_moved_only:
            return []
        old, new = self.change.old, self.change.new
        return weights(old.version.content if old else Content(), new.version.content if new else Content())


def changed_passages(old: Tree, new: Tree) -> list[ChangedPassage]:
    """Return all passages that are not the same in both, in the order of the newer text."""
    return [ChangedPassage(one) for one in compare_revisions(old, new) if one.kind != "same"]
