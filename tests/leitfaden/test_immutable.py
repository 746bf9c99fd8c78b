"""What the database itself refuses, whoever asks."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from leitfaden import editions
from leitfaden.changes import Edit, Remove
from leitfaden.models import (
    Block,
    BlockVersion,
    Comment,
    Document,
    Edition,
    EditionFile,
    EditionState,
    Entry,
    FileKind,
    Origin,
    Revision,
)
from tests.leitfaden.test_editions import published
from tests.leitfaden.texts import head, passage, save, text

pytestmark = pytest.mark.django_db


def refused(action):
    with pytest.raises(DatabaseError), transaction.atomic():
        action()
    return True


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Block, {"kind": "modul"}),
        (Block, {"anchor": "x2x2"}),
        (BlockVersion, {"html": "<p>anders</p>"}),
        (BlockVersion, {"created_by": None}),
        (Revision, {"note": "anders"}),
        (Revision, {"author": None}),
        (Entry, {"position": 99}),
    ],
)
def test_invariant_02_what_is_written_stays(document, model, values):
    rows = list(model.objects.order_by("pk").values())
    assert refused(lambda: model.objects.update(**values))
    assert refused(lambda: model.objects.all()._raw_delete("default"))
    assert list(model.objects.order_by("pk").values()) == rows


def test_invariant_02_published_editions_stay(document, alice, bob):
    edition = published(document, alice, bob)
    rows = Edition.objects.filter(pk=edition.pk)
    save(document, Edit(passage(document, "eins").version, text("neu")), by=alice)
    other = Document.objects.create(slug="anderes", title="Anderes")
    for values in (
        {"revision": head(document)},
        {"label": "2026.2"},
        {"slug": "2026-2"},
        {"note": "anders"},
        {"document": other},
        {"state": EditionState.DRAFT, "published_at": None},
        {"state": EditionState.APPROVED, "published_at": None},
        {"published_at": edition.created_at},
    ):
        assert refused(lambda values=values: rows.update(**values)), values
    assert refused(lambda: rows._raw_delete("default"))
    editions.withdraw(edition=edition, reason="Ein Fehler.", by=alice)
    assert refused(lambda: rows.update(withdrawn_reason="anders"))
    assert refused(lambda: rows.update(state=EditionState.PUBLISHED, withdrawn_at=None))


def test_the_database_asks_for_two_approvals_and_keeps_them(document, alice, bob):
    edition = editions.create_edition(document=document, label="2026.1", revision=head(document), by=alice)
    editions.approve(edition=edition, by=alice)
    rows = Edition.objects.filter(pk=edition.pk)
    assert refused(lambda: rows.update(state=EditionState.APPROVED))
    values = {"document": document, "revision": head(document), "label": "2026.2", "slug": "2026-2"}
    assert refused(lambda: Edition.objects.create(**values, state=EditionState.APPROVED))
    editions.approve(edition=edition, by=bob)
    editions.publish(edition=edition, by=bob)
    assert refused(lambda: edition.approvals.all()._raw_delete("default"))
    assert refused(lambda: edition.approvals.update(by=bob))


def test_invariant_02_files_of_published_editions_stay(document, alice, bob):
    edition = published(document, alice, bob)
    file = editions.keep_file(edition=edition, kind=FileKind.PDF, content=b"%PDF")
    files = EditionFile.objects.filter(pk=file.pk)
    assert refused(lambda: files.update(content=b"anders"))
    assert refused(lambda: files.update(size=1))
    assert refused(lambda: files._raw_delete("default"))
    assert bytes(files.get().content) == b"%PDF"


def test_a_file_is_what_its_checksum_says(document, alice, bob):
    edition = published(document, alice, bob)
    with pytest.raises(IntegrityError):
        EditionFile.objects.create(edition=edition, kind=FileKind.PDF, content=b"a", sha256="0" * 64, size=1)


def test_invariant_01_the_database_refuses_a_head_that_skips_what_others_saved(document, alice):
    before = head(document)
    save(document, Edit(passage(document, "eins").version, text("neu")), by=alice)
    now = head(document)
    stale = Revision.objects.create(document=document, number=9, parent=None, author=alice)
    for revision in (before, stale, None):
        assert refused(lambda revision=revision: Document.objects.update(head=revision))
    assert head(document) == now


def test_entries_belong_together(document, alice):
    revision = Revision.objects.create(document=document, number=9, author=alice)
    one, two = passage(document, "eins"), passage(document, "zwei")

    def write(**values):
        with transaction.atomic():
            Entry.objects.create(**{"revision": revision, "position": 0, **values})
            Entry.objects.filter(pk=None).exists()
            with transaction.get_connection().cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert refused(lambda: write(block=one.block, version=two.version))
    assert refused(lambda: write(block=one.block, version=one.version, parent=two.block))


def test_invariant_05_every_version_can_be_traced(document, alice, bob):
    save(document, Edit(passage(document, "eins").version, text("neu")), by=bob)
    edition = published(document, alice, bob)
    for version in BlockVersion.objects.in_revision(edition.revision).select_related("revision"):
        assert version.origin in Origin.values
        assert version.revision.number <= edition.revision.number
        assert version.created_by == version.revision.author
    block = passage(document, "zwei").block
    orphan = BlockVersion(block=block, sha256="", origin=Origin.EDIT, revision=edition.revision)
    assert refused(orphan.save)


def test_invariant_11_comments_cannot_be_deleted(document, alice):
    seen = passage(document, "eins").version
    Comment.objects.create(
        block=seen.block, version=seen, author=alice, text="a", visibility="redaktion", state="offen"
    )
    save(document, Remove(seen), by=alice)
    assert refused(lambda: Comment.objects.all()._raw_delete("default"))
