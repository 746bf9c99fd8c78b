"""Footnotes are numbered for each page, lead to and fro, and stay what they are in the stored text."""

from typing import Any

import pytest

from leitfaden.changes import Edit
from leitfaden.content import Content
from tests.leitfaden.texts import passage, publish, save

pytestmark = pytest.mark.django_db

FIRST = (
    '<p>Erster Satz.<span class="footnote">Siehe <em>Quelle</em> <a href="https://example.org/">dort</a>.</span></p>'
)
SECOND = '<ul><li>Punkt<span class="footnote">Zweite Note.</span> weiter</li></ul>'


@pytest.fixture
def page(client: Any, document: Any, alice: Any, bob: Any) -> str:
    for words, html in (("eins", FIRST), ("drei", SECOND)):
        save(document, Edit(passage(document, words).version, Content.clean(html=html)), by=alice)
    publish(document, "2026.1", alice, bob)
    return str(client.get("/leitfaden/alles/").text)


def test_references_are_numbered(page: str) -> None:
    first = '<a href="#fussnote-1" id="fussnote-1-stelle" role="doc-noteref">1</a>'
    second = '<a href="#fussnote-2" id="fussnote-2-stelle" role="doc-noteref">2</a>'
    assert (
        f'Erster Satz.<sup class="note-reference"><span class="kern-sr-only">Fußnote </span>{first}</sup></p>' in page
    )
    assert f"{second}</sup> weiter" in page


def test_notes_stand_at_the_end_and_lead_back(page: str) -> None:
    notes = page[page.index('role="doc-endnotes"') :]
    assert '<li id="fussnote-1" value="1"><span class="notes__text">Siehe <em>Quelle</em>' in notes
    assert '<a href="https://example.org/" rel="noopener">dort</a>' in notes
    assert '<a class="notes__back" href="#fussnote-1-stelle" role="doc-backlink">' in notes
    assert "Zweite Note." in notes
    assert page.count("Zweite Note.") == 1


def test_the_stored_text_is_not_changed(page: str, document: Any) -> None:
    assert passage(document, "Punkt [Zweite Note.] weiter").html == Content.clean(html=SECOND).html


def test_pages_without_notes_have_no_list(client: Any, document: Any, alice: Any, bob: Any) -> None:
    publish(document, "2026.1", alice, bob)
    assert "doc-endnotes" not in client.get("/leitfaden/alles/").text
