"""What becomes of a passage: nothing that a browser would run, always the same form, and no words lost."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leitfaden.content import Content
from leitfaden.markup import MOST_LEVELS, parse, plain_text, sanitise, serialise
from leitfaden.markup.sanitising import LONGEST_BLOCK, TAGS
from tests.leitfaden.texts import MARKED_UP
from tests.richtext.test_sanitising import Reader

ATTRIBUTES = {"href", "start", "scope", "colspan", "rowspan", "src", "alt", "width", "height", "class", "lang", "dir"}
TOP = {"p", "ul", "ol", "table", "blockquote", "figure"}
PICTURE = "/leitfaden/bilder/0123456789abcdef0123456789abcdef.webp"


def assert_harmless(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.others == []
    for tag, attributes in reader.elements:
        assert tag in TAGS, html
        assert attributes.keys() <= ATTRIBUTES, html
        if tag == "a":
            assert re.match(r"(https?://|mailto:|#[a-z])", attributes["href"], re.IGNORECASE), html
        if tag == "img":
            assert attributes["src"] == PICTURE
            assert attributes["alt"]
        if "class" in attributes:
            assert (tag, attributes["class"]) == ("span", "footnote")


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), MARKED_UP))
@example("<A><FORM>0")
@example("</P>0")
@example("<p>a<table><td>b<p>c</table>d")
@example("<ul><li><ul><li><ul><li><ul><li><ul><li>a</li></ul>b</ul>c</ul>")
@example('<span class="footnote">a<span class="footnote">b</span></span>')
@example('&lt;span class="footnote"&gt;<b>')
@example("<p>&lt;br&gt;</p><b>x</b>")
def test_nothing_survives_that_a_browser_would_run(text):
    html = sanitise(text)
    assert_harmless(html)
    assert sanitise(html) == html
    nodes = parse(html)
    assert all(not isinstance(node, str) and node.tag in TOP for node in nodes), html
    assert serialise(nodes) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Kinder < 6 Jahre & Eltern", "<p>Kinder &lt; 6 Jahre &amp; Eltern</p>"),
        ("eins\nzwei\r\n\r\ndrei", "<p>eins<br>zwei</p><p>drei</p>"),
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
        ("<b>fett</b> und <i class=x>kursiv</i>", "<p><strong>fett</strong> und <em>kursiv</em></p>"),
        ("<b>a</b><b>b</b>", "<p><strong>ab</strong></p>"),
        ("<h2>Titel</h2><div>Text</div>", "<p><strong>Titel</strong></p><p>Text</p>"),
        (
            "<ul>\n<li><p>a</p></li>\n<li>b<ul><li>c</li></ul></li></ul>",
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
        ),
        ("<p>&nbsp;</p><ul><li></li></ul>", ""),
        ('<p><a href="www.e.de">x</a> <a href="/verwaltung/">y</a></p>', "<p>x y</p>"),
        ('<p><a href="#k7m2">x</a></p>', '<p><a href="#k7m2">x</a></p>'),
        ('<p><a href="JavaScript:x">x</a></p>', "<p>x</p>"),
        ('<p dir="rtl" lang="ar">مرحبا</p>', '<p dir="rtl" lang="ar">مرحبا</p>'),
        ("<p>a\u202eb</p>", "<p>ab</p>"),
        ("<p>😀</p>", "<p>😀</p>"),
        (
            "<table><tr><th>a<td colspan=2>b</table>",
            '<table><tbody><tr><th scope="row">a</th><td colspan="2">b</td></tr></tbody></table>',
        ),
        (
            "<table><thead><tr><td>a</thead><tr><td><p>b</p></table>",
            '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
        ),
        ('<p>a <img src="https://e.de/x.png" alt="x"> b</p>', "<p>a</p><p>b</p>"),
        (
            f'<p>a <img src="{PICTURE}" alt="Zwei Stühle"></p>',
            f'<p>a</p><figure><img alt="Zwei Stühle" src="{PICTURE}"></figure>',
        ),
        (f'<img src="{PICTURE}">', ""),
        (
            '<p>Wort<span class="footnote">Eine <b>Note</b></span>.</p>',
            '<p>Wort<span class="footnote">Eine <strong>Note</strong></span>.</p>',
        ),
    ],
)
def test_what_becomes_of_a_text(text, html):
    assert sanitise(text) == html


def test_a_list_that_is_too_deep_comes_up():
    deep = "".join(f"<ul><li>Ebene {n}" for n in range(1, 8))
    html = sanitise(deep)
    assert html.count("<ul>") == MOST_LEVELS
    assert plain_text(html).split("\n") == [f"Ebene {n}" for n in range(1, 8)]


def test_a_mountain_of_elements():
    html = sanitise("<div>" * 5_000 + "<ul><li>" * 2_000 + "innen")
    assert plain_text(html) == "innen"
    assert sanitise(html) == html


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp", "Zs"], exclude_characters="<&")
    )
)
def test_no_word_of_a_plain_text_is_lost(text):
    assert plain_text(sanitise(text)) == text


def test_words_of_a_passage():
    html = sanitise(
        '<p>a<span class="footnote">n</span> b<br>c</p><ul><li>d</li></ul><table><tr><td>e</td><td>f</td></table>'
    )
    assert plain_text(html) == "a [n] b\nc\nd\ne f"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"html": "<p>" + "x" * LONGEST_BLOCK},
            "Dieser Abschnitt ist zu lang (100.003 Zeichen). Bitte teilen Sie ihn;",
        ),
        ({"html": "<b>x" * 20_000}, "Dieser Abschnitt besteht fast nur aus Auszeichnungen."),
        ({"title": "x" * 301}, "Diese Überschrift ist zu lang. Erlaubt sind 300 Zeichen."),
        ({"fields": {"ue": "viele"}}, "Die Unterrichtseinheiten sind eine Zahl von 1 bis 200."),
        ({"fields": {"dauer": "x" * 501}}, "Eine Angabe zum Abschnitt ist zu lang. Erlaubt sind 500 Zeichen."),
    ],
)
def test_what_is_too_long_is_refused(values, sentence):
    with pytest.raises(ValidationError, match=re.escape(sentence)):
        Content.clean(**values)
