"""Comments on pages, in lists, searches and mails: each reaches those whom it is for, and nobody else."""

from datetime import date
from html import unescape

import pytest
from django.core import mail

from leitfaden import commenting, editions
from leitfaden.changes import Remove
from leitfaden.discussion import taking
from leitfaden.discussion.counts import comments_by_block
from leitfaden.discussion.mails import tell_of_mentions
from leitfaden.models import Comment, CommentState, Mention, Visibility
from tests.factories import CarrierMembershipFactory, UserFactory
from tests.leitfaden.pages import url
from tests.leitfaden.texts import head, passage, save
from vielfalt.accounts.actions import pseudonymise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def published(document, alice, bob):
    edition = editions.create_edition(document=document, label="2026.1", revision=head(document), by=alice)
    for person in (alice, bob):
        editions.approve(edition=edition, by=person)
    editions.publish(edition=edition, by=alice)
    return document


@pytest.fixture
def member():
    return CarrierMembershipFactory(user__name="Mira Muster").user


@pytest.fixture
def digest(django_capture_on_commit_callbacks):
    """Run the step of the day that tells people of mentions."""

    def digest():
        with django_capture_on_commit_callbacks(execute=True):
            return tell_of_mentions(date(2026, 11, 25))

    return digest


def write(client, document, says="eins", **data):
    sent = {"aktion": "kommentieren", "text": "Dazu etwas.", "visibility": "redaktion", **data}
    return client.post(url("block", passage(document, says).anchor), sent)


def test_invariant_10_comments_reach_their_readers_and_nobody_else(client, published, alice, member, digest):
    """Every visibility for every reader, over the page, the list, the search and the mail."""
    block = passage(published, "eins")
    charlie = UserFactory()
    readers = {"anonymous": None, "stranger": charlie, "member": member, "editor": alice}
    for visibility in Visibility:
        thread = commenting.comment(
            version=block.version, text=f"Wort-{visibility}", visibility=visibility, by=UserFactory(), mentions=()
        )
        commenting.reply(comment=thread, text=f"Antwort-{visibility}", by=alice)
        for reader in (charlie, member, alice):
            Mention.objects.create(comment=thread, user=reader)
    digest()
    allowed = {
        "anonymous": {"oeffentlich"},
        "stranger": {"oeffentlich"},
        "member": {"oeffentlich", "netzwerk"},
        "editor": {"oeffentlich", "netzwerk", "redaktion"},
    }
    places = [
        (url("block", block.anchor), {}),
        (url("comments"), {"stand": "alle"}),
        (url("comments"), {"q": "Wort", "stand": "alle"}),
        (url("comments"), {"q": "Antwort", "stand": "alle"}),
    ]
    for name, user in readers.items():
        client.logout()
        if user:
            client.force_login(user)
        for address, query in places:
            page = client.get(address, query).content.decode()
            assert {one for one in Visibility.values if f"Wort-{one}" in page} == allowed[name], (name, address, query)
            assert {one for one in Visibility.values if f"Antwort-{one}" in page} <= allowed[name], (name, address)
        assert comments_by_block(user, published).get(block.id) == 2 * len(allowed[name])
        if user:
            text = "".join(message.body for message in mail.outbox if message.to == [user.email])
            assert {one for one in Visibility.values if f"Wort-{one}" in text} == allowed[name], name


def test_comments_on_unpublished_blocks_are_for_editors(client, document, alice):
    commenting.comment(
        version=passage(document, "eins").version, text="Öffentlich", visibility=Visibility.PUBLIC, by=alice
    )
    assert "Öffentlich" not in client.get(url("comments")).content.decode()
    assert client.get(url("block", passage(document, "eins").anchor)).status_code == 404


def test_writing_answering_settling(client, published, alice, charlie):
    client.force_login(charlie)
    assert write(client, published).status_code == 302
    thread = Comment.objects.get()
    assert (thread.author, thread.visibility, thread.state) == (charlie, "redaktion", "offen")
    here = url("block", passage(published, "eins").anchor)
    client.force_login(alice)
    answer = {"thread": thread.pk, "aktion": "antworten", f"antwort-{thread.pk}-text": "Danke."}
    client.post(here, answer)
    assert thread.replies.get().text == "Danke."
    client.post(here, {"thread": thread.pk, "aktion": "erledigt"})
    thread.refresh_from_db()
    assert thread.state == CommentState.RESOLVED
    client.force_login(charlie)
    client.post(here, {"thread": thread.pk, "aktion": "oeffnen"})
    thread.refresh_from_db()
    assert thread.state == CommentState.OPEN


def test_strangers_neither_answer_nor_settle_what_they_cannot_read(client, published, alice, charlie):
    thread = commenting.comment(
        version=passage(published, "eins").version, text="x", visibility=Visibility.EDITORS, by=alice
    )
    public = commenting.comment(
        version=passage(published, "eins").version, text="x", visibility=Visibility.PUBLIC, by=alice
    )
    client.force_login(charlie)
    here = url("block", passage(published, "eins").anchor)
    sent = {"thread": thread.pk, "aktion": "antworten", f"antwort-{thread.pk}-text": "Hm."}
    assert client.post(here, sent).status_code == 404
    for wrong in ("x", "9" * 40, "0"):
        assert client.post(here, {"thread": wrong, "aktion": "erledigt"}).status_code == 404
    client.post(here, {"thread": public.pk, "aktion": "erledigt"})
    assert set(Comment.objects.values_list("state", flat=True)) == {"offen"}


def test_a_double_click_writes_once(client, published, charlie):
    client.force_login(charlie)
    for _click in range(2):
        write(client, published)
    assert Comment.objects.count() == 1


def test_what_is_wrong_is_said_and_nothing_is_lost(client, published, charlie):
    client.force_login(charlie)
    answer = write(client, published, text="x" * 6000)
    assert answer.status_code == 422
    assert "x" * 6000 in answer.content.decode()
    answer = write(client, published, text="Mein Text", visibility="netzwerk")
    assert answer.status_code == 422
    assert "Mein Text" in answer.content.decode()
    assert write(client, published, text="  ").status_code == 422
    assert not Comment.objects.exists()


def test_too_many_comments_wait(client, published, charlie, monkeypatch):
    monkeypatch.setattr(taking, "MOST", 1)
    client.force_login(charlie)
    write(client, published)
    answer = write(client, published, text="Noch einer")
    assert answer.status_code == 429
    assert "Noch einer" in answer.content.decode()
    assert Comment.objects.count() == 1


def test_an_expired_session_keeps_the_comment(client, published):
    answer = write(client, published, text="Lange getippt")
    assert answer.status_code == 302
    assert "/konto/anmelden/" in answer.url
    assert "Lange+getippt" in next(iter(client.session["nicht-gespeichert"].values()))


def test_invariant_12_words_are_quoted_as_long_as_they_are_found(client, published, charlie):
    client.force_login(charlie)
    write(client, published, quote="eins", visibility="oeffentlich")
    page = client.get(url("block", passage(published, "eins").anchor)).content.decode()
    assert '<blockquote class="thread__quote">eins</blockquote>' in page
    write(client, published, quote="gibt es nicht", text="Anderes", visibility="oeffentlich")
    page = client.get(url("block", passage(published, "eins").anchor)).content.decode()
    assert "Diese Worte stehen so nicht mehr im Text." in page


def test_invariant_11_comments_on_removed_blocks_are_listed(client, published, alice):
    block = passage(published, "eins")
    commenting.comment(version=block.version, text="Bleibt erhalten", visibility=Visibility.PUBLIC, by=alice)
    save(published, Remove(block.version), by=alice)
    assert "Bleibt erhalten" not in client.get(url("comments")).content.decode()
    assert "Bleibt erhalten" in client.get(url("comments"), {"stand": "verwaist"}).content.decode()


def mentions():
    return sorted(mention.user.name for mention in Mention.objects.select_related("user"))


@pytest.mark.usefixtures("charlie")
def test_mentions_are_told_once_a_day(client, published, alice, bob, digest):
    client.force_login(alice)
    write(client, published, text="@Bob und @charlie: seht bitte nach. rat@bob.de", visibility="redaktion")
    assert mentions() == ["Bob"]
    write(client, published, text="Noch einmal, @Bob.", visibility="oeffentlich")
    assert digest() == "1 Mail zu Erwähnungen."
    [message] = mail.outbox
    assert message.to == [bob.email]
    assert message.body.count("seht bitte nach") == 1
    assert "Noch einmal" in message.body
    digest()
    assert len(mail.outbox) == 1


def test_strangers_mention_only_editors_and_those_who_take_part(client, published, alice, charlie, member):
    client.force_login(charlie)
    write(client, published, text="@Alice @Mira Muster bitte ansehen", visibility="oeffentlich")
    assert mentions() == ["Alice"]
    assert "Mira" not in client.get(url("block", passage(published, "eins").anchor)).content.decode().replace(
        "@Mira Muster bitte", ""
    )


def test_who_leaves_is_forgotten(client, published, alice, member, digest):
    client.force_login(alice)
    write(client, published, text="@Mira Muster, passt das?", visibility="oeffentlich")
    assert mentions() == ["Mira Muster"]
    pseudonymise(user=member, by=member)
    assert Comment.objects.get().text == "@ehemaliges Mitglied, passt das?"
    digest()
    assert not mail.outbox


def test_names_are_hints_only_for_those_logged_in(client, published, alice):
    page = unescape(client.get(url("block", passage(published, "eins").anchor)).content.decode())
    assert "Alice" not in page
    assert "Zum Kommentieren anmelden" in page
