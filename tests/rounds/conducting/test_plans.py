"""Preparing a round, starting it, prolonging and ending it, on its pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leitfaden.changes import Edit
from leitfaden.rounds import planning
from leitfaden.rounds.models import Phase, Proposal, ProposalState, Round, RoundState
from tests.leitfaden.texts import head, passage, save, text
from tests.rounds.conducting.pages import url, words
from tests.rounds.rounds import carrier, draft, let_it_be, times
from vielfalt.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(document, staff, hanau, fulda):
    values = {"title": "Herbst", "about": "Alles einfacher.", "quorum": 2, **times()}
    return planning.save_round(document=document, values=values, organisations=[hanau, fulda], by=staff)


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def key(organisation):
    return f"lotsen.carrier:{organisation.pk}"


def sent(*organisations, **more):
    begin = timezone.now() + timedelta(days=1)
    moments = {
        "collect_from": local(begin),
        "discuss_from": local(begin + timedelta(days=10)),
        "vote_from": local(begin + timedelta(days=20)),
        "vote_until": local(begin + timedelta(days=30)),
    }
    chosen = {"participants": [key(one) for one in organisations]}
    return {"title": "Frühjahr", "about": "", "quorum": "", **moments, **chosen, **more}


def page_of(client, round_):
    """What the form shows, as a browser would send it back."""
    shown = client.get(url("edit_round", round_.number))
    form = shown.context["form"]
    data = {name: form[name].value() for name in form.fields}
    for name in ("collect_from", "discuss_from", "vote_from", "vote_until"):
        data[name] = data[name].strftime("%Y-%m-%dT%H:%M")
    return {**data, "gesehen": shown.context["seen"]}


class TestPreparing:
    def test_everybody_who_is_entitled_is_chosen_at_first(self, client, document, hanau, fulda):
        form = client.get(url("new_round")).context["form"]
        assert form["participants"].value() == [key(fulda), key(hanau)]
        assert [option.data["selected"] for option in form["participants"]] == [True, True]
        assert "von allen 2 wären das 1." in form.fields["quorum"].help_text

    def test_a_round_is_saved_and_said_in_words(self, client, document, hanau, fulda, alice, bob):
        User.objects.filter(pk__in=[alice.pk, bob.pk]).update(is_active=False)
        module = passage(document, "Rolle und Aufgaben")
        section = passage(document, "Einführung")
        answer = client.post(url("new_round"), sent(hanau, fulda, blocks=[module.anchor, section.anchor]), follow=True)
        made = Round.objects.get()
        assert (made.title, made.quorum, made.state) == ("Frühjahr", 1, RoundState.PLANNED)
        # What lies within an open chapter is open already.
        assert [one.block for one in made.open_blocks.all()] == [module.block]
        said = words(answer)
        assert "Träger schlagen Änderungen vor." in said
        assert "1 von 2: So viele müssen sich zu einem Vorschlag geäußert haben" in said
        assert "Modul: Rolle und Aufgaben" in said
        assert "2 Träger hat noch niemand ein Konto mit Leitung" in said

    def test_german_times_can_be_typed(self, client, document, hanau):
        year = timezone.localdate().year + 1
        moments = {"collect_from": f"1.3.{year} 9:00", "discuss_from": f"02.04.{year} 09:30"}
        moments |= {"vote_from": f"02.04.{year} 09:30", "vote_until": f"1.5.{year} 18:00"}
        assert client.post(url("new_round"), sent(hanau, **moments)).status_code == 302
        made = Round.objects.get()
        assert timezone.localtime(made.discuss_from).isoformat()[:16] == f"{year}-04-02T09:30"
        # Without a time to discuss, nobody is told of one.
        assert "Besprechen" not in words(client.get(url("manage_round", made.number)))

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("title", "", "Dieses Feld ist zwingend erforderlich."),
            ("collect_from", "morgen", "zum Beispiel 24.11.2026 9:00"),
            ("vote_from", "2027-01-01T09:00", "Das muss nach „Besprechen ab“ liegen"),
            ("discuss_from", "2020-01-01T09:00", "Das liegt in der Vergangenheit."),
            ("participants", [], "Bitte wählen Sie, welche Träger beteiligt sind."),
            ("quorum", "3", "Möglich sind höchstens 2."),
            ("quorum", "0", "größer oder gleich 1"),
        ],
    )
    def test_mistakes_are_said_at_the_field_and_nothing_is_lost(
        self, client, document, hanau, fulda, field, value, sentence
    ):
        far = {"collect_from": "2028-01-01T09:00", "discuss_from": "2028-02-01T09:00", "vote_from": "2028-03-01T09:00"}
        data = {**sent(hanau, fulda, about="Bleibt da."), **far, "vote_until": "2028-04-01T09:00", field: value}
        answer = client.post(url("new_round"), data)
        assert answer.status_code == 422
        assert sentence in " ".join(answer.context["form"].errors[field])
        assert "Bleibt da." in answer.text
        assert not Round.objects.exists()

    def test_nonsense_is_refused(self, client, document, hanau):
        answer = client.post(url("new_round"), sent(hanau, blocks=["zzzz"], participants=["lotsen.carrier:0", "x"]))
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"blocks", "participants"}

    def test_a_button_pressed_twice_prepares_one_round(self, client, document, hanau):
        data = sent(hanau)
        for _time in range(2):
            client.post(url("new_round"), data)
        assert Round.objects.count() == 1

    def test_editing(self, client, planned, hanau):
        data = page_of(client, planned)
        assert data["participants"] == [key(hanau), *data["participants"][1:]]
        answer = client.post(url("edit_round", planned.number), {**data, **sent(hanau, gesehen=data["gesehen"])})
        assert answer.status_code == 302
        planned.refresh_from_db()
        assert planned.title == "Frühjahr"
        assert [one.name for one in planned.participants.all()] == ["Lotsen Hanau"]

    def test_whoever_left_the_public_list_stays_chosen(self, client, planned, hanau):
        type(hanau).objects.filter(pk=hanau.pk).update(state="archiviert")
        assert key(hanau) in page_of(client, planned)["participants"]
        form = client.get(url("edit_round", planned.number)).context["form"]
        assert [name for _key, name in form.fields["participants"].choices] == ["Lotsen Fulda", "Lotsen Hanau"]

    def test_two_who_edit_at_once_both_keep_what_they_wrote(self, client, planned, hanau, fulda):
        mine = {**sent(hanau), "title": "Meine", "gesehen": page_of(client, planned)["gesehen"]}
        theirs = {**sent(hanau, fulda), "title": "Andere", "gesehen": mine["gesehen"]}
        assert client.post(url("edit_round", planned.number), theirs).status_code == 302
        answer = client.post(url("edit_round", planned.number), mine)
        assert answer.status_code == 409
        assert "Jemand anderes hat diese Runde inzwischen geändert." in words(answer)
        assert "<strong>Andere</strong>" in answer.text
        assert answer.context["form"]["title"].value() == "Meine"
        again = {**mine, "gesehen": answer.context["seen"]}
        assert client.post(url("edit_round", planned.number), again).status_code == 302
        planned.refresh_from_db()
        assert planned.title == "Meine"

    def test_a_started_round_is_not_edited_any_more(self, client, planned, staff):
        data = page_of(client, planned)
        planning.start(round_=planned, by=staff)
        assert client.get(url("edit_round", planned.number)).status_code == 302
        answer = client.post(url("edit_round", planned.number), {**data, "title": "Zu spät"})
        assert answer.status_code == 409
        assert "Diese Runde hat schon begonnen." in words(answer)
        assert "Zu spät" in answer.text

    def test_what_was_sent_after_a_session_had_ended_comes_back(self, client, document, staff, hanau):
        client.logout()
        assert client.post(url("new_round"), sent(hanau, title="Nicht verloren")).status_code == 302
        client.force_login(staff)
        assert client.get(url("new_round")).context["form"]["title"].value() == "Nicht verloren"


class TestStarting:
    def test_what_freezes_is_said_before(self, client, document, planned, staff):
        one = passage(document, "eins").version
        save(document, Edit(one, text("eins neu")), by=staff)
        said = words(client.get(url("start_round", planned.number)))
        assert f"Alle lesen und ändern Stand {head(document).number}" in said
        assert "Die Beteiligten: 2 Träger." in said
        assert "Das Quorum: 2." in said
        assert client.post(url("start_round", planned.number)).status_code == 302
        planned.refresh_from_db()
        assert (planned.state, planned.base) == (RoundState.RUNNING, head(document))

    def test_what_comes_along_is_said_before(self, client, planned, round_, hanau, alice, staff):
        draft(round_, hanau, alice, ("eins", "eins!"))
        planning.cancel(round_=round_, reason="Zu wenig Zeit.", by=staff)
        said = words(client.get(url("start_round", planned.number)))
        assert "0 Vorschläge aus früheren Runden. 1 Entwurf." in said

    def test_pressed_twice(self, client, planned):
        for _time in range(2):
            answer = client.post(url("start_round", planned.number))
        assert answer.status_code == 302
        assert planned.steps.count() == 1

    def test_one_at_a_time(self, client, round_, planned):
        answer = client.post(url("start_round", planned.number))
        assert answer.status_code == 422
        assert "Es läuft schon eine Runde." in words(answer)

    def test_deleting(self, client, planned):
        assert "hat noch niemand außer der Redaktion gesehen" in words(client.get(url("delete_round", planned.number)))
        for _time in range(2):
            assert client.post(url("delete_round", planned.number)).url == url("manage_rounds")
        assert not Round.objects.exists()

    def test_a_started_round_is_not_deleted(self, client, round_):
        assert client.post(url("delete_round", round_.number)).status_code == 409
        assert Round.objects.exists()


class TestRunning:
    def test_prolonging(self, client, round_):
        later = round_.discuss_from + timedelta(days=7)
        data = {"phase": Phase.DISCUSS, "begins": local(later), "reason": "Ferien."}
        for _time in range(2):
            assert client.post(url("prolong_round", round_.number), data).status_code == 302
        round_.refresh_from_db()
        assert local(round_.discuss_from) == local(later)
        said = words(client.get(url("manage_round", round_.number)))
        assert said.count("Neue Zeit: „Besprechen“ beginnt am") == 1
        assert "Ferien." in said

    @pytest.mark.parametrize(
        ("change", "field", "sentence"),
        [
            ({"reason": ""}, "reason", "Bitte schreiben Sie eine Begründung."),
            ({"begins": "2020-01-01T00:00"}, "begins", "Nur Zeiten, die noch kommen"),
            ({"begins": "2090-01-01T00:00"}, "begins", "Die Zeiten müssen aufeinander folgen"),
            ({"phase": Phase.COLLECT}, "phase", "keine gültige Auswahl"),
        ],
    )
    def test_what_cannot_be_prolonged(self, client, round_, change, field, sentence):
        later = local(round_.discuss_from + timedelta(days=1))
        data = {"phase": Phase.DISCUSS, "begins": later, "reason": "Ferien.", **change}
        answer = client.post(url("prolong_round", round_.number), data)
        assert answer.status_code == 422
        assert sentence in " ".join(answer.context["form"].errors[field])

    def test_cancelling(self, client, round_):
        assert client.post(url("cancel_round", round_.number), {"reason": " "}).status_code == 422
        for _time in range(2):
            answer = client.post(url("cancel_round", round_.number), {"reason": "Es fehlt die Zeit."})
            assert answer.status_code == 302
        assert round_.steps.filter(text="Runde abgebrochen").count() == 1
        assert "Es fehlt die Zeit." in words(client.get(url("manage_round", round_.number)))

    def test_a_round_that_is_over_is_neither_prolonged_nor_cancelled(self, client, round_, staff):
        planning.cancel(round_=round_, reason="Schluss.", by=staff)
        data = {"phase": Phase.DISCUSS, "begins": local(round_.discuss_from), "reason": "Doch noch."}
        answer = client.post(url("prolong_round", round_.number), data)
        assert answer.status_code == 409
        assert "Doch noch." in answer.text


def test_a_second_factor_is_asked_for(client, document, settings):
    settings.STAFF_SECOND_FACTOR = True
    assert client.get(url("manage_rounds")).url == reverse("mfa_index")


@pytest.mark.parametrize("number", [1, 10])
class TestQueries:
    @pytest.fixture(autouse=True)
    def _many(self, number, document, staff, reference_data):
        found = [carrier(f"Träger {at}") for at in range(number)]
        values = {"title": "Viele", "about": "", "quorum": 1, **times()}
        self.round = planning.save_round(document=document, values=values, organisations=found, by=staff)

    def test_the_form(self, client, number, django_assert_num_queries):
        with django_assert_num_queries(16):
            client.get(url("edit_round", self.round.number))

    def test_the_round(self, client, number, django_assert_num_queries):
        with django_assert_num_queries(13):
            client.get(url("manage_round", self.round.number))

    def test_the_start(self, client, number, django_assert_num_queries):
        with django_assert_num_queries(12):
            client.get(url("start_round", self.round.number))


def test_states_of_the_list(client, round_, planned):
    said = words(client.get(url("manage_rounds")))
    assert said.index("Herbst") < said.index("Frühjahrsrunde")
    assert "Vorschlagen" in said
    assert Proposal.objects.filter(state=ProposalState.DRAFT).count() == 0
    let_it_be(round_, Phase.VOTE)
    assert "Abstimmen" in words(client.get(url("manage_rounds")))
