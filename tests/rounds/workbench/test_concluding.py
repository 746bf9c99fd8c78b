"""What is left is postponed, the end is rehearsed, and then the round is concluded."""

import pytest

from leitfaden.changes import Edit
from leitfaden.rounds import proposing, reviewing
from leitfaden.rounds.models import Outcome, Phase, Proposal, ProposalState, Round, RoundState, Verdict
from tests.leitfaden.texts import head, passage, save, text
from tests.leitfaden.texts import words as text_of
from tests.rounds.rounds import admitted, draft, let_it_be
from tests.rounds.workbench.pages import address, changes_of, confirm, judge, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(client, round_to_decide, first, second):
    """A round in which everything is decided: the first proposal declined, the second adopted."""
    judge(client, round_to_decide, changes_of(first)[0], Outcome.DECLINED)
    judge(client, round_to_decide, changes_of(second)[0], ganz="on")
    return round_to_decide


def page(client, round_):
    return client.get(url("conclude", round_.number))


def send(client, round_, revision):
    return client.post(url("conclude", round_.number), {"head": revision.pk})


class TestPostponingTheRest:
    def post(self, client, round_, **data):
        return client.post(url("postpone_rest", round_.number), data)

    def test_what_nothing_is_intended_for(self, client, round_to_decide, first, second):
        judge(client, round_to_decide, changes_of(first)[0])
        said = words(client.get(url("postpone_rest", round_to_decide.number)))
        assert "Für 1 Vorschlag ist noch nichts vorgesehen." in said
        answer = self.post(client, round_to_decide, reason="Dafür fehlte die Zeit.")
        assert answer.url == url("workbench", round_to_decide.number)
        assert "Ein Vorschlag ist verschoben." in words(client.get(answer.url))
        postponed = Verdict.objects.filter(outcome=Outcome.POSTPONED)
        assert {one.change for one in postponed} == set(changes_of(second))
        # Pressed twice, nothing more happens.
        assert self.post(client, round_to_decide, reason="Dafür fehlte die Zeit.").status_code == 302
        assert "Es ist nichts übrig" in words(client.get(url("postpone_rest", round_to_decide.number)))

    @pytest.mark.parametrize(
        ("reason", "sentence"), [("", "Bitte schreiben Sie eine Begründung."), ("x" * 5001, "Dieser Text ist zu lang")]
    )
    def test_needs_a_reason(self, client, round_to_decide, reason, sentence):
        answer = self.post(client, round_to_decide, reason=reason)
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert not Verdict.objects.exists()

    def test_before_the_vote_is_over(self, client, round_, first):
        let_it_be(round_, Phase.VOTE)
        answer = self.post(client, round_, reason="Später vielleicht.")
        assert answer.status_code == 409
        assert "Später vielleicht." in answer.text


class TestRehearsing:
    def test_what_is_missing_with_where(self, client, round_to_decide, first):
        answer = page(client, round_to_decide)
        assert "Runde abschließen</span>" not in answer.text
        assert f'href="{address(round_to_decide, changes_of(first)[0])}"' in answer.text
        assert "Vorschlag 1: Es fehlt eine Entscheidung. Vorschlag 2: Es fehlt eine Entscheidung." in words(answer)

    def test_what_would_come_of_it(self, client, document, decided):
        before = head(document)
        answer = page(client, decided)
        said = words(answer)
        assert "Das ist eine Probe: Noch ist nichts geschehen." in said
        assert "2 Abschnitte geändert." in said
        assert [one.label for one in answer.context["page"]] == ["geändert", "geändert"]
        assert "die Entscheidungen über 2 Vorschläge" in said
        assert head(document) == before
        assert Round.objects.get(pk=decided.pk).state == RoundState.RUNNING

    def test_what_goes_on_in_the_next_round(self, client, round_to_decide, first, second):
        judge(client, round_to_decide, changes_of(first)[0], Outcome.POSTPONED)
        judge(client, round_to_decide, changes_of(second)[0], ganz="on")
        assert [one.number for one in page(client, round_to_decide).context["rehearsal"].carried] == [1]

    def test_what_weighs_is_flagged(self, client, round_, hanau, alice, staff):
        own = admitted(round_, hanau, alice, ("eins", "eins nicht"), staff=staff)
        now = let_it_be(round_, Phase.CONSOLIDATE)
        judge(client, now, changes_of(own)[0])
        assert "Verneinung geändert (nicht, kein)" in words(page(client, now))

    def test_a_change_within_what_is_to_be_removed(self, client, document, round_, hanau, alice, first, staff):
        own = draft(round_, hanau, alice, title="Weg damit")
        proposing.keep_removal(proposal=own, seen=passage(document, "Einführung").version, by=alice)
        reviewing.admit(proposal=proposing.submit(proposal=own, by=alice), by=staff)
        now = let_it_be(round_, Phase.CONSOLIDATE)
        for proposal in (own, first):
            judge(client, now, changes_of(proposal)[0])
        answer = page(client, now)
        assert "ändert etwas in einem Abschnitt, der gestrichen werden soll." in words(answer)
        assert f'href="{address(now, changes_of(first)[0])}"' in answer.text

    def test_before_the_vote_is_over(self, client, round_, first):
        let_it_be(round_, Phase.VOTE)
        assert "Entschieden wird, sobald die Abstimmung zu Ende ist." in words(page(client, round_))


class TestConcluding:
    def test_it_becomes_the_next_text(self, client, document, decided, first):
        answer = send(client, decided, head(document))
        assert answer.url == url("conclude", decided.number)
        assert text_of(document)[2:] == ["ja eins", "zwei neu", "drei"]
        said = words(client.get(answer.url))
        number = head(document).number
        assert f"Ihr Ergebnis ist Stand {number}." in said
        assert f"/leitfaden/bearbeiten/ausgaben/neu/?stand={number}" in said
        assert Proposal.objects.get(pk=first.pk).state == ProposalState.DECIDED
        assert "Alle Entscheidungen stehen fest." in words(client.get(url("workbench", decided.number)))

    def test_twice(self, client, document, decided):
        seen = head(document)
        send(client, decided, seen)
        after = head(document)
        answer = send(client, decided, seen)
        assert answer.status_code == 302
        assert "Diese Runde ist schon abgeschlossen." in words(client.get(answer.url))
        assert head(document) == after

    def test_the_text_moved_on(self, client, document, decided, staff):
        seen = head(document)
        save(document, Edit(passage(document, "drei").version, text("drei, bearbeitet")), by=staff)
        answer = send(client, decided, seen)
        assert answer.status_code == 409
        assert "Der Leitfaden wurde inzwischen bearbeitet." in words(answer)
        assert Round.objects.get(pk=decided.pk).state == RoundState.RUNNING
        # The page shows the rehearsal on the text of now, which can be concluded.
        assert send(client, decided, answer.context["head"]).status_code == 302
        assert text_of(document)[2:] == ["ja eins", "zwei neu", "drei, bearbeitet"]

    def test_something_is_missing_again(self, client, client_of, colleague, document, decided, first):
        judge(client_of(colleague), decided, changes_of(first)[0], reason="Doch.")
        answer = send(client, decided, head(document))
        assert answer.status_code == 409
        assert "Inzwischen fehlt wieder etwas." in words(answer)
        assert "Bitte bestätigen Sie, was der Absatz künftig sagt." in words(answer)
        confirm(client, decided, changes_of(first)[0], "<p>ja eins neu</p>")
        send(client, decided, head(document))
        assert text_of(document)[2] == "ja eins neu"

    @pytest.mark.parametrize("seen", ["", "x", "0", "9" * 30, "\x00"])
    def test_a_page_that_has_seen_no_text(self, client, decided, seen):
        answer = client.post(url("conclude", decided.number), {"head": seen})
        assert answer.status_code == 400
        assert "Diese Seite war zu alt." in words(answer)

    def test_before_the_vote_is_over(self, client, document, round_, first):
        let_it_be(round_, Phase.VOTE)
        assert send(client, round_, head(document)).status_code == 409

    def test_what_was_typed_after_the_end_is_not_lost(self, client, document, decided, first):
        change = changes_of(first)[0]
        here = address(decided, change)
        send(client, decided, head(document))
        data = {"aktion": "entscheiden", "aenderung": change.pk, "outcome": "abgelehnt", "reason": "Lange überlegt."}
        answer = client.post(here, data)
        assert answer.status_code == 409
        assert "Diese Runde ist schon abgeschlossen." in words(answer)
        assert "Lange überlegt." in answer.text
