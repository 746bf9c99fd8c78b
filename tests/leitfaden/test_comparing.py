"""What changed, word by word and block by block."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leitfaden.changes import Edit, Insert, Move, Remove
from leitfaden.comparing import compare, compare_revisions, compare_versions
from leitfaden.comparing.rendering import render
from leitfaden.content import Content
from leitfaden.markup import sanitise
from leitfaden.models import Kind
from leitfaden.trees import load_tree
from tests.leitfaden.texts import MARKED_UP, head, passage, save, text


def shown(old, new):
    """The rendered comparison, with the hidden words in short."""
    html = render(compare(sanitise(old), sanitise(new)))
    for words, sign in (("[entfernt: ", "⟦"), ("[neu: ", "⟦"), ("] ", "⟧")):
        html = html.replace(f'<span class="visually-hidden kern-sr-only">{words}</span>', sign)
    return html.replace("<del>⟦", "[-").replace("⟧</del>", "-]").replace("<ins>⟦", "[+").replace("⟧</ins>", "+]")


EDITED = st.tuples(MARKED_UP, MARKED_UP, MARKED_UP, MARKED_UP).map(lambda p: (p[0] + p[1] + p[2], p[0] + p[3] + p[2]))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.tuples(MARKED_UP, MARKED_UP), EDITED))
@example(("<p>a <strong>b</strong></p>", "<p>a b</p>"))
@example(("<ul><li>a</li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"))
def test_a_comparison_applied_to_the_old_text_gives_the_new_one(texts):
    old, new = map(sanitise, texts)
    difference = compare(old, new)
    assert difference.apply(old) == new
    assert difference.reverse(new) == old
    assert difference.is_same == (old == new)
    # What is shown is well-formed: every element that opens is closed.
    html = render(difference)
    assert html.count("<ins>") == html.count("</ins>")
    assert html.count("<del>") == html.count("</del>")


def test_a_comparison_is_about_its_texts():
    difference = compare("<p>a</p>", "<p>b</p>")
    with pytest.raises(ValueError, match="another text"):
        difference.apply("<p>c</p>")


@pytest.mark.parametrize(
    ("old", "new", "html", "sentence"),
    [
        ("<p>a b</p>", "<p>a b</p>", "<p>a b</p>", "keine Änderung"),
        (
            "<p>Der Rat hilft.</p>",
            "<p>Die Lotsin hilft.</p>",
            "<p>[-Der Rat-][+Die Lotsin+] hilft.</p>",
            "2 Wörter ersetzt",
        ),
        ("<p>eins.</p>", "<p>eins!</p>", "<p>eins[-.-][+!+]</p>", "nur Zeichensetzung geändert"),
        (
            "<p>eins zwei</p>",
            "<p>eins <strong>zwei</strong></p>",
            "<p>eins [-zwei-][+<strong>zwei</strong>+]</p>",
            "Auszeichnung geändert",
        ),
        (
            '<p><a href="https://a.de">hier</a></p>',
            '<p><a href="https://b.de">hier</a></p>',
            '<p>[-<a href="https://a.de">hier</a>-][+<a href="https://b.de">hier</a>+]</p>',
            "Auszeichnung geändert",
        ),
        (
            "<ul><li>eins</li><li>zwei</li></ul>",
            "<ul><li>eins</li><li>neu hier</li><li>zwei</li></ul>",
            "<ul><li>eins</li><li>[+neu hier+]</li><li>zwei</li></ul>",
            "2 Wörter hinzugefügt",
        ),
        (
            "<table><tr><td>b c</td></tr><tr><td>d</td><td>e</td></tr></table>",
            "<table><tr><td>b x</td></tr></table>",
            "<table><tbody><tr><td>b [-c-][+x+]</td></tr><tr><td>[-d-]</td><td>[-e-]</td></tr></tbody></table>",
            "1 Wort ersetzt, 2 Wörter entfernt",
        ),
        ("<p>eins</p>", "", "<p>[-eins-]</p>", "1 Wort entfernt"),
    ],
)
def test_what_is_shown(old, new, html, sentence):
    assert shown(old, new) == html
    assert str(compare(sanitise(old), sanitise(new)).summary) == sentence


def test_titles_and_fields():
    old = Content.clean(title="Rolle", fields={"ue": 4})
    new = Content.clean(title="Rolle und Haltung", fields={"ue": 6, "dauer": "2 Tage"})
    difference = compare_versions(old, new)
    assert [(change.name, change.old, change.new) for change in difference.fields] == [
        ("dauer", "", "2 Tage"),
        ("ue", "4", "6"),
    ]
    assert str(difference.summary) == "2 Wörter hinzugefügt"
    assert not difference.is_same
    assert compare_versions(None, None).is_same


@pytest.mark.django_db
def test_two_revisions(document, alice):
    before = load_tree(head(document))
    three = passage(document, "drei")
    save(
        document,
        Edit(passage(document, "eins").version, text("EINS")),
        Remove(passage(document, "zwei").version),
        Move(three.id, three.parent.parent.id),
        Insert(Kind.TEXT, text("neu"), three.parent.id),
        by=alice,
    )
    changes = compare_revisions(before, load_tree(head(document)))
    assert [(change.kind, change.node.title or change.node.version.plain) for change in changes] == [
        ("same", "Rolle und Aufgaben"),
        ("moved", "drei"),
        ("same", "Einführung"),
        ("added", "neu"),
        ("changed", "EINS"),
        ("removed", "zwei"),
    ]
    assert str(changes[4].difference.summary) == "1 Wort ersetzt"
