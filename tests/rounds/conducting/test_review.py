"""The review queue: what waits, what the staff compare it with, and what becomes of it."""

import pytest
from django.contrib.auth.models import Permission

from leitfaden.changes import Edit
from leitfaden.content import Content
from leitfaden.models import Kind
from leitfaden.rounds import proposing, reviewing, voting
from leitfaden.rounds.models import Advice, Phase, Proposal, ProposalState, Recommendation, Remark
from leitfaden.rounds.wording import Weighing
from tests.factories import UserFactory
from tests.leitfaden.texts import passage, save, text
from tests.rounds.conducting.pages import url, words
from tests.rounds.rounds import admitted, as_participant, conductor, draft, let_it_be, reworded, submitted
from vielfalt.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(round_, hanau, alice):
    return submitted(round_, hanau, alice, ("eins", "eins nicht"), title="Den Einstieg klarer sagen")


@pytest.fixture
def second(round_, fulda, bob):
    return submitted(round_, fulda, bob, ("eins", "eins anders"), ("zwei", "zwei neu"), title="Kürzer")


@pytest.fixture
def third(round_, fulda, bob):
    return submitted(round_, fulda, bob, ("drei", "drei neu"), title="Den Einstieg klar sagen")


@pytest.fixture
def three(first, second, third):
    return [first, second, third]


def page(client, proposal):
    return client.get(url("review", proposal.round.number, proposal.pk))


def send(client, proposal, action, **data):
    seen = {"fassung": proposal.current_id}
    return client.post(url("review", proposal.round.number, proposal.pk), {"aktion": action, **seen, **data})


def state(proposal):
    return Proposal.objects.get(pk=proposal.pk).state


class TestQueue:
    def titles(self, client, round_, **question):
        return [row.proposal.title for row in client.get(url("review_queue", round_.number), question).context["rows"]]

    def test_the_oldest_first(self, client, round_, three, hanau, alice):
        draft(round_, hanau, alice, ("eins", "eins!"), title="Noch ein Entwurf")
        assert self.titles(client, round_) == ["Den Einstieg klarer sagen", "Kürzer", "Den Einstieg klar sagen"]

    def test_parts_of_it(self, client, round_, three, staff):
        first, second, third = three
        reviewing.ask(proposal=first, reason="Warum?", by=staff)
        reviewing.admit(proposal=second, by=staff)
        reviewing.refuse(proposal=third, reason="Passt nicht.", by=staff)
        assert self.titles(client, round_) == []
        assert self.titles(client, round_, zeige="rueckfrage") == [first.title]
        assert self.titles(client, round_, zeige="zugelassen") == [second.title]
        assert self.titles(client, round_, zeige="fertig") == [third.title]
        tabs = client.get(url("review_queue", round_.number)).context["tabs"]
        assert [tab.number for tab in tabs] == [0, 1, 0, 1, 1]

    def test_words(self, client, round_, three):
        assert self.titles(client, round_, q="einstieg") == [three[0].title, three[2].title]
        nothing = client.get(url("review_queue", round_.number), {"q": "Wald\x00", "zeige": "\x00", "seite": "x"})
        assert "Hier gibt es keinen Vorschlag mit „Wald“." in words(nothing)

    def test_how_many_are_about_the_same(self, client, round_, three):
        rows = client.get(url("review_queue", round_.number)).context["rows"]
        assert [row.rivals for row in rows] == [2, 2, 0]

    def test_what_weighs(self, client, round_, three):
        rows = client.get(url("review_queue", round_.number)).context["rows"]
        assert [row.flags for row in rows] == [[Weighing.NEGATION], [], []]
        assert "Verneinung geändert (nicht, kein)" in words(client.get(url("review_queue", round_.number)))


class TestOneProposal:
    def test_all_that_one_compares(self, client, round_, three):
        said = words(page(client, three[0]))
        assert "2 Vorschläge betreffen diesen Absatz." in said
        assert "Vorschlag 2: Kürzer" in said
        assert "Heißt ähnlich" in said
        assert "Vorschlag 3: Den Einstieg klar sagen" in said
        assert "Verneinung geändert (nicht, kein)" in said
        assert "Das ist verständlicher." in said
        assert "passt zum Text" in said

    def test_changes_of_every_kind(self, client, document, round_, hanau, alice):
        own = draft(round_, hanau, alice)
        section, module = passage(document, "Einführung"), passage(document, "Rolle und Aufgaben")
        content = Content.clean(title="Rolle und Aufgaben", fields={"ue": 6})
        proposing.keep_wording(proposal=own, seen=module.version, content=content, by=alice)
        one, two, three = (passage(document, word) for word in ("eins", "zwei", "drei"))
        proposing.keep_removal(proposal=own, seen=one.version, by=alice)
        proposing.keep_move(proposal=own, seen=three.version, parent=section.block, after=None, by=alice)
        proposing.keep_insertion(
            proposal=own, kind=Kind.TEXT, content=text("Ganz neu"), parent=section.block, after=two.block, by=alice
        )
        said = words(page(client, proposing.submit(proposal=own, by=alice)))
        assert "4 Änderungen" in said
        assert "Zahl geändert" in said
        assert "Der Text bleibt. Er kommt ganz vorn in „Einführung: Einführung“." in said
        assert "Neu nach „zwei“." in said
        assert "Fällt weg." in said
        assert "Modul 1: Rolle und Aufgaben › Einführung" in said

    def test_people_are_named_to_the_staff(self, client, first):
        assert "Alice (nur für Team und Redaktion; öffentlich steht der Träger)" in words(page(client, first)).replace(
            '<span class="muted">', ""
        )

    def test_what_does_not_fit_any_more(self, client, document, first, staff):
        save(document, Edit(passage(document, "eins").version, text("eins, bearbeitet")), by=staff)
        assert "der Text hat sich an dieser Stelle geändert" in words(page(client, first))

    def test_from_one_to_the_next(self, client, three):
        context = page(client, three[1]).context
        assert (context["before"], context["after"], context["position"], context["number"]) == (
            three[0].pk,
            three[2].pk,
            2,
            3,
        )

    def test_drafts_of_carriers_are_not_there(self, client, round_, hanau, alice):
        own = draft(round_, hanau, alice, ("eins", "eins!"))
        assert page(client, own).status_code == 404

    def test_proposals_of_other_rounds_are_not_there(self, client, round_, first):
        assert client.get(url("review", round_.number + 1, first.pk)).status_code == 404


class TestDeciding:
    def test_admitting_leads_to_the_next(self, client, three):
        answer = send(client, three[0], "zulassen")
        assert answer.url == url("review", three[0].round.number, three[1].pk)
        assert state(three[0]) == ProposalState.ADMITTED

    def test_after_the_last_the_first_and_then_the_queue(self, client, three):
        assert send(client, three[2], "zulassen").url == url("review", three[0].round.number, three[0].pk)
        send(client, three[0], "zulassen")
        assert send(client, three[1], "zulassen").url == url("review_queue", three[0].round.number)

    @pytest.mark.parametrize(("action", "wanted"), [("rueckfrage", "rueckfrage"), ("ablehnen", "nicht-zugelassen")])
    def test_asking_and_refusing_need_words(self, client, first, action, wanted):
        answer = send(client, first, action, reason=" ")
        assert answer.status_code == 422
        assert "Bitte schreiben Sie eine Begründung." in words(answer)
        assert send(client, first, action, reason="Was meinen Sie?").status_code == 302
        assert state(first) == wanted
        assert first.steps.last().reason == "Was meinen Sie?"

    def test_merging_keeps_both_authors(self, client, first, second):
        answer = send(client, first, "zusammenfuehren", reason="Dasselbe Anliegen.")
        assert "Bitte wählen Sie, mit welchem Vorschlag." in words(answer)
        assert "Dasselbe Anliegen." in answer.text
        groups = answer.context["desk"].targets
        assert [[pk for pk, _name in rows] for _label, rows in groups] == [[second.pk]]
        send(client, first, "zusammenfuehren", reason="Dasselbe Anliegen.", into=second.pk)
        assert state(first) == ProposalState.MERGED
        said = words(page(client, second))
        assert "Mit ihm zusammengeführt" in said
        assert "(Lotsen Hanau)" in said

    def test_only_with_another_of_the_round(self, client, first, second, staff):
        assert send(client, first, "zusammenfuehren", reason="Ja.", into=first.pk).status_code == 422
        reviewing.refuse(proposal=second, reason="Nein.", by=staff)
        assert send(client, first, "zusammenfuehren", reason="Ja.", into=second.pk).status_code == 422
        assert state(first) == ProposalState.SUBMITTED

    def test_a_button_pressed_twice(self, client, three):
        send(client, three[0], "zulassen")
        answer = send(client, three[0], "zulassen")
        assert answer.url == url("review", three[0].round.number, three[1].pk)
        assert three[0].steps.filter(action="admit").count() == 1

    def test_somebody_else_was_faster(self, client, first):
        reviewing.refuse(proposal=first, reason="Passt nicht.", by=conductor("Lektorat"))
        answer = send(client, first, "rueckfrage", reason="Eine lange Frage.")
        assert answer.status_code == 409
        assert "Der Vorschlag ist inzwischen „Nicht zugelassen“." in words(answer)
        assert "Eine lange Frage." in answer.text

    def test_nobody_admits_what_they_have_not_read(self, client, first, alice):
        proposing.reopen(proposal=first, by=alice)
        proposing.describe(
            proposal=first, title="Ganz anders", reason="Neu.", names_author=False, is_editorial=False, by=alice
        )
        proposing.resubmit(proposal=first, by=alice)
        answer = send(client, first, "zulassen", reason="Gut so.")
        assert answer.status_code == 409
        assert "neue Fassung" in words(answer)
        assert "Ganz anders" in words(answer)
        assert state(first) == ProposalState.SUBMITTED
        first.refresh_from_db()
        assert send(client, first, "zulassen").status_code == 302

    def test_a_wording_of_another_proposal_is_none(self, client, first, second):
        assert send(client, first, "zulassen", fassung=second.current_id).status_code == 404

    def test_too_late(self, client, round_, first):
        let_it_be(round_, Phase.VOTE)
        answer = send(client, first, "rueckfrage", reason="Zu spät gefragt.")
        assert answer.status_code == 409
        assert "Dafür ist die Frist vorbei." in words(answer)
        assert "Zu spät gefragt." in answer.text

    def test_unknown_buttons(self, client, first):
        assert send(client, first, "loeschen").status_code == 404

    def test_whoever_only_looks_cannot_decide(self, client, first):
        user = UserFactory(is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename="view_round"))
        client.force_login(User.objects.get(pk=user.pk))
        assert send(client, first, "zulassen").status_code == 404

    def test_words_survive_the_end_of_a_session(self, client, first, staff):
        client.logout()
        send(client, first, "rueckfrage", reason="Nicht verloren.")
        client.force_login(staff)
        assert page(client, first).context["decision"]["reason"].value() == "Nicht verloren."


class TestRecommending:
    def recommend(self, client, proposal, **data):
        fields = {f"empfehlung-{name}": value for name, value in data.items()}
        return send(client, proposal, "empfehlen", **fields)

    def test_advice_with_a_reason_can_change(self, client, first):
        answer = self.recommend(client, first, advice=Advice.ADOPT)
        assert answer.status_code == 422
        assert answer.context["advice"]["advice"].value() == Advice.ADOPT
        self.recommend(client, first, advice=Advice.ADOPT, reason="Klarer.")
        self.recommend(client, first, advice=Advice.CHANGE, reason="Fast.")
        found = Recommendation.objects.get()
        assert (found.advice, found.reason) == (Advice.CHANGE, "Fast.")
        assert page(client, first).context["advice"]["reason"].value() == "Fast."

    def test_only_about_the_wording_that_was_read(self, client, first, alice):
        sent = {"empfehlung-advice": Advice.ADOPT, "empfehlung-reason": "Klarer."}
        seen = first.current_id
        reworded(first, "eins nicht", "eins, bitte", alice)
        first.refresh_from_db()
        answer = send(client, first, "empfehlen", **sent, fassung=seen)
        assert answer.status_code == 409
        assert "Klarer." in answer.text
        assert not Recommendation.objects.exists()

    def test_not_once_voting_has_begun(self, client, round_, first):
        reviewing.admit(proposal=first, by=conductor("Lektorat"))
        let_it_be(round_, Phase.VOTE)
        answer = self.recommend(client, first, advice=Advice.ADOPT, reason="Noch schnell.")
        assert answer.status_code == 409
        assert "Noch schnell." in answer.text


class TestNotes:
    def test_notes_stay_inside(self, client, first, alice):
        token = page(client, first).context["note"]["token"].value()
        data = {"notiz-text": "Erst anrufen.", "notiz-token": token}
        for _time in range(2):
            assert send(client, first, "notiz", **data).status_code == 302
        assert "Erst anrufen." in words(page(client, first))
        remark = Remark.objects.get()
        assert remark.is_internal
        assert not Remark.objects.visible_to(alice).exists()

    def test_an_empty_one(self, client, first):
        assert send(client, first, "notiz").status_code == 422

    def test_beside_what_the_network_says(self, client, first, alice, hanau, round_):
        voting.remark(proposal=first, text="Wir meinen das so.", participant=as_participant(round_, hanau), by=alice)
        context = page(client, first).context
        assert [one.text for one in context["public_remarks"]] == ["Wir meinen das so."]
        assert context["notes"] == []


@pytest.mark.parametrize("number", [1, 10])
class TestQueries:
    @pytest.fixture(autouse=True)
    def _many(self, number, round_, hanau, fulda, alice, bob, staff):
        for at in range(number):
            other = submitted(round_, fulda, bob, ("eins", f"eins {at}"), title="Klarer schreiben")
            voting.remark(proposal=other, text="Nun.", is_internal=True, by=staff)
        self.proposal = submitted(round_, hanau, alice, ("eins", "eins neu"), ("zwei", "zwei neu"))
        for at in range(number):
            voting.remark(proposal=self.proposal, text=f"Nun {at}.", by=staff)
            other = admitted(round_, fulda, bob, ("drei", f"drei {at}"), staff=staff)
            reviewing.merge(proposal=other, into=self.proposal, reason="Dasselbe.", by=staff)

    def test_the_queue(self, client, number, round_, django_assert_num_queries):
        with django_assert_num_queries(16):
            client.get(url("review_queue", round_.number))

    def test_a_proposal(self, client, number, django_assert_num_queries):
        with django_assert_num_queries(20):
            page(client, self.proposal)
