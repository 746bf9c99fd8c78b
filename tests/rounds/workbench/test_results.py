"""What a passage is to say: put together by the portal, confirmed by a person."""

import pytest

from leitfaden.changes import Edit, Remove
from leitfaden.rounds.models import Outcome, Phase, Result
from tests.leitfaden.texts import passage, save, text
from tests.rounds.rounds import admitted, let_it_be
from tests.rounds.workbench.pages import address, changes_of, confirm, judge, place_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(client, round_to_decide, first, second):
    """A change of a passage of which two wordings were adopted."""
    one, (rival, _elsewhere) = changes_of(first)[0], changes_of(second)
    judge(client, round_to_decide, one)
    judge(client, round_to_decide, rival)
    return one


def opened(client, round_, change, query=""):
    return client.get(f"{address(round_, change)}{query}")


def in_editor(answer):
    return answer.context["form"]["html"].value()


def test_the_portal_puts_wordings_together(client, round_to_decide, change):
    answer = opened(client, round_to_decide, change)
    assert in_editor(answer) == "<p>ja eins neu</p>"
    said = words(answer)
    assert "Bitte bestätigen Sie, was der Absatz künftig sagt." in said
    assert "Auch was wörtlich passt, kann etwas sagen, das niemand vorgeschlagen hat." in said


def test_a_person_confirms(client, round_to_decide, change, staff):
    answer = confirm(client, round_to_decide, change, "<p>ja, eins neu</p>")
    assert answer.status_code == 302
    kept = Result.objects.get()
    assert (kept.html, kept.by) == ("<p>ja, eins neu</p>", staff)
    assert not place_of(round_to_decide, change).problems
    again = opened(client, round_to_decide, change)
    assert in_editor(again) == "<p>ja, eins neu</p>"
    assert "von Redaktion" in words(again)


def test_wordings_that_contradict_each_other(client, round_, hanau, fulda, alice, bob, staff):
    first = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    second = admitted(round_, fulda, bob, ("eins", "eins alt"), staff=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    for proposal in (first, second):
        judge(client, now, changes_of(proposal)[0])
    change = changes_of(first)[0]
    answer = opened(client, now, change)
    assert "Hier widersprechen sich die Fassungen." in words(answer)
    # Confirmed as it is, one of both would not be in the text, though it was adopted.
    confirm(client, now, change, in_editor(answer))
    assert "Angenommene Fassungen widersprechen sich" in place_of(now, change).problems[0]
    judge(client, now, changes_of(second)[0], Outcome.CHANGED, reason="Das Wort von beiden.")
    confirm(client, now, change, "<p>eins neu und alt</p>")
    assert not place_of(now, change).problems


def test_one_wording_alone_needs_nobody(client, round_to_decide, first, second):
    change, (rival, _elsewhere) = changes_of(first)[0], changes_of(second)
    judge(client, round_to_decide, change)
    judge(client, round_to_decide, rival, Outcome.DECLINED)
    answer = opened(client, round_to_decide, change)
    assert answer.context["form"] is None
    assert not place_of(round_to_decide, change).problems
    judge(client, round_to_decide, change, Outcome.CHANGED, reason="Kürzer.")
    answer = opened(client, round_to_decide, change)
    assert in_editor(answer) == "<p>eins neu</p>"


def test_what_weighs_is_flagged_before_it_is_confirmed(client, round_, hanau, alice, staff):
    own = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    change = changes_of(own)[0]
    judge(client, now, change, Outcome.CHANGED, reason="Ja.")
    confirm(client, now, change, "<p>eins neu, nicht alt</p>")
    becomes = opened(client, now, change).context["becomes"]
    assert [weight.kind.value for weight in becomes.weights] == ["verneinung"]


def test_what_the_staff_edited_meanwhile_is_put_together_too(client, document, round_to_decide, first, second, staff):
    save(document, Edit(passage(document, "eins").version, text("eins, bearbeitet")), by=staff)
    change, (rival, _elsewhere) = changes_of(first)[0], changes_of(second)
    judge(client, round_to_decide, change, Outcome.DECLINED)
    judge(client, round_to_decide, rival)
    assert in_editor(opened(client, round_to_decide, change)) == "<p>ja eins, bearbeitet</p>"


def test_a_passage_that_is_gone(client, document, round_to_decide, change, staff):
    save(document, Remove(passage(document, "eins").version), by=staff)
    answer = opened(client, round_to_decide, change)
    assert "Diesen Absatz gibt es nicht mehr." in words(answer)
    assert answer.context["form"] is None


class TestNothingIsLost:
    def test_a_verdict_changed_meanwhile(self, client, client_of, colleague, round_to_decide, change, second):
        basis = place_of(round_to_decide, change).basis
        judge(client_of(colleague), round_to_decide, changes_of(second)[0], Outcome.CHANGED, reason="Fast.")
        answer = confirm(client, round_to_decide, change, "<p>Lange geschrieben</p>", grundlage=basis)
        assert answer.status_code == 409
        assert in_editor(answer) == "<p>Lange geschrieben</p>"
        assert "Inzwischen hat sich an diesem Absatz etwas geändert." in words(answer)
        assert not Result.objects.exists()
        # What the page says now is what one confirms on when sending it once more.
        assert answer.context["place"].basis == place_of(round_to_decide, change).basis

    def test_nobody_is_needed_any_more(self, client, client_of, colleague, round_to_decide, change, second):
        basis = place_of(round_to_decide, change).basis
        judge(client_of(colleague), round_to_decide, changes_of(second)[0], Outcome.DECLINED, reason="Nein.")
        answer = confirm(client, round_to_decide, change, "<p>Lange geschrieben</p>", grundlage=basis)
        assert answer.status_code == 409
        assert "Das hatten Sie geschrieben" in words(answer)
        assert "Lange geschrieben" in answer.text

    def test_a_colleague_confirmed_something_else(self, client, client_of, colleague, round_to_decide, change):
        confirm(client_of(colleague), round_to_decide, change, "<p>ja eins</p>")
        answer = confirm(client, round_to_decide, change, "<p>Lange geschrieben</p>", stand="")
        assert answer.status_code == 409
        assert "Zweite Redaktion hat inzwischen einen anderen Text bestätigt." in words(answer)
        assert in_editor(answer) == "<p>Lange geschrieben</p>"
        assert Result.objects.get().html == "<p>ja eins</p>"
        assert confirm(client, round_to_decide, change, "<p>Lange geschrieben</p>").status_code == 302

    def test_the_same_twice(self, client, round_to_decide, change):
        for _time in range(2):
            assert confirm(client, round_to_decide, change, "<p>ja eins</p>", stand="").status_code == 302
        assert Result.objects.get().html == "<p>ja eins</p>"

    @pytest.mark.parametrize(
        ("html", "sentence"), [("", "Dieser Abschnitt ist leer."), ("<p>x</p>" * 40000, "zu lang")]
    )
    def test_bad_input(self, client, round_to_decide, change, html, sentence):
        answer = confirm(client, round_to_decide, change, html)
        assert answer.status_code == 422
        assert sentence in words(answer)

    def test_what_was_confirmed_on_other_verdicts_can_be_brought_back(self, client, round_to_decide, change, second):
        confirm(client, round_to_decide, change, "<p>Lange geschrieben</p>")
        judge(client, round_to_decide, changes_of(second)[0], Outcome.CHANGED, reason="Fast.")
        answer = opened(client, round_to_decide, change)
        assert in_editor(answer) == "<p>ja eins neu</p>"
        assert "Diesen Text in den Editor holen" in words(answer)
        brought = opened(client, round_to_decide, change, "?text=bestaetigt")
        assert in_editor(brought) == "<p>Lange geschrieben</p>"
