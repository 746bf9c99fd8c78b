"""Searching an edition: by German stems and parts of compounds, with hits in their context."""

from typing import Any

import pytest

from leitfaden.changes import Edit, Insert
from leitfaden.models import Kind
from leitfaden.reading.searching import CONTEXT, MOST_HITS
from tests.leitfaden.texts import passage, publish, save, small_document, text, titled, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(client: Any, alice: Any, bob: Any) -> Any:
    """Publish passages and search them: ``search("schutz", "Datenschutz zuerst.")`` returns the page."""

    def search(question: str, *paragraphs: str) -> str:
        publish(small_document(alice, paragraphs), "2026.1", alice, bob)
        answer = client.get("/leitfaden/suche/", {"q": question})
        assert answer.status_code == 200
        return str(answer.text)

    return search


@pytest.mark.parametrize(
    ("question", "words", "marked"),
    [
        ("schutz", "Der Datenschutz zuerst.", "Datenschutz"),
        ("DATENSCHUTZ", "Der Datenschutz zuerst.", "Datenschutz"),
        ("Haus", "Viele Häuser.", "Häuser"),
        ("begleiten", "Sie begleitet zum Amt.", "begleitet"),
        ("Lotse", "Für Lots*innen.", "Lots*innen"),
        ("Lotsen", "Für Lots*innen.", "Lots*innen"),
        ("Lots*in", "Für Lotsen.", "Lotsen"),
        ("begleiten", "Gute Begleitung.", "Begleitung"),
        ("aemter", "Wege zu Ämtern.", "Ämtern"),
        ("strasse", "In der Rheinstraße.", "Rheinstraße"),
        ("مرحبا", "Sagen Sie مرحبا dazu.", "مرحبا"),
    ],
)
def test_words_are_found_in_all_their_forms(search: Any, question: str, words: str, marked: str) -> None:
    page = search(question, words, "anderes")
    assert f"<mark>{marked}</mark>" in page
    assert "Eine Stelle mit" in page


def test_every_word_has_to_be_there(search: Any) -> None:
    page = search("Amt Kita", "Nur das Amt.", "Amt und Kita.")
    assert "Eine Stelle mit" in page
    assert "<mark>Amt</mark> und <mark>Kita</mark>." in page


def test_hits_lead_to_their_place_grouped_by_module(client: Any, document: Any, alice: Any, bob: Any) -> None:
    first, module = passage(document, "eins"), tree(document).modules[0]
    chapter = Insert(Kind.MODULE, titled("Werte"), None, module.id)
    save(
        document,
        Edit(first.version, text("Datenschutz")),
        chapter,
        Insert(Kind.TEXT, text("Schutz"), chapter.block),
        by=alice,
    )
    publish(document, "2026.1", alice, bob)
    page = client.get("/leitfaden/suche/?q=schutz").text
    assert f'<a href="/leitfaden/seite/{module.anchor}/#{first.anchor}">' in page
    assert page.index("Modul 1: Rolle und Aufgaben <") < page.index("Modul 2: Werte <")
    frozen = client.get("/leitfaden/2026-1/suche/?q=schutz").text
    assert f'<a href="/leitfaden/2026-1/seite/{module.anchor}/#{first.anchor}">' in frozen


def test_titles_are_found(search: Any) -> None:
    assert "<mark>Aufgaben</mark>" in search("Aufgabe", "eins")


def test_long_passages_are_shortened_around_the_hit(search: Any) -> None:
    page = search("Nadel", "Heu " * 200 + "Nadel" + " Stroh" * 200)
    excerpt = page[page.index("<p>… ") : page.index(" …</p>")]
    assert "<mark>Nadel</mark>" in excerpt
    assert len(excerpt) < 3 * CONTEXT


def test_nothing_found_offers_the_next_step(search: Any) -> None:
    page = search("Zeppelin", "eins")
    assert "0 Stellen mit „Zeppelin“" in page
    assert "Dazu steht in dieser Ausgabe nichts." in page


@pytest.mark.parametrize("question", ["ab", "*", "!!!", "  ", "%%%", "' OR 1=1"])
def test_questions_that_say_nothing(search: Any, question: str) -> None:
    assert "<mark>" not in search(question, "eins")


def test_questions_are_shown_as_text(search: Any) -> None:
    page = search("<script>alert(1)</script>", "eins")
    assert "<script>alert" not in page


def test_very_long_questions(search: Any) -> None:
    assert "suchwort" in search("wort " * 5000, "eins")


def test_only_the_first_hundred_are_shown(search: Any) -> None:
    page = search("wort", *(f"wort {n}" for n in range(MOST_HITS + 1)))
    assert f"{MOST_HITS + 1} Stellen" in page
    assert "Die ersten 100 sehen Sie hier." in page
    assert page.count('<li class="hit">') == MOST_HITS


def test_a_frozen_edition_is_searched_as_it_was(client: Any, document: Any, alice: Any, bob: Any) -> None:
    publish(document, "2026.1", alice, bob)
    first = passage(document, "eins")
    save(document, Edit(first.version, text("Neuland")), by=alice)
    publish(document, "2026.2", alice, bob)
    assert "<mark>eins</mark>" in client.get("/leitfaden/2026-1/suche/?q=eins").text
    assert "<mark>" not in client.get("/leitfaden/suche/?q=eins").text
    assert "<mark>" not in client.get("/leitfaden/2026-1/suche/?q=Neuland").text
