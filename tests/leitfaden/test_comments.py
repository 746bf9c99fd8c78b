"""Comments: who reads them, and where they go when the text changes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError

from leitfaden import commenting, quotes
from leitfaden.changes import Edit, Merge, Reinstate, Remove, Split
from leitfaden.models import Comment, CommentState, Kind, Mention, Visibility
from tests.factories import CarrierMembershipFactory, UserFactory
from tests.leitfaden.texts import head, passage, save, small_document, text
from vielfalt.accounts.actions import pseudonymise
from vielfalt.listings.models import State

pytestmark = pytest.mark.django_db

EDITORS, NETWORK, PUBLIC = Visibility.EDITORS, Visibility.NETWORK, Visibility.PUBLIC


def comment(document, words, by, visibility=PUBLIC, **details):
    version = passage(document, words).version
    return commenting.comment(version=version, text="Dazu etwas.", visibility=visibility, by=by, **details)


@pytest.mark.usefixtures("reference_data")
def test_invariant_10_a_reply_is_read_by_those_who_read_its_thread(document, alice, charlie):
    member = CarrierMembershipFactory().user
    former = CarrierMembershipFactory(organisation__state=State.ARCHIVED).user
    colleague = UserFactory(is_staff=True)
    threads = {visibility: comment(document, "eins", alice, visibility) for visibility in Visibility}
    replies = {
        visibility: commenting.reply(comment=thread, text="Ja.", by=alice) for visibility, thread in threads.items()
    }
    for user, allowed in (
        (AnonymousUser(), {PUBLIC}),
        (charlie, {PUBLIC}),
        (former, {PUBLIC}),
        (member, {PUBLIC, NETWORK}),
        (colleague, {PUBLIC, NETWORK}),
        (alice, {PUBLIC, NETWORK, EDITORS}),
    ):
        expected = {one for visibility in allowed for one in (threads[visibility], replies[visibility])}
        assert set(Comment.objects.visible_to(user)) == expected
    with pytest.raises(PermissionDenied):
        commenting.reply(comment=threads[NETWORK], text="Nein.", by=charlie)


def test_authors_read_the_answers_to_their_own_comments(document, alice, charlie):
    thread = comment(document, "eins", charlie, EDITORS)
    answer = commenting.reply(comment=thread, text="Danke.", by=alice)
    nested = commenting.reply(comment=answer, text="Bitte.", by=charlie)
    assert nested.parent == thread
    assert set(Comment.objects.visible_to(charlie)) == {thread, answer, nested}


def test_settling(document, alice, bob, charlie):
    thread = comment(document, "eins", charlie)
    answer = commenting.reply(comment=thread, text="Ja.", by=bob)
    commenting.resolve(comment=answer, by=alice)
    thread.refresh_from_db()
    assert (thread.state, thread.settled_by) == (CommentState.RESOLVED, alice)
    commenting.reopen(comment=thread, by=charlie)
    thread.refresh_from_db()
    assert (thread.state, thread.settled_by, thread.settled_at) == (CommentState.OPEN, None, None)
    with pytest.raises(PermissionDenied):
        commenting.resolve(comment=comment(document, "zwei", alice), by=charlie)


def test_invariant_11_removing_a_block_orphans_its_comments(document, alice):
    before = head(document)
    seen = passage(document, "eins")
    kept, settled = comment(document, "eins", alice), comment(document, "eins", alice)
    other = comment(document, "zwei", alice)
    commenting.resolve(comment=settled, by=alice)
    save(document, Remove(seen.version), by=alice)
    states = dict(Comment.objects.values_list("pk", "state"))
    assert states == {kept.pk: "verwaist", settled.pk: "erledigt", other.pk: "offen"}
    assert before.entries.filter(block=seen.block).exists()
    late = commenting.comment(version=seen.version, text="Zu spät.", visibility=PUBLIC, by=alice)
    assert late.state == CommentState.ORPHANED
    save(document, Reinstate(seen.version, Kind.TEXT, seen.parent.id), by=alice)
    states = dict(Comment.objects.values_list("pk", "state"))
    assert states == {kept.pk: "offen", settled.pk: "erledigt", other.pk: "offen", late.pk: "offen"}


def test_comments_follow_when_blocks_are_merged_and_split(alice):
    document = small_document(alice, ["Der erste Satz.", "Der zweite Satz."])
    whole = comment(document, "Der zweite Satz.", alice)
    answer = commenting.reply(comment=whole, text="Ja.", by=alice)
    on_words = comment(document, "Der erste Satz.", alice, quote="erste Satz")
    first, second = passage(document, "Der erste Satz."), passage(document, "Der zweite Satz.")
    save(document, Merge(first.version, second.version), by=alice)
    for one in (whole, answer, on_words):
        one.refresh_from_db()
        assert (one.block_id, one.parent is None and one.state == "offen") == (first.id, one.parent is None)
    both = passage(document, "Der erste Satz.\nDer zweite Satz.")
    save(document, Split(both.version, [text("Der zweite Satz."), text("Der erste Satz.")]), by=alice)
    on_words.refresh_from_db()
    whole.refresh_from_db()
    assert on_words.block_id == passage(document, "Der erste Satz.").id != first.id
    assert whole.block_id == first.id


@pytest.mark.parametrize(
    ("plain", "exact", "before", "after", "found"),
    [
        ("Der Rat hilft.", "Rat", "", "", (4, 7)),
        ("Rat und Rat", "Rat", "", "", None),
        ("Rat und Rat", "Rat", "und", "", (8, 11)),
        ("Rat und Rat", "Rat", "", "und", (0, 3)),
        ("Rat und Rat", "Rat", "oder", "", None),
        ("Der Ort hilft.", "Rat", "Der", "hilft.", None),
        ("eins\nzwei", "eins zwei", "", "", (0, 9)),
        ("aaa", "aa", "", "", None),
        ("Text", "", "", "", None),
        # Alone in the text it is certain, whatever stands around it by now.
        ("Neuer Rat", "Rat", "Alter", "", (6, 9)),
    ],
)
def test_invariant_12_a_quote_that_is_not_found_once_falls_back_to_its_block(plain, exact, before, after, found):
    span = quotes.find(plain, exact=exact, before=before, after=after)
    assert (span and (span.start, span.end)) == found


def test_invariant_12_a_quote_in_a_changed_text(document, alice):
    thread = comment(document, "zwei", alice, quote="zwei")
    save(document, Edit(passage(document, "zwei").version, text("zwei oder zwei")), by=alice)
    assert commenting.locate(thread, "zwei") == quotes.Span(0, 4)
    assert commenting.locate(thread, passage(document, "zwei oder zwei").version.plain) is None


def test_invariant_09_people_go_and_what_they_wrote_stays(document, alice, bob):
    thread = comment(document, "eins", bob)
    save(document, Edit(passage(document, "eins").version, text("von Bob")), by=bob)
    pseudonymise(user=bob, by=bob)
    thread.refresh_from_db()
    assert str(thread.author) == "ehemaliges Mitglied"
    assert str(head(document).author) == "ehemaliges Mitglied"
    assert passage(document, "von Bob").version.created_by == thread.author


def test_mentions_reach_only_readers(document, alice, bob, charlie):
    comment(document, "eins", alice, EDITORS, mentions=[bob, charlie])
    assert [mention.user for mention in Mention.objects.all()] == [bob]
    comment(document, "eins", alice, PUBLIC, mentions=[bob, charlie])
    assert Mention.objects.filter(user=charlie, told_at=None).count() == 1


@pytest.mark.parametrize(("words", "sentence"), [(" \n ", "Bitte schreiben Sie etwas."), ("x" * 5001, "zu lang")])
def test_refused_comments(document, alice, words, sentence):
    with pytest.raises(ValidationError, match=sentence):
        commenting.comment(version=passage(document, "eins").version, text=words, visibility=PUBLIC, by=alice)


def test_a_very_long_quote_is_about_the_whole_block(document, alice):
    assert comment(document, "eins", alice, quote="x" * 2001).quote == ""
