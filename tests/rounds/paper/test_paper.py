"""The paper of a round: what stands on it, and that it says to everybody what everybody may read."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from lxml import html

from leitfaden.changes import Insert
from leitfaden.models import Document, Kind
from leitfaden.rounds import deciding, proposing, reviewing, voting
from leitfaden.rounds.models import Advice, Outcome, Phase, Proposal, Round, Stance
from leitfaden.rounds.paper import printing
from leitfaden.rounds.paper.content import Paper
from leitfaden.rounds.paper.printing import Sheet, lay_out, lay_out_later
from leitfaden.rounds.scope import Scope
from tests.documents.reading import Pdf, assert_accessible
from tests.leitfaden.texts import passage, save, text, titled
from tests.rounds.rounds import (
    admitted,
    as_participant,
    confirm,
    draft,
    in_every_state,
    judge,
    let_it_be,
    position,
    running_round,
    submitted,
)
from vielfalt.operators.models import Operator, Responsibility, Strand

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Every test lays out its own papers."""
    cache.clear()


def sheet(round_, chapter=None):
    """What goes into the paper of a round, as HTML."""
    now = Round.objects.select_related("base", "document").get(pk=round_.pk)
    return Sheet.of(Paper(now, DAY, chapter, scope=Scope(now)))


def words(page):
    """What one reads, in one line."""
    return " ".join(html.fromstring(page).text_content().split())


def on_paper(round_, chapter=None):
    return words(sheet(round_, chapter).text)


def url(round_):
    return reverse("rounds:paper", args=[round_.number])


@pytest.fixture
def discussed(round_, hanau, fulda, alice, bob, staff):
    """A round in discussion with two proposals that fight over a passage."""
    first = admitted(round_, hanau, alice, ("eins", "eins muss neu"), staff=staff)
    admitted(round_, fulda, bob, ("eins", "eins nicht"), ("zwei", "zwei neu"), staff=staff, title="Anders")
    reviewing.recommend(version=first.current, advice=Advice.CHANGE, reason="Fast.", by=staff)
    let_it_be(round_, Phase.DISCUSS)
    position(first, fulda, bob, Stance.MINOR, "Das Wort Geheim stört uns.")
    return Round.objects.get(pk=round_.pk)


class TestWhatItSays:
    def test_everything_about_a_proposal(self, discussed, document):
        said = on_paper(discussed)
        for part in (
            "Frühjahrsrunde",
            "Runde 1 zum Leitfaden · Stand: 25. November 2026",
            "Vorschlag 1 · In Diskussion Klarer schreiben von Lotsen Hanau",
            f"Absatz {passage(document, 'eins').anchor} · anders schreiben. Der Text wird anders. 2 Wörter",
            "Verbindlichkeit geändert (muss, soll, kann) · künftig: muss",
            "eins[neu: muss neu]",
            "Begründung",
            "Das ist verständlicher.",
            "Die Redaktion empfiehlt: mit Änderungen annehmen",
            "1 von 2 haben sich geäußert. 100 % Zustimmung. Zustimmung: 0 · Leichte Bedenken: 1",
            "ZustimmungLeichte BedenkenSchwere BedenkenVetoEnthaltung",
        ):
            assert part in said

    def test_the_reason_of_a_position_is_not_on_it(self, discussed):
        assert "Geheim" not in on_paper(discussed)

    def test_everybody_can_read_it_in_black_and_white(self, discussed, client, document):
        pdf = assert_accessible(client.get(url(discussed)).content)
        assert pdf.heading_levels[:4] == [1, 2, 2, 2]
        assert passage(document, "eins").anchor in pdf.text
        assert "[neu:" in pdf.text
        assert "Notizen" in pdf.text
        assert f"Seite 2 von {len(pdf.pages)}" in pdf.text
        assert "Unterschrift" in pdf.pages[-1].extract_text()

    def test_same_to_the_byte(self, discussed):
        first = lay_out(sheet(discussed))
        cache.clear()
        assert lay_out(sheet(discussed)) == first

    def test_a_proposal_stands_once_and_is_named_where_else_it_changes_something(self, discussed):
        said = on_paper(discussed)
        assert said.count("Anders von Lotsen Fulda") == 1
        assert "Diesen Absatz ändert auch: Vorschlag 2: Anders" in said

    def test_rivals_are_weighed_against_each_other(self, discussed, document):
        table = html.fromstring(sheet(discussed).text).xpath("//table[@class='resistance']")
        assert [words(html.tostring(row)) for row in table[0].xpath(".//tbody//th")] == [
            "Vorschlag 1: Klarer schreiben",
            "Vorschlag 2: Anders",
            "Es bleibt, wie es ist",
        ]
        assert [len(row.xpath("td")) for row in table[0].xpath(".//tbody/tr")] == [11, 11, 11]
        assert passage(document, "eins").anchor in table[0].xpath("string(caption)")
        assert len(table) == 1

    def test_who_takes_it(self, discussed):
        office = Operator.objects.create(
            name="Büro", street="Hauptstraße 1", postal_code="63065", town="Offenbach", email="papier@example.org"
        )
        Responsibility.objects.create(operator=office, strand=Strand.LEITFADEN)
        assert "Hier geben Sie es ab" in on_paper(discussed)
        assert "BüroHauptstraße 163065 Offenbachpapier@example.org" in on_paper(discussed)

    def test_new_removed_and_moved_passages(self, round_, document, hanau, alice, staff):
        own = proposing.begin(round_=round_, participant=as_participant(round_, hanau), by=alice)
        one, two, three = (passage(document, word) for word in ("eins", "zwei", "drei"))
        proposing.keep_removal(proposal=own, seen=one.version, by=alice)
        proposing.keep_move(proposal=own, seen=three.version, parent=three.parent.block, after=None, by=alice)
        proposing.keep_insertion(
            proposal=own, kind=Kind.TEXT, content=text("vier"), parent=two.parent.block, after=two.block, by=alice
        )
        proposing.describe(proposal=own, title="Umbau", reason="So.", names_author=True, is_editorial=False, by=alice)
        reviewing.admit(proposal=proposing.submit(proposal=own, by=alice), by=staff)
        said = on_paper(round_)
        assert "Umbau von Lotsen Hanau (Alice)" in said
        assert "streichen. Fällt weg." in said
        assert "[entfernt: eins]" in said
        assert "einfügen. Neu nach „" in said
        assert "[neu: vier]" in said
        assert "verschieben. Der Text bleibt. Er kommt ganz vorn" in said

    def test_what_was_decided(self, discussed, staff):
        let_it_be(discussed, Phase.CONSOLIDATE)
        first, second = Proposal.objects.order_by("number")
        judge(first, staff)
        judge(second, staff, Outcome.DECLINED)
        confirm(discussed, first, staff)
        deciding.consolidate(round_=discussed, head=Document.objects.get(pk=discussed.document_id).head, by=staff)
        said = on_paper(discussed)
        assert "Angenommen: Das überzeugt." in said
        assert "Nicht angenommen: Das überzeugt." in said
        assert "1 von 2 haben sich geäußert." in said
        assert "Unterschrift" not in said
        assert "Wie steht Ihr Träger dazu?" not in said


class TestWhichPassages:
    def test_all_that_are_open_while_anything_can_be_proposed(self, document, hanau, staff):
        part = Insert(Kind.INTRODUCTION, titled("Zu"), passage(document, "Rolle und Aufgaben").id)
        save(document, part, Insert(Kind.TEXT, text("geschlossen"), part.block), by=staff)
        only = running_round(document, [hanau], staff, blocks=[passage(document, "Einführung").block])
        said = on_paper(only)
        assert "Modul 1: Rolle und Aufgaben" in said
        assert "eins" in said
        assert "drei" in said
        assert "geschlossen" not in said
        assert "Unser Vorschlag" in said

    def test_later_those_for_which_something_is_proposed(self, discussed):
        said = on_paper(discussed)
        assert "zwei" in said
        assert "drei" not in said
        assert "Unser Vorschlag" not in said

    def test_nothing_is_proposed(self, round_):
        let_it_be(round_, Phase.VOTE)
        assert "Zu dieser Runde gibt es hier keine zugelassenen Vorschläge." in on_paper(round_)

    def test_one_chapter(self, round_, document, staff, client):
        module = passage(document, "Rolle und Aufgaben")
        found = client.get(url(round_), {"teil": module.anchor})
        assert "Nur dieser Teil: Modul 1: Rolle und Aufgaben" in " ".join(Pdf(found.content).text.split())
        assert f"-{module.anchor}-" in found["Content-Disposition"]
        assert client.get(url(round_), {"teil": passage(document, "eins").anchor}).status_code == 404
        assert client.get(url(round_), {"teil": ""}).status_code == 404


class TestWhoReadsWhat:
    def test_nothing_but_what_everybody_may_read(self, round_, hanau, alice, staff):
        states = in_every_state(round_, hanau, alice, staff)
        for state, proposal in states.items():
            assert (f"Vorschlag {proposal.number} ·" in on_paper(round_)) == (
                state in ("zugelassen", "entschieden", "weitergetragen")
            ), state

    def test_the_same_for_all(self, discussed, alice, staff, client_of, client):
        first = Proposal.objects.order_by("number").first()
        voting.remark(proposal=first, text="Intern", is_internal=True, by=staff)
        papers = {reader.get(url(discussed)).content for reader in (client, client_of(alice), client_of(staff))}
        assert len(papers) == 1

    def test_own_drafts_and_submissions_are_on_nobodys_paper(self, round_, hanau, alice, staff, client_of):
        draft(round_, hanau, alice, ("eins", "Entwurf Geheim"))
        submitted(round_, hanau, alice, ("zwei", "Eingereicht Geheim"))
        for user in (alice, staff):
            assert "Geheim" not in Pdf(client_of(user).get(url(round_)).content).text

    def test_persons_with_consent_only(self, round_, hanau, alice, staff):
        admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
        assert "Alice" not in on_paper(round_)


class TestSize:
    def test_as_many_queries_for_ten_as_for_one(self, round_, hanau, alice, staff, django_assert_num_queries):
        admitted(round_, hanau, alice, ("eins", "eins 0"), staff=staff)
        with django_assert_num_queries(16):
            sheet(round_)
        for number in range(10):
            admitted(round_, hanau, alice, ("eins", f"eins {number}"), ("zwei", f"zwei {number}"), staff=staff)
        with django_assert_num_queries(16):
            sheet(round_)

    def test_kept_for_the_next_who_asks(self, discussed, client, monkeypatch):
        first = client.get(url(discussed)).content
        monkeypatch.setattr(printing, "render_pdf", None)
        assert client.get(url(discussed)).content == first

    def test_a_large_one_is_laid_out_in_the_background(self, discussed, client, settings, monkeypatch):
        monkeypatch.setattr(printing, "LARGE", 100)
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        answers = [client.get(url(discussed)) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [202, 202]
        assert "Das Arbeitspapier wird gesetzt" in answers[0].content.decode()
        assert "Rolle und Aufgaben" in answers[0].content.decode()
        [result] = DBTaskResult.objects.all()
        lay_out_later.call(*result.args_kwargs["args"])
        assert client.get(url(discussed)).content.startswith(b"%PDF")

    def test_without_what_documents_need(self, discussed, client, monkeypatch):
        monkeypatch.setattr("vielfalt.development.pango.LIBRARIES", {"Pango": ("no.so", "no.dylib")})
        answer = client.get(url(discussed))
        assert answer.status_code == 503
        assert "Das Arbeitspapier fehlt gerade." in answer.content.decode()
