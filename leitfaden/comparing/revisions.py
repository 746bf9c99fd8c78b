"""Two revisions, block by block."""

from dataclasses import dataclass

from leitfaden.comparing.versions import VersionDifference, compare_versions
from leitfaden.outline import Outline
from leitfaden.trees import Node, Tree


@dataclass(frozen=True)
class BlockChange:
    """What became of a block."""

    old: Node | None
    new: Node | None
    is_moved: bool = False

    @property
    def node(self) -> Node:
        """The block as it is now, or as it was last."""
        node = self.new or self.old
        assert node is not None  # noqa: S101 - one of both is there by construction
        return node

    @property
    def kind(self) -> str:
        """One of added, removed, changed, moved, same; what was changed and moved is "changed" and ``is_moved``."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        if self.is_changed:
            return "changed"
        return "moved" if self.is_moved else "same"

    @property
    def is_changed(self) -> bool:
        return bool(self.old and self.new and self.old.version.sha256 != self.new.version.sha256)

    @property
    def difference(self) -> VersionDifference:
        return compare_versions(self.old and self.old.version, self.new and self.new.version)


def compare_revisions(old: Tree, new: Tree) -> list[BlockChange]:
    """Return all blocks of both in the order of the new one; removed ones stand where they stood."""
    moved = Outline(old).moved(Outline(new))
    changes: list[BlockChange] = []
    removed_after: dict[object, list[Node]] = {}
    last: object = None
    for node in old.walk():
        if node.id in new.by_id:
            last = node.id
        else:
            removed_after.setdefault(last, []).append(node)
    changes += [BlockChange(node, None) for node in removed_after.get(None, [])]
    for node in new.walk():
        changes.append(BlockChange(old.by_id.get(node.id), node, node.id in moved))
        changes += [BlockChange(gone, None) for gone in removed_after.get(node.id, [])]
    return changes
