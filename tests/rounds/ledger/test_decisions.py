"""The ledger of an edition: who achieved what, and what it never shows."""

import pytest

from leitfaden import editions
from leitfaden.changes import Edit
from leitfaden.models import Kind
from leitfaden.rounds import deciding, proposing, reviewing
from leitfaden.rounds.models import Outcome, Phase
from tests.leitfaden.texts import head, passage, save, text
from tests.rounds.rounds import admitted, carrier, draft, judge, let_it_be, member, running_round, submitted
from tests.rounds.workbench.pages import changes_of, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(concluded, publish):
    """Edition 2026.2 with the result of the round."""
    return publish("2026.2")


def ledger(client, edition="2026-2", **question):
    return client.get(url("ledger", edition=edition), question)


def shown(answer):
    return [entry.proposal.number for _chapter, entries in answer.context["groups"] for entry, _url in entries]


def test_who_achieved_what(client, document, published):
    answer = ledger(client)
    said = words(answer)
    assert "3 Entscheidungen zu 3 Vorschlägen" in said
    assert "Vorschlag 1: Klarer" in said
    assert "von <strong>Lotsen Hanau</strong>, <strong>Lotsen Fulda</strong>" in said
    assert "Das überzeugt." in said
    assert "Starker Konsens" in said
    assert "1 von 2 haben sich geäußert." in said
    assert "Verneinung geändert (nicht, kein)" in said
    assert f"/leitfaden/2026-2/{passage(document, 'zwei').anchor}/" in answer.text
    assert [chapter.title for chapter, _entries in answer.context["groups"]] == ["Rolle und Aufgaben"]
    assert shown(answer) == [1, 3, 4]


def test_the_sums_add_up(client, published):
    context = ledger(client).context
    assert context["sums"] == [
        ("Angenommen", 1),
        ("Nicht angenommen", 1),
        ("Auf die nächste Runde verschoben", 1),
    ]
    assert sum(number for _label, number in context["sums"]) == context["number"]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ({"ergebnis": "angenommen"}, [1]),
        ({"ergebnis": "abgelehnt"}, [3]),
        ({"traeger": "Lotsen Fulda"}, [1, 3]),
        ({"traeger": "Lotsen Hanau", "ergebnis": "verschoben"}, [4]),
        ({"modul": "unsinn"}, []),
        ({"traeger": "\x00", "ergebnis": "\x00", "seite": "x"}, []),
        ({"seite": "99"}, [1, 3, 4]),
    ],
)
def test_filters(client, published, question, numbers):
    answer = ledger(client, **question)
    assert shown(answer) == numbers
    assert answer.context["number"] == len(numbers)
    if not numbers:
        assert "Dazu gibt es keine Entscheidung." in words(answer)


def test_by_module(client, document, published):
    assert shown(ledger(client, modul=passage(document, "Rolle und Aufgaben").anchor)) == [1, 3, 4]


def test_nothing_of_people_and_nothing_internal(client, document, published, alice, bob, staff, colleague):
    for edition in ("entscheidungen", "neu"):
        said = client.get(f"/leitfaden/2026-2/{edition}/").text
        for secret in (str(alice), str(bob), str(staff), str(colleague), "Das ist vertraulich gemeint."):
            assert secret not in said


def test_only_once_the_edition_is_published(client, document, concluded, staff, client_of, alice):
    edition = editions.create_edition(document=document, label="2026.2", revision=head(document), by=staff)
    assert [ledger(reader).status_code for reader in (client, client_of(alice))] == [404, 404]
    answer = ledger(client_of(staff))
    assert "Nur die Redaktion sieht diese Seite." in words(answer)
    assert "private" in answer["Cache-Control"]
    assert edition.published_at is None


def test_a_withdrawn_edition_shows_nothing(client, published, staff):
    editions.withdraw(edition=published, reason="Ein Fehler.", by=staff)
    assert ledger(client).status_code == 410
    assert client.get(url("news", edition="2026-2")).status_code == 410


def test_a_superseded_edition_keeps_its_ledger(client, document, published, staff, publish):
    save(document, Edit(passage(document, "drei").version, text("drei, bearbeitet")), by=staff)
    publish("2026.3")
    assert "Die Ausgabe 2026.2 gilt nicht mehr." in words(ledger(client))
    assert shown(ledger(client)) == [1, 3, 4]
    # The round is told of once.
    assert "An dieser Ausgabe hat keine Runde mitgewirkt" in words(ledger(client, "2026-3"))


def test_what_an_edition_had_that_was_withdrawn_is_in_the_next(client, published, staff, publish):
    editions.withdraw(edition=published, reason="Ein Fehler.", by=staff)
    publish("2026.3")
    assert shown(ledger(client, "2026-3")) == [1, 3, 4]


def test_settled_by_another(client, document, round_, hanau, fulda, alice, bob, staff, publish):
    taken = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff, title="Klarer")
    other = admitted(round_, fulda, bob, ("eins", "eins anders"), staff=staff, title="Anders")
    now = let_it_be(round_, Phase.CONSOLIDATE)
    judge(taken, staff)
    judge(other, staff, Outcome.SETTLED, settled_by=changes_of(taken)[0])
    deciding.consolidate(round_=now, head=head(document), by=staff)
    publish("2026.1")
    said = words(ledger(client, "2026-1"))
    assert "Durch einen anderen Vorschlag erledigt" in said
    assert f'Erledigt durch: <a href="{taken.get_absolute_url()}">Vorschlag 1</a>' in said


def test_new_passages_stand_where_they_were_put(client, document, round_, hanau, alice, staff, publish):
    own, one = draft(round_, hanau, alice), passage(document, "eins")
    section = one.parent.block
    proposing.keep_insertion(
        proposal=own, kind=Kind.TEXT, content=text("Neu"), parent=section, after=one.block, by=alice
    )
    reviewing.admit(proposal=proposing.submit(proposal=own, by=alice), by=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    judge(own, staff)
    deciding.consolidate(round_=now, head=head(document), by=staff)
    publish("2026.1")
    answer = ledger(client, "2026-1")
    assert [chapter.title for chapter, _entries in answer.context["groups"]] == ["Rolle und Aufgaben"]
    assert f"/leitfaden/2026-1/{passage(document, 'Neu').anchor}/" in answer.text


def test_the_edition_and_the_round_lead_here(client, concluded, published):
    said = client.get("/leitfaden/2026-2/").text
    assert url("ledger", edition="2026-2") in said
    assert url("news", edition="2026-2") in said
    assert url("ledger", edition="2026-2") in client.get("/leitfaden/").text
    assert "/entscheidungen/" not in client.get("/leitfaden/2026-1/").text
    assert url("ledger", edition="2026-2") in client.get(concluded.get_absolute_url()).text


def test_a_round_whose_edition_is_still_to_come(client, concluded):
    assert "Der neue Text erscheint mit der nächsten Ausgabe." in words(client.get(concluded.get_absolute_url()))


def test_few_queries(client, document, staff, hanau, fulda, alice, bob, publish, django_assert_num_queries):
    """As many for thirty decisions as for one, and as many for thirty carriers."""
    publish("2026.1")
    _one_round(document, [hanau, fulda], staff, alice, 1)
    publish("2026.2")
    more = [carrier(f"Träger {number}") for number in range(10)]
    _one_round(document, [hanau, *more], staff, alice, 10, [(one, member(one)) for one in more])
    publish("2026.3")
    publish("2026.4")
    for edition in ("2026-2", "2026-3"):
        with django_assert_num_queries(6):
            assert ledger(client, edition).status_code == 200
        with django_assert_num_queries(9):
            assert client.get(url("news", edition=edition)).status_code == 200


def _one_round(document, carriers, staff, alice, number, others=()):
    """A round in which so many proposals of the first carrier are declined; those of others went into the first one."""
    round_ = running_round(document, carriers, staff)
    made = [
        admitted(round_, carriers[0], alice, ("eins", f"eins {at}"), staff=staff, title=f"Nummer {at}")
        for at in range(number)
    ]
    for organisation, manager in others:
        same = submitted(round_, organisation, manager, ("eins", "eins x"), title="Dasselbe")
        reviewing.merge(proposal=same, into=made[0], reason="Dasselbe.", by=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    for proposal in made:
        judge(proposal, staff, Outcome.DECLINED)
    deciding.consolidate(round_=now, head=head(document), by=staff)
