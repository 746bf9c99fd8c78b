"""The pages of editions: what readers see, under which address, and for how long."""

from typing import Any

import pytest

from leitfaden import actions, editions
from leitfaden.changes import Edit, Insert, Remove
from leitfaden.content import Content
from leitfaden.models import Edition, FileKind, Kind
from tests.factories import UserFactory
from tests.leitfaden.texts import head, passage, publish, save, text, titled, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(document: Any, alice: Any, bob: Any) -> Edition:
    return publish(document, "2026.1", alice, bob)


@pytest.fixture
def next_edition(edition: Edition, document: Any, alice: Any, bob: Any) -> Edition:
    """A second edition, in which the first passage reads differently and the second is gone."""
    first, second = passage(document, "eins"), passage(document, "zwei")
    save(document, Edit(first.version, text("anders")), Remove(second.version), by=alice)
    return publish(document, "2026.2", alice, bob)


def test_the_first_page(client: Any, edition: Edition, document: Any) -> None:
    page = client.get("/leitfaden/").text
    module = tree(document).modules[0]
    assert "<h1>Leitfaden</h1>" in page
    assert "Ausgabe 2026.1 vom" in page
    assert f'href="/leitfaden/seite/{module.anchor}/"' in page
    assert '<span class="number">4</span>' in page
    assert "Lesezeit: eine Minute" in page
    assert 'href="/leitfaden/2026-1/"' in page


def test_the_first_page_offers_files(client: Any, document: Any, alice: Any, bob: Any) -> None:
    edition = publish(document, "2026.1", alice, bob)
    assert "Herunterladen" not in client.get("/leitfaden/").text
    editions.keep_file(edition=edition, kind=FileKind.MARKDOWN, content=b"# Leitfaden")
    text = client.get("/leitfaden/").text
    assert 'href="/leitfaden/2026-1/herunterladen/leitfaden-2026-1.md"' in text
    assert text.count(">Herunterladen</h2>") == 1


def test_before_there_is_an_edition(client: Any, document: Any) -> None:
    answer = client.get("/leitfaden/")
    assert answer.status_code == 200
    assert "Der Leitfaden erscheint bald." in answer.text
    assert "noindex" in answer.text
    assert "eins" not in answer.text
    assert client.get(f"/leitfaden/seite/{tree(document).modules[0].anchor}/").status_code == 404
    assert client.get("/leitfaden/2026-1/").status_code == 404


def test_a_module_has_its_page_with_codes_in_the_margin(client: Any, edition: Edition, document: Any) -> None:
    module, first = tree(document).modules[0], passage(document, "eins")
    page = client.get(f"/leitfaden/seite/{module.anchor}/").text
    assert "<h1>Rolle und Aufgaben</h1>" in page
    assert "<h2>Einführung</h2>" in page
    assert f'id="{first.anchor}"' in page
    assert f'href="/leitfaden/2026-1/{first.anchor}/"' in page
    assert f'href="/leitfaden/2026-1/zitieren/{first.anchor}/"' in page


def test_only_chapters_have_pages(client: Any, edition: Edition, document: Any) -> None:
    first = passage(document, "eins")
    assert client.get(f"/leitfaden/seite/{first.anchor}/").status_code == 404
    assert client.get("/leitfaden/seite/k7m2/").status_code == 404


@pytest.mark.parametrize("frozen", ["", "2026-1/"])
def test_the_short_address_of_a_passage_leads_to_its_place(
    client: Any, edition: Edition, document: Any, frozen: str
) -> None:
    module, first = tree(document).modules[0], passage(document, "eins")
    answer = client.get(f"/leitfaden/{frozen}{first.anchor}/")
    assert answer.status_code == 302
    assert answer.url == f"/leitfaden/{frozen}seite/{module.anchor}/#{first.anchor}"


def test_one_page_has_everything(client: Any, edition: Edition) -> None:
    page = client.get("/leitfaden/alles/").text
    assert all(f"<p>{words}</p>" in page for words in ("eins", "zwei", "drei"))
    assert "<h1>Leitfaden</h1>" in page
    assert "<h2>Rolle und Aufgaben</h2>" in page
    assert "<h3>Einführung</h3>" in page


def test_turning_pages(client: Any, document: Any, alice: Any, bob: Any) -> None:
    first = tree(document).modules[0]
    second = Insert(Kind.MODULE, titled("Werte"), None, first.id)
    third = Insert(Kind.CHAPTER, titled("Anhang"), None, second.block)
    save(document, second, third, by=alice)
    publish(document, "2026.1", alice, bob)
    one, two, three = (chapter.anchor for chapter in tree(document).chapters)
    page = client.get(f"/leitfaden/seite/{two}/").text
    assert f'<a rel="prev" href="/leitfaden/seite/{one}/">' in page
    assert f'<a rel="next" href="/leitfaden/seite/{three}/">' in page
    assert 'rel="prev"' not in client.get(f"/leitfaden/seite/{one}/").text
    assert 'rel="next"' not in client.get(f"/leitfaden/seite/{three}/").text


def test_a_frozen_address_goes_on_showing_what_it_showed(
    client: Any, edition: Edition, next_edition: Edition, document: Any
) -> None:
    frozen, current = client.get("/leitfaden/2026-1/alles/").text, client.get("/leitfaden/alles/").text
    assert "<p>eins</p>" in frozen
    assert "<p>zwei</p>" in frozen
    assert "<p>anders</p>" in current
    assert "<p>zwei</p>" not in current
    assert 'href="http://testserver/leitfaden/alles/"' in frozen


def test_a_superseded_edition_says_so_and_names_the_current_page(
    client: Any, next_edition: Edition, document: Any
) -> None:
    module = tree(document).modules[0].anchor
    page = client.get(f"/leitfaden/2026-1/seite/{module}/").text
    assert "Es gibt eine neuere: die Ausgabe 2026.2." in page
    assert f'<link rel="canonical" href="http://testserver/leitfaden/seite/{module}/">' in page
    assert "Es gibt eine neuere" not in client.get(f"/leitfaden/2026-2/seite/{module}/").text


def test_the_current_page_of_a_chapter_that_is_gone_is_the_first(
    client: Any, document: Any, alice: Any, bob: Any
) -> None:
    chapter = Insert(Kind.CHAPTER, titled("Anhang"), None, tree(document).modules[0].id)
    save(document, chapter, by=alice)
    publish(document, "2026.1", alice, bob)
    gone = passage(document, "Anhang")
    save(document, Remove(gone.version), by=alice)
    publish(document, "2026.2", alice, bob)
    page = client.get(f"/leitfaden/2026-1/seite/{gone.anchor}/").text
    assert '<link rel="canonical" href="http://testserver/leitfaden/">' in page
    assert client.get(f"/leitfaden/seite/{gone.anchor}/").status_code == 404


def test_a_withdrawn_edition_leaves_a_tombstone(client: Any, edition: Edition, alice: Any) -> None:
    editions.withdraw(edition=edition, reason="Eine Zahl war falsch.", by=alice)
    for address in ("", "alles/", "suche/?q=eins", "zitieren/"):
        answer = client.get(f"/leitfaden/2026-1/{address}")
        assert answer.status_code == 410
        assert "Eine Zahl war falsch." in answer.text
        assert "eins" not in answer.text
    assert "Der Leitfaden erscheint bald." in client.get("/leitfaden/").text


def test_editors_still_read_what_was_withdrawn(client: Any, edition: Edition, alice: Any) -> None:
    editions.withdraw(edition=edition, reason="Eine Zahl war falsch.", by=alice)
    client.force_login(alice)
    answer = client.get("/leitfaden/2026-1/alles/")
    assert answer.status_code == 200
    assert "Die Ausgabe 2026.1 wurde zurückgezogen." in answer.text
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("approvals", [0, 2])
def test_editions_to_come_are_for_editors(client: Any, document: Any, alice: Any, bob: Any, approvals: int) -> None:
    edition = editions.create_edition(document=document, label="2026.1", revision=head(document), by=alice)
    for person in (alice, bob)[:approvals]:
        editions.approve(edition=edition, by=person)
    assert client.get("/leitfaden/2026-1/alles/").status_code == 404
    client.force_login(UserFactory())
    assert client.get("/leitfaden/2026-1/alles/").status_code == 404
    client.force_login(bob)
    answer = client.get("/leitfaden/2026-1/alles/")
    assert "Vorschau der Ausgabe 2026.1" in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text
    assert (answer["X-Robots-Tag"], answer["Cache-Control"]) == ("noindex", "private, no-store")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_readers_change_nothing(client: Any, edition: Edition, method: str) -> None:
    for address in ("", "alles/", "suche/", "zitieren/", "2026-1/"):
        assert getattr(client, method)(f"/leitfaden/{address}").status_code == 405


def test_an_unchanged_page_is_not_sent_twice(client: Any, edition: Edition) -> None:
    answer = client.get("/leitfaden/2026-1/")
    assert client.get("/leitfaden/2026-1/", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_what_is_edited_does_not_show_before_it_is_published(
    client: Any, edition: Edition, document: Any, alice: Any
) -> None:
    first = passage(document, "eins")
    save(document, Edit(first.version, text("unveröffentlicht")), by=alice)
    actions.save_draft(document=document, base=head(document), seen=first.version, content=text("geheim"), by=alice)
    for address in ("", "alles/", "suche/?q=geheim", "suche/?q=unveröffentlicht"):
        page = client.get(f"/leitfaden/{address}").text
        assert "geheim" not in page.replace("„geheim“", "").replace('value="geheim"', "").replace(": geheim", "")
        assert "<mark>" not in page


def test_links_between_passages_stay_within_the_edition(client: Any, document: Any, alice: Any, bob: Any) -> None:
    module, first, second = tree(document).modules[0], passage(document, "eins"), passage(document, "zwei")
    chapter = Insert(Kind.CHAPTER, titled("Anhang"), None, module.id)
    html = f'<p><a href="#{first.anchor}">dort</a> und <a href="#k2k2k2">nirgends</a></p>'
    pointing = Insert(Kind.TEXT, Content.clean(html=html), chapter.block)
    same = Content.clean(html=f'<p><a href="#{first.anchor}">oben</a></p>')
    save(document, chapter, pointing, Edit(second.version, same), by=alice)
    publish(document, "2026.1", alice, bob)
    page = client.get(f"/leitfaden/2026-1/seite/{passage(document, 'Anhang').anchor}/").text
    assert f'<a href="/leitfaden/2026-1/seite/{module.anchor}/#{first.anchor}">dort</a> und nirgends' in page
    assert f'<a href="#{first.anchor}">oben</a>' in client.get(f"/leitfaden/seite/{module.anchor}/").text


def test_tables_scroll_within_themselves(client: Any, document: Any, alice: Any, bob: Any) -> None:
    first = passage(document, "eins")
    table = "<table><caption>Zeiten</caption><tr><th>Zeit</th><td>15 Min.</td></tr></table>"
    save(document, Edit(first.version, Content.clean(html=table)), by=alice)
    publish(document, "2026.1", alice, bob)
    page = client.get("/leitfaden/alles/").text
    assert '<div aria-label="Tabelle 1: Zeiten" class="table" role="group" tabindex="0"><table>' in page


def test_methods_tell_their_facts(client: Any, document: Any, alice: Any, bob: Any) -> None:
    module = tree(document).modules[0]
    practice = Insert(Kind.PRACTICE, titled("Praxis"), module.id)
    method = Insert(Kind.METHOD, titled("Interview", dauer="45 Minuten", gruppe="6 bis 14"), practice.block)
    save(document, practice, method, by=alice)
    publish(document, "2026.1", alice, bob)
    page = client.get("/leitfaden/alles/").text
    assert "<dt>Dauer</dt><dd>45 Minuten</dd>" in page
    assert "<dt>Gruppe</dt><dd>6 bis 14</dd>" in page
    assert "Zielgruppe" not in page


def test_citing_an_edition(client: Any, edition: Edition) -> None:
    page = client.get("/leitfaden/zitieren/").text
    year = edition.published_at.year
    assert f"Kompetenzzentrum Vielfalt Hessen (Hrsg.) ({year}): Leitfaden. Ausgabe 2026.1 vom" in page
    assert "http://testserver/leitfaden/2026-1/</p>" in page
    assert "@book{leitfaden-2026-1," in page


def test_citing_a_passage(client: Any, edition: Edition, document: Any) -> None:
    first = passage(document, "eins")
    page = client.get(f"/leitfaden/2026-1/zitieren/{first.anchor}/").text
    place = f"Modul 1: Rolle und Aufgaben, Absatz {first.anchor}. http://testserver/leitfaden/2026-1/{first.anchor}/"
    assert place in page
    assert f"@inbook{{leitfaden-2026-1-{first.anchor}," in page
    assert f"note = {{Absatz {first.anchor}}}," in page


def test_bibtex_survives_what_it_takes_for_commands(client: Any, document: Any, alice: Any, bob: Any) -> None:
    module = tree(document).modules[0]
    save(document, Edit(module.version, titled(r"50 % & {mehr} \_$", ue=4)), by=alice)
    publish(document, "2026.1", alice, bob)
    page = client.get(f"/leitfaden/zitieren/{module.anchor}/").text
    assert r"chapter = {{Modul 1: 50 \% \&amp; \{mehr\} \textbackslash{}\_\$}}," in page


def test_the_sitemap_has_the_current_edition(client: Any, edition: Edition, document: Any) -> None:
    sitemap = client.get("/sitemap.xml").text
    assert f"/leitfaden/seite/{tree(document).modules[0].anchor}/</loc>" in sitemap
    assert "/2026-1/" not in sitemap


def test_readers_get_no_cookie(client: Any, edition: Edition) -> None:
    for address in ("", "alles/", "suche/?q=eins", "zitieren/", "2026-1/"):
        assert not client.get(f"/leitfaden/{address}").cookies
