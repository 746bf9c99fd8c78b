"""What people paste, by mistake or on purpose, through the real pages: a sentence, never a 500, never lost."""

from html import unescape

import pytest

from leitfaden.models import Draft, Kind, Revision
from tests.leitfaden.pages import send, url
from tests.leitfaden.texts import head, passage, tree, words

pytestmark = pytest.mark.django_db

TITLES = ["Rolle und Aufgaben", "Einführung"]
LONG = 5 * 1024 * 1024


@pytest.fixture
def desk(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def address(document):
    return url("edit_block", passage(document, "zwei").anchor)


HARMLESS = {
    "script": ("<p>Ja</p><script>alert(1)</script>", "<p>Ja</p>"),
    "style": ("<style>p{}</style><p style='color:red' onclick='x()'>Ja</p>", "<p>Ja</p>"),
    "data": (
        '<p>Ja <a href="data:text/html,x">hier</a><img src="data:image/png;base64,x" alt=""></p>',
        "<p>Ja hier</p>",
    ),
    "scheme": ('<p><a href="javascript:alert(1)">Ja</a></p>', "<p>Ja</p>"),
    "word": ("<p class='MsoNormal'><o:p>Ja</o:p><v:shape>x</v:shape></p>", "<p>Jax</p>"),
    "nul": ("<p>J\x00a</p>", "<p>Ja</p>"),
    "emoji": ("<p>Ja 👩‍👩‍👧 😀</p>", "<p>Ja 👩‍👩‍👧 😀</p>"),
    "rtl": ('<p dir="rtl" lang="ar">مرحبا</p>', '<p dir="rtl" lang="ar">مرحبا</p>'),
    "override": ("<p>Ja\u202eNein</p>", "<p>JaNein</p>"),
    "surrogate": ("<p>Ja&#xd800;</p>", "<p>Ja\ufffd</p>"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_a_browser_would_run_is_cleaned_on_every_way_in(desk, document, address, name):
    sent, kept = HARMLESS[name]
    assert send(desk, address, html=sent, aktion="entwurf").status_code == 302
    assert Draft.objects.get().html == kept
    assert send(desk, address, html=sent).status_code == 302
    assert [node.html for node in tree(document).walk() if node.kind == Kind.TEXT] == [
        "<p>eins</p>",
        kept,
        "<p>drei</p>",
    ]


@pytest.mark.parametrize(
    "refused",
    [
        ("ä" * (LONG // 2), "Dieser Abschnitt ist zu lang"),
        ("<b>" * 20_000, "fast nur aus Auszeichnungen"),
        ("<p></p>", "Dieser Abschnitt ist leer."),
        ("<script>x</script>", "Dieser Abschnitt ist leer."),
    ],
    ids=["5 MB", "tags", "empty", "nothing but a script"],
)
@pytest.mark.parametrize("action", ["speichern", "neu"])
def test_what_is_refused_is_still_in_the_form(desk, document, address, refused, action):
    text, sentence = refused
    if action == "neu":
        address = url("new_block", "nach", passage(document, "eins").anchor, "absatz")
    answer = send(desk, address, html=text)
    assert answer.status_code == 422
    assert sentence in unescape(answer.content.decode())
    assert answer.context["form"]["html"].value() == text
    assert Revision.objects.count() == 2


def test_a_deep_list_comes_up(desk, document, address):
    depth = 500
    assert send(desk, address, html=f"{'<ul><li>a' * depth}{'</li></ul>' * depth}").status_code == 302
    assert "<ul>" in tree(document).by_id[next(iter(n.id for n in tree(document).walk() if "<ul>" in n.html))].html


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": "x" * 301}, "Diese Überschrift ist zu lang."),
        ({"title": "\x00 "}, "Dieses Feld"),
        ({"title": "Gut", "ue": "1e9"}, "Unterrichtseinheiten"),
        ({"title": "Gut", "zielgruppe": "x" * 501}, "Eine Angabe zum Abschnitt ist zu lang."),
        ({"title": "Gut", "note": "x" * 501}, "500"),
    ],
)
def test_fields_say_what_is_wrong(desk, document, sent, sentence):
    answer = send(desk, url("edit_block", passage(document, TITLES[0]).anchor), **sent)
    assert answer.status_code == 422
    assert sentence in unescape(answer.content.decode())
    for name, value in sent.items():
        assert answer.context["form"][name].value() == value


def test_more_blocks_than_a_document_may_have(desk, document, monkeypatch):
    monkeypatch.setattr("leitfaden.actions.MOST_BLOCKS", 5)
    answer = send(desk, url("new_block", "nach", passage(document, "eins").anchor, "absatz"), html="Noch einer")
    assert answer.status_code == 422
    assert "Ein Dokument hat höchstens 5." in unescape(answer.content.decode())
    assert answer.context["form"]["html"].value() == "Noch einer"
    assert words(document) == [*TITLES, "eins", "zwei", "drei"]


@pytest.mark.parametrize(
    "wrong",
    [
        "/leitfaden/bearbeiten/neu/vor/dokument/absatz/",
        "/leitfaden/bearbeiten/neu/in/dokument/unsinn/",
        "/leitfaden/bearbeiten/neu/nach/zzzz/absatz/",
        "/leitfaden/bearbeiten/kapitel/zzzz/",
        "/leitfaden/absatz/zzzz/",
        "/leitfaden/stand/99999999999999999999/",
    ],
)
def test_addresses_that_lead_nowhere(desk, document, wrong):
    assert desk.get(wrong).status_code == 404


def test_a_foreign_note_is_text(desk, document, address):
    send(desk, address, html="neu", note="<script>alert(1)</script>\x00")
    assert head(document).note == "<script>alert(1)</script>"
    page = desk.get(url("revision", 3)).content.decode()
    assert "<script>alert" not in page
