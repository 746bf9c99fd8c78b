"""Changes of a text: what each does, what goes together by itself, and what a person has to look at."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from leitfaden import actions
from leitfaden.actions import HeadMovedError
from leitfaden.changes import Edit, Insert, Merge, Move, Reinstate, Remove, Restore, Split
from leitfaden.content import Content
from leitfaden.models import Document, Draft, Kind, Origin, Revision
from tests.factories import UserFactory
from tests.leitfaden.texts import head, passage, save, text, titled, tree, words

pytestmark = pytest.mark.django_db


TITLES = ["Rolle und Aufgaben", "Einführung"]


def test_edit(document, alice):
    seen = passage(document, "zwei").version
    revision = save(document, Edit(seen, text("neu")), by=alice)
    assert words(document) == [*TITLES, "eins", "neu", "drei"]
    version = passage(document, "neu").version
    assert (version.previous, version.origin, version.revision) == (seen, Origin.EDIT, revision)
    assert version.block_id == seen.block_id
    assert revision.number == 3
    assert not revision.is_carried_over


def test_nothing_changed_is_no_revision(document, alice):
    before = head(document)
    assert save(document, Edit(passage(document, "zwei").version, text("zwei")), by=alice) == before
    assert (
        save(document, Move(passage(document, "eins").id, passage(document, "eins").parent.id, None), by=alice)
        == before
    )
    assert Revision.objects.count() == 2


def test_insert(document, alice):
    one = passage(document, "eins")
    save(document, Insert(Kind.TEXT, text("dazwischen"), one.parent.id, one.id), by=alice)
    save(document, Insert(Kind.TEXT, text("vorn")), by=alice)
    assert words(document) == ["vorn", *TITLES, "eins", "dazwischen", "zwei", "drei"]


def test_move(document, alice):
    three = passage(document, "drei")
    save(document, Move(three.id, three.parent.id), by=alice)
    assert words(document) == [*TITLES, "drei", "eins", "zwei"]
    assert passage(document, "drei").version == three.version
    chapter = Insert(Kind.CHAPTER, titled("Anhang"), None, passage(document, TITLES[0]).id)
    save(document, chapter, Move(passage(document, TITLES[1]).id, chapter.block), by=alice)
    assert words(document) == [TITLES[0], "Anhang", TITLES[1], "drei", "eins", "zwei"]


def test_remove(document, alice):
    before = head(document)
    save(document, Remove(passage(document, "zwei").version), by=alice)
    assert words(document) == [*TITLES, "eins", "drei"]
    save(document, Remove(passage(document, TITLES[0]).version), by=alice)
    assert words(document) == []
    assert before.entries.count() == 5


def test_split_and_merge(document, alice):
    two = passage(document, "zwei")
    save(document, Split(two.version, [text("zw"), text("ei"), text("!")]), by=alice)
    assert words(document) == [*TITLES, "eins", "zw", "ei", "!", "drei"]
    assert passage(document, "zw").id == two.id
    save(document, Merge(passage(document, "zw").version, passage(document, "ei").version), by=alice)
    assert words(document) == [*TITLES, "eins", "zw\nei", "!", "drei"]
    assert tree(document).by_id[two.id].html == "<p>zw</p><p>ei</p>"


def test_restoring_a_version_and_a_removed_block(document, alice):
    first = passage(document, "zwei")
    save(document, Edit(first.version, text("neu")), by=alice)
    changed = passage(document, "neu").version
    save(document, Restore(changed, first.version), by=alice)
    restored = passage(document, "zwei").version
    assert (restored.origin, restored.previous) == (Origin.RESTORED, changed)
    assert restored.content == first.version.content
    save(document, Remove(restored), by=alice)
    save(document, Reinstate(restored, Kind.TEXT, first.parent.id), by=alice)
    assert words(document) == [*TITLES, "zwei", "eins", "drei"]


def test_restoring_a_revision(document, alice, bob):
    before = head(document)
    save(document, Edit(passage(document, "eins").version, text("anders")), by=alice)
    save(document, Remove(passage(document, "zwei").version), by=alice)
    save(document, Insert(Kind.TEXT, text("neu")), by=alice)
    revision = actions.restore_revision(document=document, revision=before, base=head(document), by=bob)
    assert words(document) == [*TITLES, "eins", "zwei", "drei"]
    assert revision.note == "Wiederhergestellt: Stand 2"
    with pytest.raises(HeadMovedError):
        actions.restore_revision(document=document, revision=before, base=before, by=bob)


@pytest.mark.parametrize(
    ("kind", "parent", "sentence"),
    [
        (Kind.MODULE, TITLES[1], "„Modul“ kann nicht direkt unter „Einführung“ stehen."),
        (Kind.METHOD, TITLES[0], "„Methode“ kann nicht direkt unter „Modul“ stehen."),
        (Kind.SECTION, None, "„Abschnitt“ kann nicht direkt unter dem Dokument selbst stehen."),
        (Kind.TEXT, "eins", "„Absatz“ kann nicht direkt unter „Absatz“ stehen."),
    ],
)
def test_wrong_places(document, alice, kind, parent, sentence):
    above = parent and passage(document, parent).id
    with pytest.raises(ValidationError) as caught:
        save(document, Insert(kind, Content.clean(title="Titel", html="<p>Text</p>"), above), by=alice)
    assert caught.value.messages == [sentence]


def test_empty_passages(document, alice):
    for change in (Insert(Kind.TEXT, text(" ")), Edit(passage(document, "eins").version, text(""))):
        with pytest.raises(ValidationError, match="Dieser Abschnitt ist leer"):
            save(document, change, by=alice)
    with pytest.raises(ValidationError, match="Bitte geben Sie „Kapitel“ eine Überschrift"):
        save(document, Insert(Kind.CHAPTER, text("ohne")), by=alice)


def test_too_many_blocks(document, alice, monkeypatch):
    monkeypatch.setattr(actions, "MOST_BLOCKS", 5)
    with pytest.raises(ValidationError, match="Das wären 6 Abschnitte"):
        save(document, Insert(Kind.TEXT, text("mehr")), by=alice)


def test_who_may_edit(document):
    for user in (UserFactory(), UserFactory(is_staff=True)):
        with pytest.raises(PermissionDenied):
            save(document, Insert(Kind.TEXT, text("neu")), by=user)


def test_claims_to_have_seen_something_else(document, alice):
    old = head(document)
    save(document, Edit(passage(document, "eins").version, text("neu")), by=alice)
    with pytest.raises(ValidationError, match="passt nicht zu dem Stand"):
        save(document, Edit(passage(document, "neu").version, text("x")), by=alice, base=old)
    seen = passage(document, "neu").version
    with pytest.raises(ValidationError, match="nur einmal"):
        save(document, Edit(seen, text("x")), Remove(seen), by=alice)


# Alice saves first; Bob still sees the old text.
GOES_TOGETHER = {
    "edit and edit elsewhere": (
        lambda d: Edit(passage(d, "eins").version, text("EINS")),
        lambda d: Edit(passage(d, "drei").version, text("DREI")),
        ["EINS", "zwei", "DREI"],
    ),
    "remove and insert after it": (
        lambda d: Remove(passage(d, "eins").version),
        lambda d: Insert(Kind.TEXT, text("neu"), passage(d, "eins").parent.id, passage(d, "eins").id),
        ["neu", "zwei", "drei"],
    ),
    "two moves": (
        lambda d: Move(passage(d, "drei").id, passage(d, "eins").parent.id),
        lambda d: Move(passage(d, "eins").id, passage(d, "eins").parent.id, passage(d, "zwei").id),
        ["drei", "zwei", "eins"],
    ),
    "move and edit of the same": (
        lambda d: Move(passage(d, "eins").id, passage(d, "eins").parent.id, passage(d, "drei").id),
        lambda d: Edit(passage(d, "eins").version, text("EINS")),
        ["zwei", "drei", "EINS"],
    ),
    "the same edit twice": (
        lambda d: Edit(passage(d, "eins").version, text("gleich")),
        lambda d: Edit(passage(d, "eins").version, text("gleich")),
        ["gleich", "zwei", "drei"],
    ),
    "the same removal twice": (
        lambda d: Remove(passage(d, "eins").version),
        lambda d: Remove(passage(d, "eins").version),
        ["zwei", "drei"],
    ),
}


@pytest.mark.parametrize("case", GOES_TOGETHER)
def test_invariant_07_changes_in_different_blocks_merge_by_themselves(document, alice, bob, case):
    alices, bobs, result = GOES_TOGETHER[case]
    seen = head(document)
    of_bob = bobs(document)
    first = save(document, alices(document), by=alice)
    second = save(document, of_bob, by=bob, base=seen)
    assert words(document) == [*TITLES, *result]
    if second != first:
        assert (second.parent, second.base, second.is_carried_over) == (first, seen, True)


COLLIDES = {
    "two edits": (
        lambda d: Edit(passage(d, "eins").version, text("von Alice")),
        lambda d: Edit(passage(d, "eins").version, text("von Bob")),
        "Diesen Abschnitt hat inzwischen jemand anderes geändert.",
    ),
    "removal and edit": (
        lambda d: Remove(passage(d, "eins").version),
        lambda d: Edit(passage(d, "eins").version, text("von Bob")),
        "Diesen Abschnitt hat inzwischen jemand anderes entfernt.",
    ),
    "edit and removal": (
        lambda d: Edit(passage(d, "eins").version, text("von Alice")),
        lambda d: Remove(passage(d, "eins").version),
        "Diesen Abschnitt hat inzwischen jemand anderes geändert.",
    ),
    "edit and removal of what is above": (
        lambda d: Edit(passage(d, "eins").version, text("von Alice")),
        lambda d: Remove(passage(d, TITLES[0]).version),
        "In diesem Abschnitt hat inzwischen jemand anderes etwas geändert.",
    ),
    "two moves": (
        lambda d: Move(passage(d, "eins").id, passage(d, "eins").parent.id, passage(d, "drei").id),
        lambda d: Move(passage(d, "eins").id, passage(d, TITLES[0]).id),
        "Diesen Abschnitt hat inzwischen jemand anderes verschoben.",
    ),
    "edit and merge": (
        lambda d: Edit(passage(d, "zwei").version, text("von Alice")),
        lambda d: Merge(passage(d, "eins").version, passage(d, "zwei").version),
        "Diesen Abschnitt hat inzwischen jemand anderes geändert.",
    ),
    "insertion between and merge": (
        lambda d: Insert(Kind.TEXT, text("neu"), passage(d, "eins").parent.id, passage(d, "eins").id),
        lambda d: Merge(passage(d, "eins").version, passage(d, "zwei").version),
        "Zwischen diesen Abschnitten hat inzwischen jemand anderes etwas geändert.",
    ),
    "edit and split": (
        lambda d: Edit(passage(d, "zwei").version, text("von Alice")),
        lambda d: Split(passage(d, "zwei").version, [text("zw"), text("ei")]),
        "Diesen Abschnitt hat inzwischen jemand anderes geändert.",
    ),
    "removal of what is above and insertion": (
        lambda d: Remove(passage(d, TITLES[1]).version),
        lambda d: Insert(Kind.TEXT, text("von Bob"), passage(d, TITLES[1]).id),
        "Den Abschnitt darüber hat inzwischen jemand anderes entfernt.",
    ),
}


@pytest.mark.parametrize("case", COLLIDES)
def test_invariant_07_the_same_block_needs_a_person(document, alice, bob, case):
    alices, bobs, reason = COLLIDES[case]
    seen = head(document)
    of_bob = bobs(document)
    theirs = save(document, alices(document), by=alice)
    with pytest.raises(HeadMovedError) as caught:
        save(document, of_bob, by=bob, base=seen)
    error = caught.value
    assert (error.base, error.theirs, error.mine) == (seen, theirs, (of_bob,))
    assert [conflict.reason for conflict in error.conflicts] == [reason]
    assert head(document) == theirs


def test_a_conflict_names_all_three_texts(document, alice, bob):
    seen = passage(document, "eins").version
    base = head(document)
    save(document, Edit(seen, text("von Alice")), by=alice)
    with pytest.raises(HeadMovedError) as caught:
        save(document, Edit(seen, text("von Bob")), by=bob, base=base)
    [conflict] = caught.value.conflicts
    assert (conflict.base.plain, conflict.theirs.plain, conflict.mine.plain) == ("eins", "von Alice", "von Bob")


def test_drafts_and_who_edits_where(document, alice, bob):
    one = passage(document, "eins")
    base = head(document)
    for html in ("<p>halb</p>", "<p>halb fertig<script>x</script></p>"):
        content = text(html)
        actions.save_draft(document=document, base=base, seen=one.version, content=content, by=alice)
    draft = Draft.objects.get()
    assert (draft.html, draft.seen, draft.user) == ("<p>halb fertig</p>", one.version, alice)
    assert [(d.user, d.block) for d in Draft.objects.presence(document, but=bob)] == [(alice, one.block)]
    assert not Draft.objects.presence(document, but=alice)
    new = actions.save_draft(document=document, base=base, parent=one.parent.block, content=text("x"), by=alice)
    assert actions.save_draft(document=document, base=base, parent=one.parent.block, content=text("y"), by=alice) == new
    actions.drop_draft(draft=draft, by=bob)
    assert Draft.objects.count() == 2
    actions.drop_draft(draft=draft, by=alice)
    assert list(Draft.objects.all()) == [new]


def test_a_document_has_a_head_from_the_beginning(alice):
    document = actions.create_document(slug="kernprofil", title="Kernprofil", by=alice)
    assert Document.objects.get(slug="kernprofil").head.number == 1
    assert words(document) == []
