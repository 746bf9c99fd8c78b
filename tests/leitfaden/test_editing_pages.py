"""The pages for editing: what people do on them, and that nothing typed is ever lost."""

from html import unescape

import pytest

from leitfaden import actions
from leitfaden.changes import Edit, Remove
from leitfaden.models import Draft, Revision
from tests.leitfaden.pages import seen_on, send, url
from tests.leitfaden.texts import head, passage, save, small_document, text, tree, words
from tests.pictures.files import upload

pytestmark = pytest.mark.django_db

TITLES = ["Rolle und Aufgaben", "Einführung"]


@pytest.fixture
def desk(client, alice):
    client.force_login(alice)
    return client


def edit_url(document, says):
    return url("edit_block", passage(document, says).anchor)


def test_the_outline_and_a_chapter(desk, document):
    page = desk.get(url("outline"))
    assert "Rolle und Aufgaben" in page.content.decode()
    chapter = desk.get(url("edit_chapter", passage(document, TITLES[0]).anchor)).content.decode()
    for says in ("eins", "zwei", "drei"):
        assert f"<p>{says}</p>" in chapter


def test_saving_makes_a_revision_with_a_note(desk, document, alice):
    answer = send(desk, edit_url(document, "zwei"), html="<p>neu</p>", note="Klarer gesagt")
    assert answer.status_code == 302
    assert words(document) == [*TITLES, "eins", "neu", "drei"]
    assert (head(document).note, head(document).author) == ("Klarer gesagt", alice)


def test_a_plain_textarea_is_enough(desk, document):
    send(desk, edit_url(document, "zwei"), html="Erster Absatz.\n\nZweiter & letzter.")
    assert tree(document).by_id[passage(document, "Erster Absatz.\nZweiter & letzter.").id].html == (
        "<p>Erster Absatz.</p><p>Zweiter &amp; letzter.</p>"
    )


def test_a_double_click_saves_once(desk, document):
    address = edit_url(document, "zwei")
    data = {"gesehen": seen_on(desk.get(address)), "html": "<p>neu</p>"}
    assert [desk.post(address, data).status_code for _click in range(2)] == [302, 302]
    new = url("new_block", "nach", passage(document, "eins").anchor, "absatz")
    data = {"gesehen": seen_on(desk.get(new)), "html": "<p>dazu</p>"}
    assert [desk.post(new, data).status_code for _click in range(2)] == [302, 302]
    assert words(document) == [*TITLES, "eins", "dazu", "neu", "drei"]
    assert Revision.objects.count() == 4


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("vor", ["eins", "neu", "zwei", "drei"]),
        ("nach", ["eins", "zwei", "neu", "drei"]),
    ],
)
def test_inserting_beside_a_block(desk, document, where, expected):
    send(desk, url("new_block", where, passage(document, "zwei").anchor, "absatz"), html="neu")
    assert words(document) == [*TITLES, *expected]


def test_inserting_into_a_block_and_into_the_document(desk, document):
    send(desk, url("new_block", "in", passage(document, "Einführung").anchor, "absatz"), html="neu")
    send(desk, url("new_block", "in", "dokument", "modul"), title="Datenschutz", ue="5")
    assert words(document) == [*TITLES, "eins", "zwei", "drei", "neu", "Datenschutz"]
    assert passage(document, "Datenschutz").units == 5


def test_a_kind_that_may_not_stand_there_has_no_page(desk, document):
    assert desk.get(url("new_block", "nach", passage(document, "eins").anchor, "modul")).status_code == 404


def test_fields_of_a_module(desk, document):
    page = desk.get(edit_url(document, TITLES[0]))
    assert page.context["form"]["ue"].value() == 4
    send(desk, edit_url(document, TITLES[0]), title="Rolle", ue="6", zielgruppe="Lots*innen")
    assert passage(document, "Rolle").version.fields == {"ue": 6, "zielgruppe": "Lots*innen"}


def test_what_is_wrong_is_said_and_nothing_is_lost(desk, document):
    answer = send(desk, edit_url(document, TITLES[0]), title="Neue Überschrift", ue="viele")
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Die Unterrichtseinheiten sind eine Zahl von 1 bis 200." in page
    assert 'value="Neue Überschrift"' in page
    assert 'value="viele"' in page
    assert Revision.objects.count() == 2


def test_a_draft_of_ones_own(desk, document, alice, bob, client):
    address = edit_url(document, "zwei")
    send(desk, address, html="<p>angefangen</p>", aktion="entwurf")
    assert words(document) == [*TITLES, "eins", "zwei", "drei"]
    page = desk.get(address)
    assert page.context["form"]["html"].value() == "<p>angefangen</p>"
    assert "Das ist Ihr Entwurf." in page.content.decode()
    desk.force_login(bob)
    others = desk.get(address).content.decode()
    assert "angefangen" not in others
    assert "Alice bearbeitet gerade diese Stelle." in others
    assert "angefangen" not in desk.get(url("outline")).content.decode()
    desk.force_login(alice)
    send(desk, address, html="<p>fertig</p>")
    assert not Draft.objects.exists()


def test_autosave_answers_the_script(desk, document):
    address = edit_url(document, "zwei")
    data = {"gesehen": seen_on(desk.get(address)), "html": "<p>angefangen</p>", "aktion": "entwurf"}
    answer = desk.post(address, data, headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["message"].startswith("Entwurf gesichert um ")
    answer = desk.post(address, {**data, "html": "x" * 100_001}, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert "zu lang" in answer.json()["message"]
    assert Draft.objects.get().html == "<p>angefangen</p>"


def test_a_draft_of_a_new_block(desk, document):
    address = url("new_block", "nach", passage(document, "eins").anchor, "absatz")
    send(desk, address, html="angefangen", aktion="entwurf")
    assert desk.get(address).context["form"]["html"].value() == "<p>angefangen</p>"
    assert address in desk.get(url("outline")).content.decode()
    send(desk, address, html="x", aktion="verwerfen")
    assert not Draft.objects.exists()


def test_invariant_01_a_conflict_answers_409_and_keeps_the_text(desk, document, bob):
    address = edit_url(document, "zwei")
    seen = seen_on(desk.get(address))
    save(document, Edit(passage(document, "zwei").version, text("von Bob")), by=bob)
    answer = desk.post(address, {"gesehen": seen, "html": "<p>von Alice</p>", "note": "Meine Notiz"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert words(document) == [*TITLES, "eins", "von Bob", "drei"]
    assert answer.context["form"]["html"].value() == "<p>von Alice</p>"
    assert answer.context["form"]["note"].value() == "Meine Notiz"
    assert "<ins>" in page
    assert "<del>" in page
    assert "Diesen Abschnitt hat inzwischen jemand anderes geändert." in page
    assert Draft.objects.get().html == "<p>von Alice</p>"
    # What was sent twice is still no more than asked about.
    assert desk.post(address, {"gesehen": seen, "html": "<p>von Alice</p>"}).status_code == 409
    combined = desk.post(address, {"gesehen": seen_on(answer), "html": "<p>von beiden</p>"})
    assert combined.status_code == 302
    assert words(document) == [*TITLES, "eins", "von beiden", "drei"]
    assert not Draft.objects.exists()


def test_the_other_version_can_be_kept(desk, document, bob):
    address = edit_url(document, "zwei")
    seen = seen_on(desk.get(address))
    save(document, Edit(passage(document, "zwei").version, text("von Bob")), by=bob)
    desk.post(address, {"gesehen": seen, "html": "<p>von Alice</p>"})
    send(desk, address, html="<p>von Alice</p>", aktion="verwerfen")
    assert not Draft.objects.exists()
    assert words(document) == [*TITLES, "eins", "von Bob", "drei"]


def test_an_old_draft_conflicts_when_it_is_saved(desk, document, bob):
    address = edit_url(document, "zwei")
    send(desk, address, html="<p>von Alice</p>", aktion="entwurf")
    save(document, Edit(passage(document, "zwei").version, text("von Bob")), by=bob)
    assert "Beim Speichern sehen Sie beide Fassungen." in desk.get(address).content.decode()
    assert send(desk, address, html="<p>von Alice</p>").status_code == 409


def test_a_block_that_somebody_removed_can_be_brought_back(desk, document, bob):
    address = edit_url(document, "zwei")
    seen = seen_on(desk.get(address))
    save(document, Remove(passage(document, "zwei").version), by=bob)
    answer = desk.post(address, {"gesehen": seen, "html": "<p>von Alice</p>"})
    assert answer.status_code == 409
    assert "Abschnitt zurückholen" in answer.content.decode()
    answer = desk.post(address, {"gesehen": seen_on(answer), "html": "<p>von Alice</p>", "aktion": "zurueckholen"})
    assert answer.status_code == 200
    assert words(document) == [*TITLES, "eins", "zwei", "drei"]
    assert answer.context["form"]["html"].value() == "<p>von Alice</p>"
    assert desk.post(address, {"gesehen": seen_on(answer), "html": "<p>von Alice</p>"}).status_code == 302
    assert words(document) == [*TITLES, "eins", "von Alice", "drei"]


def test_invariant_07_changes_in_different_blocks_go_together(desk, document, bob):
    address = edit_url(document, "zwei")
    seen = seen_on(desk.get(address))
    save(document, Edit(passage(document, "drei").version, text("von Bob")), by=bob)
    answer = desk.post(address, {"gesehen": seen, "html": "<p>von Alice</p>"}, follow=True)
    assert "Beides steht jetzt im Text." in answer.content.decode()
    assert words(document) == [*TITLES, "eins", "von Alice", "von Bob"]


def test_an_expired_session_keeps_what_was_typed(desk, document, alice):
    address = edit_url(document, "zwei")
    seen = seen_on(desk.get(address))
    desk.logout()
    answer = desk.post(address, {"gesehen": seen, "html": "<p>getippt</p>", "note": "Notiz"})
    assert answer.status_code == 302
    assert "/konto/anmelden/" in answer.url
    session = dict(desk.session)
    desk.force_login(alice)
    # Logging in by the form keeps the session's content; ``force_login`` starts a new one.
    kept = desk.session
    kept.update({key: value for key, value in session.items() if key == "nicht-gespeichert"})
    kept.save()
    page = desk.get(address)
    assert "Ihre Eingaben sind noch da." in page.content.decode()
    assert page.context["form"]["html"].value() == "<p>getippt</p>"
    assert desk.post(address, {"gesehen": seen_on(page), "html": "<p>getippt</p>"}).status_code == 302
    assert words(document) == [*TITLES, "eins", "getippt", "drei"]


@pytest.mark.parametrize("forged", ["", "x", "WzEsMSwiIl0:1:x"])
def test_a_page_that_says_nothing_of_what_was_seen_saves_nothing(desk, document, forged):
    answer = desk.post(edit_url(document, "zwei"), {"gesehen": forged, "html": "<p>getippt</p>"})
    assert answer.status_code == 400
    assert answer.context["form"]["html"].value() == "<p>getippt</p>"
    assert words(document) == [*TITLES, "eins", "zwei", "drei"]


def shift(client, document, way, says):
    page = client.get(url("edit_chapter", passage(document, TITLES[0]).anchor))
    return client.post(url("shift"), {"gesehen": seen_on(page), way: passage(document, says).anchor})


def test_moving_up_and_down_by_buttons(desk, document):
    shift(desk, document, "hoch", "drei")
    assert words(document) == [*TITLES, "eins", "drei", "zwei"]
    shift(desk, document, "runter", "eins")
    assert words(document) == [*TITLES, "drei", "eins", "zwei"]
    before = head(document)
    assert shift(desk, document, "hoch", "drei").status_code == 302
    assert head(document) == before


def test_a_double_click_moves_once(desk, document):
    page = desk.get(url("edit_chapter", passage(document, TITLES[0]).anchor))
    data = {"gesehen": seen_on(page), "hoch": passage(document, "drei").anchor}
    assert [desk.post(url("shift"), data).status_code for _click in range(2)] == [302, 302]
    assert words(document) == [*TITLES, "eins", "drei", "zwei"]


def test_moving_elsewhere(desk, document):
    send(desk, url("new_block", "in", passage(document, TITLES[0]).anchor, "lernziele"), title="Lernziele")
    address = url("operate", passage(document, "eins").anchor, "verschieben")
    send(desk, address, place=f"{passage(document, 'Lernziele').anchor}:")
    assert words(document) == [*TITLES, "zwei", "drei", "Lernziele", "eins"]
    answer = send(desk, address, place="")
    assert answer.status_code == 422
    forged = send(desk, address, place="dokument:zzz9")
    assert forged.status_code == 422


def test_splitting_between_sentences(desk, alice):
    document = small_document(alice, ["Erster Satz. Zweiter Satz. Dritter Satz."])
    block = passage(document, "Erster Satz. Zweiter Satz. Dritter Satz.")
    address = url("operate", block.anchor, "teilen")
    data = {"gesehen": seen_on(desk.get(address)), "cut": "0"}
    assert [desk.post(address, data).status_code for _click in range(2)] == [302, 302]
    assert words(document) == [*TITLES, "Erster Satz.", "Zweiter Satz. Dritter Satz."]
    assert passage(document, "Erster Satz.").id == block.id


def test_merging_with_the_next(desk, document):
    address = url("operate", passage(document, "eins").anchor, "verbinden")
    page = desk.get(address)
    assert "<p>eins</p><p>zwei</p>" in page.content.decode()
    data = {"gesehen": seen_on(page)}
    assert [desk.post(address, data).status_code for _click in range(2)] == [302, 302]
    assert words(document) == [*TITLES, "eins\nzwei", "drei"]
    assert desk.get(url("operate", passage(document, "drei").anchor, "verbinden")).status_code == 404


def test_removing(desk, document, bob):
    address = url("operate", passage(document, TITLES[1]).anchor, "entfernen")
    seen = seen_on(desk.get(address))
    save(document, Edit(passage(document, "drei").version, text("von Bob")), by=bob)
    answer = desk.post(address, {"gesehen": seen})
    assert answer.status_code == 409
    assert "In diesem Abschnitt hat inzwischen jemand anderes etwas geändert." in answer.content.decode()
    assert "von Bob" in words(document)
    assert send(desk, address).status_code == 302
    assert words(document) == TITLES[:1]


def test_an_empty_document_can_be_begun(desk, alice):
    document = actions.create_document(slug="leitfaden", title="Leitfaden", by=alice)
    assert "Noch steht hier nichts." in desk.get(url("outline")).content.decode()
    send(desk, url("new_block", "in", "dokument", "kapitel"), title="Vorwort")
    assert words(document) == ["Vorwort"]


def test_a_picture_is_uploaded_and_shown(desk, document):
    answer = desk.post(url("upload_picture"), {"picture": upload(), "alt": "Ein Tisch"})
    assert "/leitfaden/bilder/" in answer.context["html"]
    assert 'alt="Ein Tisch"' in answer.context["html"]
    answer = desk.post(
        url("upload_picture"), {"picture": upload(b"x"), "alt": "x"}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json()["message"]


def test_pages_for_editing_take_few_queries(desk, alice, django_assert_num_queries):
    document = small_document(alice, [f"Absatz {number}" for number in range(300)])
    address = url("edit_chapter", passage(document, TITLES[0]).anchor)
    desk.get(address)
    with django_assert_num_queries(9):
        desk.get(address)
