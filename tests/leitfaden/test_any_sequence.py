"""Any sequence of changes leaves every earlier revision readable and identical (invariant 2)."""

from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from leitfaden import actions
from leitfaden.changes import Edit, Insert, Merge, Move, Remove, Restore, Split
from leitfaden.models import PLACES, BlockVersion, Entry, Kind, Revision
from leitfaden.outline import Outline
from leitfaden.trees import Node, load_tree
from tests.leitfaden.texts import editor, head, save, small_document, text, titled, tree

PLACE = st.integers(0, 99)
WORDS = st.sampled_from(["eins", "zwei", "drei vier", "fünf"])


def snapshot(revision: Revision) -> list[tuple[Any, ...]]:
    """Everything that a revision shows, read from the database anew."""
    rows = [(n.id, n.anchor, n.kind, n.title, n.html, n.version.sha256, n.level) for n in load_tree(revision).walk()]
    assert all(version.content.sha256 == version.sha256 for version in BlockVersion.objects.in_revision(revision))
    return rows


class Writing(RuleBasedStateMachine):
    """Somebody who does everything that can be done to a text, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.author = editor()
        self.document = small_document(self.author)
        self.shown = {revision: snapshot(revision) for revision in self.document.revisions.all()}

    def nodes(self, *kinds: Kind) -> list[Node]:
        return [node for node in tree(self.document).walk() if not kinds or node.kind in kinds]

    def keep(self, *changes: Any) -> None:
        revision = save(self.document, *changes, by=self.author)
        self.shown.setdefault(revision, snapshot(revision))

    def place(self, kind: Kind, at: int, but: Node | None = None) -> tuple[Any, Any]:
        """Some place where a block of the kind may stand."""
        inside = {node.id for node in but.walk()} if but else set()
        parents = [None, *(node for node in self.nodes() if node.id not in inside)]
        parents = [node for node in parents if ("" if node is None else node.kind) in PLACES[kind]]
        parent = parents[at % len(parents)] if parents else None
        siblings = [None, *(parent.children if parent else tree(self.document).roots)]
        after = siblings[at % len(siblings)]
        return (parent and parent.id), (after and after.id)

    @rule(kind=st.sampled_from([Kind.TEXT, Kind.TEXT, Kind.CHAPTER]), words=WORDS, at=PLACE)
    def insert(self, kind: Kind, words: str, at: int) -> None:
        content = text(words) if kind == Kind.TEXT else titled(words)
        self.keep(Insert(kind, content, *self.place(kind, at)))

    @precondition(lambda self: self.nodes(Kind.TEXT))
    @rule(at=PLACE, words=WORDS)
    def edit(self, at: int, words: str) -> None:
        nodes = self.nodes(Kind.TEXT)
        self.keep(Edit(nodes[at % len(nodes)].version, text(words)))

    @precondition(lambda self: self.nodes())
    @rule(at=PLACE, to=PLACE)
    def move(self, at: int, to: int) -> None:
        nodes = self.nodes()
        node = nodes[at % len(nodes)]
        parent, after = self.place(node.kind, to, node)
        if parent is not None or "" in PLACES[node.kind]:
            self.keep(Move(node.id, parent, after))

    @precondition(lambda self: self.nodes())
    @rule(at=PLACE)
    def remove(self, at: int) -> None:
        nodes = self.nodes()
        self.keep(Remove(nodes[-1 - at % len(nodes)].version))

    @precondition(lambda self: self.nodes(Kind.TEXT))
    @rule(at=PLACE, words=WORDS)
    def split(self, at: int, words: str) -> None:
        nodes = self.nodes(Kind.TEXT)
        self.keep(Split(nodes[at % len(nodes)].version, [text(words), text("der Rest")]))

    @rule(at=PLACE)
    def merge(self, at: int) -> None:
        outline = Outline(tree(self.document))
        pairs = [(one, outline.neighbour(one)) for one in outline]
        pairs = [(one, two) for one, two in pairs if two and outline[one].kind == outline[two].kind]
        if pairs:
            one, two = pairs[at % len(pairs)]
            self.keep(Merge(outline[one].version, outline[two].version))

    @precondition(lambda self: self.nodes(Kind.TEXT))
    @rule(at=PLACE)
    def restore(self, at: int) -> None:
        nodes = self.nodes(Kind.TEXT)
        node = nodes[at % len(nodes)]
        versions = list(node.block.versions.all())
        self.keep(Restore(node.version, versions[at % len(versions)]))

    @rule(at=PLACE)
    def restore_all(self, at: int) -> None:
        revisions = sorted(self.shown, key=lambda revision: revision.number)
        earlier = revisions[at % len(revisions)]
        now = head(self.document)
        revision = actions.restore_revision(document=self.document, revision=earlier, base=now, by=self.author)
        self.shown.setdefault(revision, snapshot(revision))
        same = [row[:6] for row in self.shown[earlier]]
        assert [row[:6] for row in self.shown[revision]] == same

    @invariant()
    def every_revision_is_as_it_was(self) -> None:
        for revision, rows in self.shown.items():
            assert snapshot(revision) == rows

    @invariant()
    def positions_have_no_gaps(self) -> None:
        places: dict[Any, list[int]] = {}
        for parent, position in Entry.objects.filter(revision=head(self.document)).values_list("parent", "position"):
            places.setdefault(parent, []).append(position)
        assert all(sorted(positions) == list(range(len(positions))) for positions in places.values())


class AnySequence(TestCase):
    def test_invariant_02_every_earlier_revision_stays_as_it_was(self) -> None:
        run_state_machine_as_test(
            Writing,
            settings=settings(
                max_examples=8,
                stateful_step_count=10,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
