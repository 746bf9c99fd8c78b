"""Several people at the same moment, each with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, transaction

from leitfaden import actions, commenting, editions
from leitfaden.actions import HeadMovedError
from leitfaden.changes import Edit, Insert, Move, Remove
from leitfaden.models import Block, Comment, CommentState, Document, Edition, Kind, Revision, Visibility
from tests.accounts.racing import both, wait_until_blocked
from tests.leitfaden.texts import editor, head, passage, save, small_document, text, words

pytestmark = pytest.mark.django_db(transaction=True)


def test_invariant_01_two_edits_of_one_block():
    alice, bob = editor("Alice"), editor("Bob")
    document = small_document(alice)
    base, seen = head(document), passage(document, "eins").version
    results = both(
        *(
            partial(actions.save_revision, document=document, base=base, changes=[Edit(seen, text(str(by)))], by=by)
            for by in (alice, bob)
        )
    )
    [saved] = [result for result in results if isinstance(result, Revision)]
    [error] = [result for result in results if isinstance(result, HeadMovedError)]
    assert head(document) == saved == error.theirs
    [conflict] = error.conflicts
    assert {conflict.theirs.plain, conflict.mine.plain} == {"Alice", "Bob"}
    assert conflict.base == seen
    assert words(document)[2:] == [saved.author.name, "zwei", "drei"]


def test_invariant_01_and_07_three_edits_of_different_blocks():
    people = [editor(f"Person {n}") for n in range(3)]
    document = small_document(people[0], [f"Absatz {n}" for n in range(3)])
    base = head(document)
    saves = [
        partial(
            actions.save_revision,
            document=document,
            base=base,
            changes=[
                Edit(passage(document, f"Absatz {n}").version, text(f"neu {n}")),
                Insert(Kind.TEXT, text(f"dazu {n}"), passage(document, f"Absatz {n}").parent.id),
            ],
            by=by,
        )
        for n, by in enumerate(people)
    ]
    results = both(*saves)
    assert [result for result in results if not isinstance(result, Revision)] == []
    said = words(document)
    assert [words for words in said if words.startswith("neu")] == [f"neu {n}" for n in range(3)]
    assert {words for words in said if words.startswith("dazu")} == {f"dazu {n}" for n in range(3)}
    line = [revision.parent for revision in document.revisions.order_by("number")]
    assert line == [None, *document.revisions.order_by("number")][: len(line)]
    assert document.revisions.count() == 5
    assert Block.objects.values("anchor").distinct().count() == Block.objects.count()


def test_a_move_and_an_edit_of_the_same_block():
    alice, bob = editor(), editor()
    document = small_document(alice)
    base, one = head(document), passage(document, "eins")
    results = both(
        partial(
            actions.save_revision,
            document=document,
            base=base,
            changes=[Move(one.id, one.parent.id, passage(document, "drei").id)],
            by=alice,
        ),
        partial(actions.save_revision, document=document, base=base, changes=[Edit(one.version, text("EINS"))], by=bob),
    )
    assert all(isinstance(result, Revision) for result in results), results
    assert words(document)[2:] == ["zwei", "drei", "EINS"]


def test_invariant_11_a_comment_while_its_block_is_being_removed():
    alice, bob = editor(), editor()
    document = small_document(alice)
    seen = passage(document, "eins").version
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            save(document, Remove(seen), by=alice)
            writing = pool.submit(comment_elsewhere, seen, bob)
            wait_until_blocked(writing)
        assert writing.result(timeout=10).state == CommentState.ORPHANED
    assert Comment.objects.get().state == CommentState.ORPHANED


def comment_elsewhere(version, by):
    """Comment on a connection of one's own."""
    try:
        return commenting.comment(version=version, text="Dazu.", visibility=Visibility.PUBLIC, by=by)
    finally:
        connection.close()


def test_two_editions_at_once():
    alice, bob = editor(), editor()
    document = small_document(alice)
    approved = []
    for label in ("2026.1", "2026.2"):
        edition = editions.create_edition(document=document, label=label, revision=head(document), by=alice)
        editions.approve(edition=edition, by=alice)
        approved.append(editions.approve(edition=edition, by=bob))
    results = both(*(partial(editions.publish, edition=edition, by=alice) for edition in approved))
    assert not [result for result in results if isinstance(result, Exception)]
    assert sorted(Edition.objects.values_list("state", flat=True)) == ["abgeloest", "veroeffentlicht"]


def test_two_first_approvals_at_once():
    alice, bob = editor(), editor()
    document = small_document(alice)
    edition = editions.create_edition(document=document, label="2026.1", revision=head(document), by=alice)
    both(*(partial(editions.approve, edition=edition, by=by) for by in (alice, bob)))
    edition.refresh_from_db()
    assert edition.state == "freigegeben"


def test_two_documents_do_not_wait_for_each_other():
    alice = editor()
    first = small_document(alice)
    second = actions.create_document(slug="kernprofil", title="Kernprofil", by=alice)
    results = both(*(partial(save, one, Insert(Kind.TEXT, text("neu")), by=alice) for one in (first, second)))
    assert all(isinstance(result, Revision) for result in results)
    assert Document.objects.filter(head__in=results).count() == 2
