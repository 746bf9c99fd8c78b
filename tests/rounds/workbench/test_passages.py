"""The workbench: the list of passages, and the page on which one decides about one."""

import pytest
import time_machine
from django.utils import timezone

from leitfaden.changes import Edit
from leitfaden.models import Kind
from leitfaden.rounds import planning, proposing, reviewing, voting
from leitfaden.rounds.models import Advice, Outcome, Phase, Stance, Verdict
from tests.leitfaden.texts import passage, save, text
from tests.rounds.rounds import DAY, admitted, as_participant, draft, let_it_be, position, submitted
from tests.rounds.workbench.pages import address, changes_of, judge, place_of, stand, url, words

pytestmark = pytest.mark.django_db


def listed(client, round_, **question):
    return client.get(url("workbench", round_.number), question)


def opened(client, round_, change):
    return client.get(address(round_, change))


class TestList:
    def test_passages_in_the_order_of_the_text(self, client, round_to_decide):
        answer = listed(client, round_to_decide)
        assert [row.name for row in answer.context["page"]] == ["eins", "zwei"]
        said = words(answer)
        assert "0 von 2 Absätzen entschieden" in said
        assert "Vorschlag 2: Es fehlt eine Entscheidung." in said
        assert "Vorschlag 1: Klarer" in said

    def test_what_is_still_open(self, client, round_to_decide, second):
        judge(client, round_to_decide, changes_of(second)[1])
        answer = listed(client, round_to_decide, zeige="offen")
        assert [row.name for row in answer.context["page"]] == ["eins"]
        assert "1 von 2 Absätzen entschieden" in words(answer)
        assert "Noch offen&nbsp;" in answer.text
        assert answer.context["overview"].sums == [("Angenommen", 1), ("Noch offen", 2)]

    def test_a_new_passage_is_named_by_its_words(self, client, document, round_, hanau, alice, staff):
        own = draft(round_, hanau, alice)
        one = passage(document, "eins")
        proposing.keep_insertion(
            proposal=own,
            kind=Kind.TEXT,
            content=text("Ganz neu"),
            parent=one.parent.block,
            after=one.block,
            by=alice,
        )
        reviewing.admit(proposal=proposing.submit(proposal=own, by=alice), by=staff)
        now = let_it_be(round_, Phase.CONSOLIDATE)
        assert [row.name for row in listed(client, now).context["page"]] == ["Neu: Ganz neu"]
        change = changes_of(own)[0]
        assert str(change.new_block) in address(now, change)
        said = words(opened(client, now, change))
        assert "Hier steht noch nichts: Der Absatz ist neu." in said
        assert judge(client, now, change).status_code == 302
        assert not place_of(now, change).problems

    def test_before_the_vote_is_over_one_only_looks(self, client, round_, first):
        let_it_be(round_, Phase.VOTE)
        assert "Entschieden wird, sobald die Abstimmung zu Ende ist." in words(listed(client, round_))
        answer = opened(client, round_, changes_of(first)[0])
        assert 'name="outcome"' not in answer.text

    def test_a_round_without_proposals(self, client, round_):
        assert "Noch ist kein Vorschlag zugelassen." in words(listed(client, round_))

    def test_bad_questions(self, client, round_to_decide):
        assert listed(client, round_to_decide, zeige="\x00", seite="x").status_code == 200
        assert client.get(url("workbench", 99)).status_code == 404


class TestPage:
    def test_all_that_one_decides_by(self, client, document, round_, hanau, fulda, alice, bob, staff, first, second):
        other = submitted(round_, fulda, bob, ("drei", "drei nicht"), title="Nicht so")
        reviewing.merge(proposal=other, into=first, reason="Dasselbe Anliegen.", by=staff)
        reviewing.recommend(version=second.current, advice=Advice.DECLINE, reason="Zu knapp.", by=staff)
        let_it_be(round_, Phase.VOTE)
        position(first, fulda, bob, Stance.MAJOR, "Das ist zu viel.")
        block = passage(document, "eins").block
        values = {first.current_id: 1, second.current_id: 7, None: 3}
        participant = as_participant(round_, hanau)
        voting.resist(round_=round_, block=block, participant=participant, values=values, by=alice)
        now = let_it_be(round_, Phase.CONSOLIDATE)
        answer = opened(client, now, changes_of(first)[0])
        said = words(answer)
        assert "Lotsen Hanau und Lotsen Fulda" in said
        assert "Kein Konsens" in said
        assert "1 von 2 haben sich geäußert." in said
        assert "Das ist zu viel." in said
        assert "Zu knapp." in said
        assert [one.label for one in answer.context["resistance"]] == [
            "Vorschlag 1: Klarer",
            "Es bleibt, wie es ist",
            "Vorschlag 2: Kürzer",
        ]
        forms = [paper.form for paper in answer.context["papers"]]
        assert [form.initial for form in forms] == [{}, {"outcome": Outcome.DECLINED, "reason": "Zu knapp."}]
        assert "Dieser Vorschlag ändert noch mehr" in said
        assert [len(paper.elsewhere) for paper in answer.context["papers"]] == [0, 1]

    def test_what_weighs_is_flagged(self, client, round_, hanau, alice, staff):
        own = admitted(round_, hanau, alice, ("eins", "eins nicht"), staff=staff)
        now = let_it_be(round_, Phase.CONSOLIDATE)
        assert "Verneinung geändert (nicht, kein)" in words(opened(client, now, changes_of(own)[0]))

    def test_from_one_to_the_next(self, client, round_to_decide, second):
        one, two = changes_of(second)
        first = opened(client, round_to_decide, one).context
        last = opened(client, round_to_decide, two).context
        assert (first["before"], first["after"].name) == (None, "zwei")
        assert (last["before"].name, last["after"]) == ("eins", None)

    def test_what_the_staff_edited_meanwhile(self, client, document, round_to_decide, first, staff):
        save(document, Edit(passage(document, "eins").version, text("eins, bearbeitet")), by=staff)
        said = words(opened(client, round_to_decide, changes_of(first)[0]))
        assert "Die Redaktion hat den Absatz geändert, seit die Runde begann" in said

    def test_nothing_is_there_where_nothing_is_proposed(self, client, document, round_to_decide):
        calm = passage(document, "drei").anchor
        for key in (calm, "zzz9", "00000000-0000-4000-8000-000000000000"):
            assert client.get(url("decide", round_to_decide.number, key)).status_code == 404
            assert client.post(url("decide", round_to_decide.number, key), {"reason": "Ja."}).status_code == 404


def test_few_queries(
    client, document, round_, hanau, alice, fulda, bob, first, second, staff, django_assert_num_queries
):
    """As many for ten passages as for two, and as many for ten proposals about one."""
    now = let_it_be(round_, Phase.CONSOLIDATE)
    _count(client, now, first, django_assert_num_queries)
    let_it_be(round_, Phase.COLLECT)
    section = passage(document, "Einführung").block
    for number in range(10):
        new = draft(round_, hanau, alice, ("eins", f"eins neu {number}"), title=f"Neu {number}")
        proposing.keep_insertion(
            proposal=new, kind=Kind.TEXT, content=text(f"Neu {number}"), parent=section, after=None, by=alice
        )
        reviewing.admit(proposal=proposing.submit(proposal=new, by=alice), by=staff)
    _count(client, let_it_be(round_, Phase.CONSOLIDATE), first, django_assert_num_queries)


def _count(client, now, proposal, django_assert_num_queries):
    with django_assert_num_queries(17):
        client.get(url("workbench", now.number))
    change = changes_of(proposal)[0]
    here = address(now, change)
    with django_assert_num_queries(23):
        client.get(here)


class TestVerdicts:
    @pytest.mark.parametrize("outcome", [Outcome.ADOPTED, Outcome.CHANGED, Outcome.DECLINED])
    def test_what_was_chosen_is_kept(self, client, round_to_decide, first, staff, outcome):
        change = changes_of(first)[0]
        assert judge(client, round_to_decide, change, outcome, reason="Darum.").status_code == 302
        kept = Verdict.objects.get()
        assert (kept.change, kept.outcome, kept.reason, kept.by) == (change, outcome, "Darum.", staff)

    def test_who_adopts_needs_no_words(self, client, round_to_decide, first):
        change = changes_of(first)[0]
        judge(client, round_to_decide, change, reason=" ")
        assert Verdict.objects.get().reason == "Der Vorschlag macht den Leitfaden besser. Wir übernehmen ihn."

    @pytest.mark.parametrize("outcome", [Outcome.CHANGED, Outcome.DECLINED, Outcome.POSTPONED])
    def test_everything_else_does(self, client, round_to_decide, first, outcome):
        answer = judge(client, round_to_decide, changes_of(first)[0], outcome, reason="\x00 ")
        assert answer.status_code == 422
        assert "Bitte schreiben Sie eine Begründung." in words(answer)
        assert not Verdict.objects.exists()

    def test_bad_input_keeps_what_was_typed(self, client, round_to_decide, first):
        change = changes_of(first)[0]
        for outcome in ("", "unsinn", "\x00"):
            answer = judge(client, round_to_decide, change, outcome, reason="Lange überlegt.")
            assert answer.status_code == 422
            assert "Lange überlegt." in answer.text
        answer = judge(client, round_to_decide, change, Outcome.DECLINED, reason="x" * 5001)
        assert "Dieser Text ist zu lang (5001 Zeichen)." in words(answer)

    def test_the_reason_of_a_recommendation_fits_no_other_verdict(self, client, round_, first, staff):
        reviewing.recommend(version=first.current, advice=Advice.ADOPT, reason="Sehr klar.", by=staff)
        now = let_it_be(round_, Phase.CONSOLIDATE)
        change = changes_of(first)[0]
        answer = judge(client, now, change, Outcome.DECLINED, reason="Sehr klar.")
        assert "Diese Begründung gehört zu „Annehmen“." in words(answer)
        assert judge(client, now, change, Outcome.CHANGED, reason="Sehr klar.").status_code == 302

    def test_settled_by_another_names_its_number(self, client, round_to_decide, first, second):
        change, (rival, _elsewhere) = changes_of(first)[0], changes_of(second)
        said = {
            "": "Bitte geben Sie an, durch welchen Vorschlag sich dieser erledigt.",
            "1": "Ein Vorschlag erledigt sich nicht durch sich selbst.",
            "9": "Über einen Vorschlag 9 wird in dieser Runde nicht entschieden.",
            "zwei": "Bitte geben Sie die Nummer eines Vorschlags an.",
            "99999999999999": "Bitte geben Sie die Nummer eines Vorschlags an.",
        }
        for number, sentence in said.items():
            answer = judge(client, round_to_decide, change, Outcome.SETTLED, settled_by=number)
            assert answer.status_code == 422
            assert sentence in words(answer)
        judge(client, round_to_decide, change, Outcome.SETTLED, settled_by="2")
        assert Verdict.objects.get().settled_by == rival
        assert "Wodurch er sich erledigen soll, wird nicht angenommen." in words(
            opened(client, round_to_decide, change)
        )
        judge(client, round_to_decide, rival)
        assert not listed(client, round_to_decide).context["overview"].rows[0].problems

    def test_for_the_whole_proposal(self, client, round_to_decide, second):
        one, two = changes_of(second)
        answer = judge(client, round_to_decide, one, Outcome.DECLINED, ganz="on")
        assert answer.status_code == 302
        assert {verdict.change for verdict in Verdict.objects.filter(outcome=Outcome.DECLINED)} == {one, two}
        assert "Vorschlag 2, alle 2 Stellen: Nicht angenommen." in words(client.get(answer.url))

    def test_only_whole_proposals_are_postponed(self, client, round_to_decide, second):
        judge(client, round_to_decide, changes_of(second)[1], Outcome.POSTPONED)
        assert Verdict.objects.filter(outcome=Outcome.POSTPONED).count() == 2

    def test_a_postponed_half_is_missed_at_its_passages(self, client, round_to_decide, second):
        one, two = changes_of(second)
        judge(client, round_to_decide, one, Outcome.POSTPONED)
        judge(client, round_to_decide, two, Outcome.DECLINED, reason="Doch nicht.")
        for change in (one, two):
            sentence = "Vorschlag 2: Verschieben lässt sich nur ein ganzer Vorschlag."
            assert sentence in words(opened(client, round_to_decide, change))

    def test_deciding_leads_onward(self, client, round_to_decide, first, second):
        one, (rival, two) = changes_of(first)[0], changes_of(second)
        here, there = address(round_to_decide, one), address(round_to_decide, two)
        assert judge(client, round_to_decide, one).url == f"{here}#aenderung-{rival.pk}"
        assert judge(client, round_to_decide, rival, Outcome.DECLINED).url == there
        answer = judge(client, round_to_decide, two)
        assert answer.url == url("workbench", round_to_decide.number)
        assert "Alles ist entschieden." in words(client.get(answer.url))
        # Whoever looks again at what was decided stays there.
        assert judge(client, round_to_decide, two, Outcome.DECLINED, reason="Doch nicht.").url == there

    def test_a_passed_proposal_is_decided_unless_the_staff_say_otherwise(self, client, round_, hanau, alice, staff):
        own = draft(round_, hanau, alice, ("eins", "eins!"), title="Ausrufen")
        proposing.describe(
            proposal=own, title="Ausrufen", reason="Schöner.", names_author=False, is_editorial=True, by=alice
        )
        own = reviewing.admit(proposal=proposing.submit(proposal=own, by=alice), by=staff)
        now = let_it_be(round_, Phase.CONSOLIDATE)
        change = changes_of(own)[0]
        with time_machine.travel(timezone.now() + 11 * DAY):
            client.force_login(staff)
            assert "Gilt schon als angenommen: zehn Tage ohne Einwände." in words(opened(client, now, change))
            assert place_of(now, change).judged[0].outcome == Outcome.ADOPTED
            judge(client, now, change, Outcome.DECLINED, reason="Zu laut.")
            assert place_of(now, change).judged[0].outcome == Outcome.DECLINED


class TestNothingIsLost:
    def test_the_same_twice(self, client, round_to_decide, first):
        change = changes_of(first)[0]
        data = {"stand": stand(round_to_decide, change), "reason": "Darum."}
        assert judge(client, round_to_decide, change, Outcome.DECLINED, **data).status_code == 302
        assert judge(client, round_to_decide, change, Outcome.DECLINED, **data).status_code == 302
        assert Verdict.objects.count() == 1

    def test_a_colleague_was_faster(self, client, client_of, colleague, round_to_decide, first):
        change = changes_of(first)[0]
        seen = stand(round_to_decide, change)
        judge(client_of(colleague), round_to_decide, change, Outcome.DECLINED, reason="Zu lang.")
        answer = judge(client, round_to_decide, change, reason="Mir gefällt es.", stand=seen)
        assert answer.status_code == 409
        said = words(answer)
        assert "Zweite Redaktion hat hier inzwischen entschieden: Nicht angenommen." in said
        assert "Mir gefällt es." in said
        assert "Zu lang." in said
        assert Verdict.objects.get().outcome == Outcome.DECLINED
        # Sent once more, having seen that, it counts.
        judge(client, round_to_decide, change, reason="Mir gefällt es.")
        assert Verdict.objects.get().reason == "Mir gefällt es."

    @pytest.mark.parametrize("seen", ["", "unsinn", "\x00", "1:2:3 ::"])
    def test_a_page_that_has_seen_nothing_overrules_nobody(self, client, round_to_decide, first, seen):
        change = changes_of(first)[0]
        judge(client, round_to_decide, change)
        answer = judge(client, round_to_decide, change, Outcome.DECLINED, reason="Nein.", stand=seen)
        assert answer.status_code == 409

    def test_for_the_whole_proposal_all_or_nothing(self, client, client_of, colleague, round_to_decide, second):
        one, two = changes_of(second)
        seen = stand(round_to_decide, one)
        judge(client_of(colleague), round_to_decide, two, Outcome.DECLINED)
        answer = judge(client, round_to_decide, one, Outcome.POSTPONED, reason="Später.", stand=seen)
        assert answer.status_code == 409
        assert [verdict.change for verdict in Verdict.objects.all()] == [two]

    def test_a_proposal_was_withdrawn(self, client, round_to_decide, first, alice):
        change = changes_of(first)[0]
        here, seen = address(round_to_decide, change), stand(round_to_decide, change)
        proposing.withdraw(proposal=first, by=alice)
        data = {"aktion": "entscheiden", "aenderung": change.pk, "outcome": "abgelehnt", "stand": seen}
        answer = client.post(here, {**data, "reason": "Lange überlegt."})
        assert answer.status_code == 409
        assert "Dieser Vorschlag steht nicht mehr zur Entscheidung." in words(answer)
        assert "Lange überlegt." in answer.text

    def test_the_last_proposal_was_withdrawn(self, client, round_to_decide, second, bob):
        change = changes_of(second)[1]
        here = address(round_to_decide, change)
        proposing.withdraw(proposal=second, by=bob)
        data = {"aktion": "entscheiden", "aenderung": change.pk, "outcome": "abgelehnt"}
        answer = client.post(here, {**data, "reason": "Lange überlegt."})
        assert answer.status_code == 409
        assert "Zu diesem Absatz gibt es nichts mehr zu entscheiden." in words(answer)
        assert "Lange überlegt." in answer.text
        assert client.get(here).url == url("workbench", round_to_decide.number)

    def test_before_the_vote_is_over(self, client, round_, first):
        now = let_it_be(round_, Phase.VOTE)
        answer = judge(client, now, changes_of(first)[0], reason="Schon jetzt.")
        assert answer.status_code == 409
        assert "Schon jetzt." in answer.text

    def test_the_round_was_cancelled(self, client, round_to_decide, first, staff):
        change = changes_of(first)[0]
        planning.cancel(round_=round_to_decide, reason="Neu angesetzt.", by=staff)
        answer = judge(client, round_to_decide, change, reason="Lange überlegt.")
        assert answer.status_code == 409
        assert "Diese Runde wurde abgebrochen." in words(answer)
        assert "Lange überlegt." in answer.text

    def test_after_a_session_has_ended(self, client, round_to_decide, first, staff):
        change = changes_of(first)[0]
        here = address(round_to_decide, change)
        client.logout()
        judge(client, round_to_decide, change, Outcome.DECLINED, reason="Lange überlegt.")
        assert not Verdict.objects.exists()
        session = client.session
        kept = dict(session)
        client.force_login(staff)
        session = client.session
        session.update({key: value for key, value in kept.items() if not key.startswith("_auth")})
        session.save()
        answer = client.get(here)
        assert "Ihre Eingaben sind noch da." in words(answer)
        assert "Lange überlegt." in answer.text

    def test_buttons_that_the_page_does_not_have(self, client, round_to_decide, first):
        change = changes_of(first)[0]
        here = address(round_to_decide, change)
        assert client.post(here, {"aktion": "unsinn"}).status_code == 404
        assert judge(client, round_to_decide, change, aenderung="\x00").status_code == 409
