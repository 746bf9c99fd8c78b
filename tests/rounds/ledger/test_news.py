"""What is new in an edition against the one before it, and what led to that."""

import pytest

from leitfaden import editions
from leitfaden.changes import Edit, Insert, Move, Remove
from leitfaden.models import Kind
from leitfaden.rounds import deciding, proposing, reviewing
from leitfaden.rounds.models import Outcome, Phase
from tests.leitfaden.texts import head, passage, save, text
from tests.rounds.rounds import admitted, confirm, draft, judge, let_it_be
from tests.rounds.workbench.pages import url, words

pytestmark = pytest.mark.django_db


def news(client, edition="2026-2"):
    return client.get(url("news", edition=edition))


def told(answer):
    """What became of each passage, by how many decisions, and whether the staff have a part in it."""
    return [
        (one.passage.node.title or one.passage.node.version.plain, one.passage.label, len(one.entries), one.is_edited)
        for one in answer.context["news"]
    ]


def test_by_decisions_and_by_the_staff(client, document, concluded, staff, publish):
    section = passage(document, "Einführung")
    save(
        document,
        Edit(passage(document, "zwei").version, text("zwei, redaktionell")),
        Insert(Kind.TEXT, text("vier"), section.id, passage(document, "drei").id),
        Move(passage(document, "drei").id, section.id, None),
        by=staff,
    )
    publish("2026.2")
    answer = news(client)
    assert told(answer) == [
        ("drei", "verschoben", 0, True),
        ("eins nicht", "geändert", 1, False),
        ("zwei, redaktionell", "geändert", 0, True),
        ("vier", "neu", 0, True),
    ]
    said = words(answer)
    assert "Was ist neu gegenüber Ausgabe 2026.1?" in said
    assert "Lotsen Hanau, Lotsen Fulda: <strong>Angenommen</strong>. Das überzeugt." in said
    assert "Ohne Vorschlag: von der Redaktion bearbeitet." in said
    assert "Verneinung geändert (nicht, kein)" in said
    assert f"/leitfaden/2026-2/{passage(document, 'vier').anchor}/" in answer.text


def test_what_the_staff_wrote_upon_a_decision(client, document, round_, hanau, alice, staff, publish):
    publish("2026.1")
    own = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    judge(own, staff, Outcome.CHANGED)
    confirm(now, own, staff, text("eins, ganz neu"))
    deciding.consolidate(round_=now, head=head(document), by=staff)
    publish("2026.2")
    answer = news(client)
    assert told(answer) == [("eins, ganz neu", "geändert", 1, True)]
    assert "Auch die Redaktion hat daran gearbeitet." in words(answer)


def test_what_was_removed_with_all_below_it(client, document, round_, hanau, alice, staff, publish):
    publish("2026.1")
    own = draft(round_, hanau, alice, title="Weg damit")
    proposing.keep_removal(proposal=own, seen=passage(document, "Einführung").version, by=alice)
    reviewing.admit(proposal=proposing.submit(proposal=own, by=alice), by=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    judge(own, staff)
    deciding.consolidate(round_=now, head=head(document), by=staff)
    publish("2026.2")
    answer = news(client)
    assert {row[1:] for row in told(answer)} == {("gestrichen", 1, False)}
    assert len(told(answer)) == 4
    assert all(one.url == "" for one in answer.context["news"])


def test_editions_without_a_round(client, document, staff, publish):
    publish("2026.1")
    save(document, Remove(passage(document, "drei").version), by=staff)
    publish("2026.2")
    assert told(news(client)) == [("drei", "gestrichen", 0, True)]
    assert "/entscheidungen/" not in news(client).text


def test_the_same_text_once_more(client, concluded, publish):
    publish("2026.2")
    publish("2026.3")
    assert "Der Text ist derselbe geblieben." in words(news(client, "2026-3"))


def test_a_withdrawn_edition_is_not_compared_with(client, document, concluded, staff, publish):
    save(document, Edit(passage(document, "drei").version, text("geheim")), by=staff)
    withdrawn = publish("2026.2")
    save(document, Edit(passage(document, "geheim").version, text("drei, bearbeitet")), by=staff)
    publish("2026.3")
    editions.withdraw(edition=withdrawn, reason="Ein Fehler.", by=staff)
    answer = news(client, "2026-3")
    assert "Was ist neu gegenüber Ausgabe 2026.1?" in words(answer)
    assert "geheim" not in answer.text


def test_the_first_edition_has_none(client, publish, document):
    publish("2026.1")
    assert news(client, "2026-1").status_code == 404
