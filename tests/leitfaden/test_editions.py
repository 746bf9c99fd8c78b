"""How a revision becomes public, and how an edition ends."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from leitfaden import editions
from leitfaden.changes import Edit
from leitfaden.editions import MOVES, WrongStateError
from leitfaden.models import Edition, EditionFile, EditionState, FileKind
from leitfaden.trees import load_tree
from tests.factories import UserFactory
from tests.leitfaden.texts import head, passage, save, text

pytestmark = pytest.mark.django_db


def published(document, alice, bob, label="2026.1"):
    edition = editions.create_edition(document=document, label=label, revision=head(document), by=alice)
    editions.approve(edition=edition, by=alice)
    editions.approve(edition=edition, by=bob)
    return editions.publish(edition=edition, by=alice)


def test_two_different_people_approve(document, alice, bob):
    edition = editions.create_edition(document=document, label="2026.1", revision=head(document), by=alice)
    assert edition.slug == "2026-1"
    assert editions.approve(edition=edition, by=alice).state == EditionState.DRAFT
    with pytest.raises(ValidationError, match="zweite Person"):
        editions.approve(edition=edition, by=alice)
    with pytest.raises(WrongStateError, match="„Entwurf“"):
        editions.publish(edition=edition, by=alice)
    assert editions.approve(edition=edition, by=bob).state == EditionState.APPROVED
    assert editions.reject(edition=edition, by=bob).state == EditionState.DRAFT
    assert edition.approvals.count() == 0


def test_publishing_supersedes(document, alice, bob, charlie):
    first = published(document, alice, bob)
    save(document, Edit(passage(document, "eins").version, text("neu")), by=alice)
    second = published(document, alice, bob, "2026.2")
    first.refresh_from_db()
    assert (first.state, second.state) == (EditionState.SUPERSEDED, EditionState.PUBLISHED)
    assert list(Edition.objects.current()) == [second]
    assert "eins" in [node.version.plain for node in load_tree(first.revision).walk()]
    editions.withdraw(edition=first, reason="Ein Fehler.", by=alice)
    assert set(Edition.objects.visible_to(charlie)) == {first, second}
    assert set(Edition.objects.readable_to(charlie)) == {second}
    assert set(Edition.objects.readable_to(alice)) == {first, second}


def test_drafts_are_for_editors(document, alice, charlie):
    edition = editions.create_edition(document=document, label="2026.1", revision=head(document), by=alice)
    editions.keep_file(edition=edition, kind=FileKind.PDF, content=b"a")
    assert list(Edition.objects.visible_to(alice)) == [edition]
    assert not Edition.objects.visible_to(charlie)
    assert not EditionFile.objects.visible_to(charlie)
    assert EditionFile.objects.visible_to(alice).count() == 1


def test_a_file_is_built_anew_until_its_edition_is_published(document, alice, bob):
    edition = editions.create_edition(document=document, label="2026.1", revision=head(document), by=alice)
    editions.keep_file(edition=edition, kind=FileKind.PDF, content=b"alt")
    file = editions.keep_file(edition=edition, kind=FileKind.PDF, content=b"neu")
    assert (file.sha256, file.size, file.name) == (hashlib.sha256(b"neu").hexdigest(), 3, "leitfaden-2026-1.pdf")
    editions.approve(edition=edition, by=alice)
    editions.approve(edition=edition, by=bob)
    editions.publish(edition=edition, by=alice)
    with pytest.raises(PermissionDenied):
        editions.keep_file(edition=edition, kind=FileKind.PDF, content=b"anders")
    editions.keep_file(edition=edition, kind=FileKind.EPUB, content=b"spaeter")
    assert [bytes(file.content) for file in edition.files.all()] == [b"spaeter", b"neu"]


@pytest.mark.parametrize("label", ["2026", "2026.1 beta", "", "2026.1\n"])
def test_labels(document, alice, label):
    with pytest.raises(ValidationError):
        editions.create_edition(document=document, label=label, revision=head(document), by=alice)


def test_a_label_is_given_once(document, alice):
    editions.create_edition(document=document, label="2026.1", revision=head(document), by=alice)
    with pytest.raises(ValidationError, match="gibt es schon"):
        editions.create_edition(document=document, label="2026.1", revision=head(document), by=alice)


def test_a_withdrawal_says_why(document, alice, bob):
    edition = published(document, alice, bob)
    with pytest.raises(ValidationError, match="Bitte schreiben Sie, warum"):
        editions.withdraw(edition=edition, reason=" ", by=alice)


def test_only_drafts_are_deleted(document, alice, bob):
    edition = editions.create_edition(document=document, label="2026.2", revision=head(document), by=alice)
    editions.delete(edition=edition, by=alice)
    with pytest.raises(WrongStateError):
        editions.delete(edition=published(document, alice, bob), by=alice)


def test_who_may_publish(document, alice):
    edition = editions.create_edition(document=document, label="2026.1", revision=head(document), by=alice)
    stranger = UserFactory(is_staff=True)
    for move in (editions.approve, editions.reject, editions.publish, editions.delete):
        with pytest.raises(PermissionDenied):
            move(edition=edition, by=stranger)


def test_every_state_is_reached_by_a_move():
    assert {target for _sources, target in MOVES.values()} | {EditionState.SUPERSEDED} == set(EditionState)
