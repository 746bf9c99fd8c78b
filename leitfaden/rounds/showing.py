"""How proposed changes are shown wherever one meets them: where they stand, what they do, and to which words.

``templates/rounds/_change.html`` renders one. The round's text has to be loaded already, so that a list takes
no more queries than a page with one change.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitfaden.comparing import VersionDifference
from leitfaden.content import Content
from leitfaden.editing.places import name_of
from leitfaden.history.visibility import blocks_visible_to
from leitfaden.models import BlockVersion, Kind
from leitfaden.rounds.models import Operation, Proposal, ProposedChange
from leitfaden.rounds.wording import Weight
from leitfaden.trees import Node, Tree


@dataclass(frozen=True)
class ShownChange:
    """A change with the text around it."""

    change: ProposedChange
    tree: Tree
    """The text that its author saw."""
    url: str = ""
    """Where one reads more about the passage; empty where the reader may not, or it is still to come."""

    @cached_property
    def node(self) -> Node | None:
        """The passage in the text; ``None`` for one that is to come, or that is not there any more."""
        return self.tree.by_id.get(self.change.block_id) if self.change.block_id else None

    @property
    def operation(self) -> Operation:
        return Operation(self.change.operation)

    @property
    def kind(self) -> Kind:
        return Kind(self.change.block.kind if self.change.block else self.change.kind)

    @property
    def anchor(self) -> str:
        return str(self.change.block.anchor) if self.change.block else ""

    @property
    def name(self) -> str:
        """What kind of passage it is, and its heading if it has one: "Modul: Rolle und Aufgaben"."""
        title = self.change.seen.title if self.change.seen else self.change.title
        return f"{self.kind.label}: {title}" if title else str(self.kind.label)

    @property
    def path(self) -> list[Node]:
        """The headings above, from the outermost."""
        if self.node is not None:
            return self.node.path
        parent = self.tree.by_id.get(self.change.parent_id) if self.operation == Operation.INSERT else None
        return [*parent.path, parent] if parent else []

    @property
    def place(self) -> str:
        """The headings above in words."""
        return " › ".join(heading_of(node) for node in self.path)

    @property
    def sentence(self) -> str:
        """What the change does, in words."""
        match self.operation:
            case Operation.INSERT:
                return _("Neu {place}.").format(place=self._target)
            case Operation.REMOVE:
                return self._removal
            case Operation.MOVE:
                return _("Der Text bleibt. Er kommt {place}. Jetzt steht er {now}.").format(
                    place=self._target, now=self._present
                )
            case Operation.FIELD:
                return _("Eine Angabe wird anders.")
        return _("Der Text wird anders.")

    @property
    def _removal(self) -> str:
        below = len(list(self.node.walk())) - 1 if self.node else 0
        if not below:
            return _("Fällt weg.")
        words = ngettext(
            "Fällt weg, mit dem einen Abschnitt darunter.", "Fällt weg, mit den %d Abschnitten darunter.", below
        )
        return words % below if below > 1 else words

    @property
    def _target(self) -> str:
        return self._at(self.tree.by_id.get(self.change.parent_id), self.tree.by_id.get(self.change.after_id))

    @property
    def _present(self) -> str:
        """Where a passage stands that is to move."""
        if self.node is None:
            return _("nicht mehr im Text")
        row = self.node.parent.children if self.node.parent else self.tree.roots
        at = row.index(self.node)
        return self._at(self.node.parent, row[at - 1] if at else None)

    @staticmethod
    def _at(parent: Node | None, after: Node | None) -> str:
        if after is not None:
            return _("nach „{name}“").format(name=name_of(after))
        if parent is not None:
            return _("ganz vorn in „{name}“").format(name=name_of(parent))
        return _("ganz vorn im Text")

    @property
    def old(self) -> BlockVersion | None:
        return self.change.seen

    @property
    def new(self) -> Content | None:
        return self.change.content

    @cached_property
    def difference(self) -> VersionDifference:
        return self.change.difference

    @property
    def summary(self) -> str:
        """How much changes, in a sentence; a move changes no words."""
        return "" if self.operation == Operation.MOVE else str(self.difference.summary)

    @cached_property
    def weights(self) -> list[Weight]:
        """What everybody has to be told of, because it weighs."""
        return self.change.weights


def heading_of(node: Node) -> str:
    """Return how a heading is called in the text."""
    return _("Modul {number}: {title}").format(number=node.number, title=node.title) if node.number else node.title


def show(changes: Iterable[ProposedChange], tree: Tree, user: Any) -> list[ShownChange]:
    """Return changes as ``user`` is shown them; blocks and the wordings seen must be loaded. One query."""
    changes = list(changes)
    known = [change.block_id for change in changes if change.block_id]
    open_to_user = set(blocks_visible_to(user).filter(pk__in=known).values_list("pk", flat=True)) if known else set()
    return [ShownChange(change, tree, _url(change, open_to_user)) for change in changes]


def _url(change: ProposedChange, open_to_user: set[UUID]) -> str:
    return reverse("leitfaden:block", args=[change.block.anchor]) if change.block_id in open_to_user else ""


def show_all(proposals: Sequence[Proposal], tree: Tree, user: Any) -> dict[int, list[ShownChange]]:
    """Return the changes of several proposals by the proposal's key; they come from ``for_cards``. One query."""
    owners = {proposal.current_id: proposal.pk for proposal in proposals if proposal.current}
    changes = [change for proposal in proposals if proposal.current for change in proposal.current.changes.all()]
    found: dict[int, list[ShownChange]] = defaultdict(list)
    for shown in show(changes, tree, user):
        found[owners[shown.change.version_id]].append(shown)
    return found
