"""What an import would do, worked out before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leitfaden.actions import MOST_BLOCKS
from leitfaden.importing.matching import match
from leitfaden.importing.reading import read, too_complicated
from leitfaden.importing.structure import Passage, structure
from leitfaden.models import Revision
from leitfaden.trees import Node, Tree, load_tree
from vielfalt.pictures.preparing import Prepared


@dataclass(frozen=True)
class Plan:
    """What would be written on top of ``base``, and everything that cannot be taken.

    ``remarks`` are losses that one may accept; with ``mistakes`` nothing can be written.
    """

    base: Revision | None
    title: str
    passages: list[Passage]
    blocks: Mapping[int, Node]
    removed: list[Node]
    pictures: Mapping[str, tuple[bytes, Prepared | None]]
    remarks: list[str]
    mistakes: list[str]

    @property
    def new(self) -> list[Passage]:
        return [passage for at, passage in enumerate(self.passages) if at not in self.blocks]

    @property
    def changed(self) -> list[tuple[Node, Passage]]:
        """Blocks that get another wording."""
        pairs = [(node, self.passages[at]) for at, node in sorted(self.blocks.items())]
        return [(node, passage) for node, passage in pairs if node.version.sha256 != passage.content.sha256]

    @property
    def unchanged(self) -> int:
        return len(self.blocks) - len(self.changed)

    @property
    def summary(self) -> str:
        return _("{new} Abschnitte neu, {changed} geändert, {unchanged} unverändert, {removed} entfernt").format(
            new=len(self.new), changed=len(self.changed), unchanged=self.unchanged, removed=len(self.removed)
        )


def plan_import(*, content: bytes, base: Revision | None = None, pictures: Mapping[str, bytes] | None = None) -> Plan:
    """Read a file and say what it would make of the text in ``base``; raise ``RefusedError`` if it is unreadable."""
    try:
        text, writer = structure(read(content, pictures=pictures), most=MOST_BLOCKS)
    except RecursionError:
        raise too_complicated() from None
    tree = load_tree(base) if base else Tree(None, [])
    nodes = list(tree.walk())
    blocks = {} if text.mistakes else match(nodes, text.passages)
    kept = {node.id for node in blocks.values()}
    return Plan(
        base=base,
        title=text.title,
        passages=text.passages,
        blocks=blocks,
        removed=[node for node in nodes if node.id not in kept],
        pictures=writer.prepared,
        remarks=list(dict.fromkeys(text.remarks)),
        mistakes=text.mistakes,
    )
