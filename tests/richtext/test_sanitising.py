"""What becomes of a long text: nothing that a browser would run, and nothing lost that somebody meant."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vielfalt.richtext.sanitising import plain_text, sanitise

ALLOWED = {"p": set(), "br": set(), "strong": set(), "em": set(), "ul": set(), "ol": set(), "li": set()}
ALLOWED["a"] = {"href", "rel"}


class Reader(HTMLParser):
    """Collects every element of a document."""

    def __init__(self):
        super().__init__()
        self.elements = []
        self.others = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_harmless(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.others == []
    for tag, attributes in reader.elements:
        assert attributes.keys() <= ALLOWED[tag], html
        if tag == "a":
            assert re.match(r"(https?://|mailto:|tel:)", attributes["href"], re.IGNORECASE), html
            assert attributes["rel"] == "noopener nofollow"


MARKUP = """
    <script> </script> <style> </style> <svg/onload=x> <svg> <math> <mtext> <mglyph> <table> <img/src=x/onerror=y> <p>
    </p> <p/onclick=x> <b> </b> <i/style=color:red> <a/href=" "> ' < > </a> <ul> <li> </ul> <!-- --> <template>
    </template> <noscript> <iframe/src=x> <textarea> </textarea> <title> <xmp> <base/href=x> <form/action=x> <input>
    <meta/http-equiv=refresh> <link/rel=x> <object/data=x> <embed> <annotation-xml/encoding=text/html> javascript:x
    data:text/html,x vbscript:x &#106;avascript: java&Tab;script: https://e.de mailto:a@e.de tel:1 www.e.de /weg
    //e.de &lt;script&gt; &amp;lt; &nbsp; Lots*innen <![CDATA[ ]]> <?php <div> </div> <h2> </h2> <br> onclick=x
"""
PIECES = st.sampled_from([*MARKUP.split(), " ", "\n", "\n\n", "\t", "\x00"])
SNIPPETS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=14).map("".join)
LINKS = st.builds('<a href="{}" target=_blank onclick=x>{}</a>'.format, SNIPPETS, SNIPPETS)


@given(st.one_of(st.text(), SNIPPETS, LINKS))
@example("<A><FORM>0")
@example("</P>0")
@example('<a href="www.e.de<script>">0</a>')
def test_nothing_survives_that_a_browser_would_run(text):
    html = sanitise(text)
    assert_harmless(html)
    assert sanitise(html) == html


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], exclude_characters="<")))
def test_no_word_of_a_plain_text_is_lost(text):
    assert plain_text(sanitise(text)) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Kinder < 6 Jahre & Eltern", "<p>Kinder &lt; 6 Jahre &amp; Eltern</p>"),
        ("eins\nzwei\r\n\r\ndrei", "<p>eins<br>zwei</p> <p>drei</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
        ("<b>fett</b> und <i class=x>kursiv</i>", "<p><strong>fett</strong> und <em>kursiv</em></p>"),
        ("<h2>Titel</h2><div>Text</div>", "<p>Titel</p><p>Text</p>"),
        ("<ul>\n<li>a</li>\n</ul>", "<ul> <li>a</li> </ul>"),
        ("<p></p>", ""),
        ("<p>&nbsp;</p><ul><li></li></ul>", ""),
        ('<p><a href="www.e.de">x</a></p>', '<p><a href="https://www.e.de" rel="noopener nofollow">x</a></p>'),
        ('<p><a href="tel:069 1">x</a></p>', '<p><a href="tel:069 1" rel="noopener nofollow">x</a></p>'),
        ('<p><a href="/verwaltung/">x</a></p>', "<p>x</p>"),
        ('<p><a href="JavaScript:x">x</a></p>', "<p>x</p>"),
    ],
)
def test_what_becomes_of_a_text(text, html):
    assert sanitise(text) == html


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>eins<br>zwei</p> <p>drei &amp; <strong>vier</strong></p>", "eins\nzwei\ndrei & vier"),
        ("<ul><li><p>a</p></li><li>b</li></ul>", "– a\n– b"),
        ('<p>Mehr <a href="https://e.de" rel="x">hier</a></p>', "Mehr hier (https://e.de)"),
        ('<p><a href="mailto:a@e.de" rel="x">a@e.de</a></p>', "a@e.de"),
        ("<p>&lt;b&gt;</p>", "<b>"),
    ],
)
def test_words_of_a_text(html, words):
    assert plain_text(html) == words
