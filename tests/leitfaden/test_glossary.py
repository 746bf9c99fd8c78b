"""Terms of the glossary are explained where a page first uses them, in whatever form."""

from typing import Any

import pytest

from leitfaden.changes import Edit, Insert
from leitfaden.content import Content
from leitfaden.models import Kind
from tests.leitfaden.texts import passage, publish, save, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def explained(client: Any, document: Any, alice: Any, bob: Any) -> Any:
    """The module's page, with terms and this text: ``explained(html, ("Träger", ""))``."""

    def explained(html: str, *terms: tuple[str, str]) -> str:
        module, first = tree(document).modules[0], passage(document, "eins")
        chapter = Insert(Kind.CHAPTER, Content.clean(title="Glossar"), None, module.id)
        entries = [
            Insert(
                Kind.TERM,
                Content.clean(title=title, html=f"<p>Das heißt {title}.</p>", fields={"formen": forms}),
                chapter.block,
            )
            for title, forms in terms
        ]
        save(document, chapter, *entries, Edit(first.version, Content.clean(html=html)), by=alice)
        publish(document, "2026.1", alice, bob)
        return str(client.get(f"/leitfaden/seite/{module.anchor}/").text)

    return explained


@pytest.mark.parametrize(
    ("title", "forms", "words", "marked"),
    [
        ("Ehrenamt", "", "im Ehrenamt tätig", "Ehrenamt"),
        ("Ehrenamt", "", "Sinn des Ehrenamtes.", "Ehrenamtes"),
        ("Ehrenamt", "", "Sinn des Ehrenamts.", "Ehrenamts"),
        ("Amt", "Ämter", "zu Ämtern gehen", "Ämtern"),
        ("Lots*in", "Lots*innen", "mit Lots*innen", "Lots*innen"),
        ("Biografisches Arbeiten", "", "beim biografischen", None),
        ("Biografisches Arbeiten", "", "durch Biografische Arbeiten", "Biografische Arbeiten"),
        ("leichte Sprache", "Leichte Sprache", "in Leichter Sprache", "Leichter Sprache"),
        ("Träger", "", "Trägerwechsel und Fachträger", None),
        ("Träger", "", "der Träger-Verein", None),
        ("UE", "", "6 UE", "UE"),
        ("UE", "", "NEUE und neue", None),
        ("A+B (neu)", "", "ein A+B (neu) Wort", "A+B (neu)"),
    ],
)
def test_forms(explained: Any, title: str, forms: str, words: str, marked: str | None) -> None:
    page = explained(f"<p>{words}</p>", (title, forms))
    if marked is None:
        assert 'role="doc-glossref"' not in page
    else:
        assert f'role="doc-glossref">{marked}</a>' in page
        assert f"Das heißt {title}." in page


def test_only_the_first_is_marked_and_explained_at_the_end(explained: Any, document: Any) -> None:
    page = explained("<p>Träger hier, Träger da.</p><p>Träger</p>", ("Träger", ""))
    anchor = passage(document, "Träger").anchor
    link = f'<a class="term" href="#begriff-{anchor}" id="begriff-{anchor}-stelle" role="doc-glossref">Träger</a>'
    assert f"<p>{link} hier, Träger da.</p><p>Träger</p>" in page
    assert page.count(f'<li id="begriff-{anchor}">') == 1
    assert f'href="#begriff-{anchor}-stelle"' in page


def test_the_longest_term_wins(explained: Any) -> None:
    page = explained("<p>Datenschutz im Ehrenamt</p>", ("Datenschutz", ""), ("Datenschutz im Ehrenamt", ""))
    assert 'role="doc-glossref">Datenschutz im Ehrenamt</a>' in page


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="https://example.org/">Träger</a></p>',
        '<p>x<span class="footnote">Träger</span></p>',
        "<table><tr><th>Träger</th><td>x</td></tr></table>",
    ],
)
def test_not_in_links_notes_and_headings(explained: Any, html: str) -> None:
    assert 'class="term"' not in explained(html, ("Träger", ""))


def test_a_link_to_a_term_is_a_mark(client: Any, explained: Any, document: Any, alice: Any, bob: Any) -> None:
    explained("<p>x</p>", ("Träger", ""))
    anchor = passage(document, "Träger").anchor
    html = f'<p><a href="#{anchor}">wer den Kurs anbietet</a></p>'
    save(document, Edit(passage(document, "x").version, Content.clean(html=html)), by=alice)
    publish(document, "2026.2", alice, bob)
    page = client.get(f"/leitfaden/seite/{tree(document).modules[0].anchor}/").text
    assert 'role="doc-glossref">wer den Kurs anbietet</a>' in page
    assert "Das heißt Träger." in page


def test_where_the_glossary_is_on_the_page_words_lead_to_it(client: Any, explained: Any, document: Any) -> None:
    explained("<p>Träger</p>", ("Träger", ""))
    page = client.get("/leitfaden/alles/").text
    assert f'<a class="term" href="#{passage(document, "Das heißt Träger.").anchor}">Träger</a>' in page
    assert page.count("Das heißt Träger.") == 1


def test_the_stored_text_is_not_changed(explained: Any, document: Any) -> None:
    explained("<p>Träger</p>", ("Träger", ""))
    assert any(node.html == "<p>Träger</p>" for node in tree(document).walk())
