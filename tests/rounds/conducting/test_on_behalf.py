"""What came on paper: entered by the staff, counted once the carrier confirms it."""

import pytest

from leitfaden.rounds import planning, proposing, voting
from leitfaden.rounds.consensus import consensus_of
from leitfaden.rounds.models import Operation, Phase, Position, Proposal, ProposalState, Stance
from tests.leitfaden.texts import passage
from tests.rounds.conducting.pages import url, words
from tests.rounds.rounds import admitted, as_participant, carrier, let_it_be, running_round

pytestmark = pytest.mark.django_db


class TestProposals:
    @pytest.fixture(autouse=True)
    def _round(self, round_, document, hanau):
        self.round, self.document = round_, document
        self.participant = as_participant(round_, hanau)
        self.address = url("enter_proposal", round_.number)

    def chosen(self, words_="eins", operation=Operation.REPLACE):
        code = passage(self.document, words_).anchor
        return {"participant": self.participant.pk, "code": code, "operation": operation}

    def sent(self, *chosen, **more):
        about = {"vorschlag-title": "Vom Papier", "vorschlag-reason": "So stand es da."}
        return {**self.chosen(*chosen), **about, "html": "<p>eins neu</p>", **more}

    def test_first_the_passage_then_its_words(self, client):
        assert client.get(self.address).context["about"] is None
        shown = client.get(self.address, self.chosen())
        assert shown.context["wording"]["html"].value() == "<p>eins</p>"
        assert "Für Lotsen Hanau." in words(shown)

    def test_codes_as_people_write_them(self, client):
        data = self.chosen()
        assert client.get(self.address, {**data, "code": f" #{data['code'].upper()} "}).context["about"] is not None
        answer = client.get(self.address, {**data, "code": "zzzz\x00"})
        assert "Diesen Code gibt es im Text dieser Runde nicht." in words(answer)

    def test_another_wording(self, client, alice):
        answer = client.post(self.address, self.sent(), follow=True)
        assert "Eingetragen für Lotsen Hanau." in words(answer)
        assert "Zu bestätigen: 1 Vorschlag" in words(answer)
        proposal = Proposal.objects.get()
        assert (proposal.state, proposal.participant) == (ProposalState.UNCONFIRMED, self.participant)
        assert proposal.current.changes.get().content.html == "<p>eins neu</p>"
        assert proposing.confirm(proposal=proposal, by=alice).state == ProposalState.SUBMITTED

    def test_taking_out(self, client):
        client.post(self.address, self.sent("eins", Operation.REMOVE))
        assert Proposal.objects.get().current.changes.get().operation == Operation.REMOVE

    @pytest.mark.parametrize("where", ["zwei", "Einführung"])
    def test_something_new(self, client, where):
        client.post(self.address, self.sent(where, Operation.INSERT))
        change = Proposal.objects.get().current.changes.get()
        section = passage(self.document, "Einführung").block
        after = passage(self.document, "zwei").block if where == "zwei" else None
        assert (change.operation, change.parent, change.after) == (Operation.INSERT, section, after)

    def test_fields_of_a_heading(self, client):
        client.post(self.address, self.sent("Rolle und Aufgaben", title="Rolle und Aufgaben", ue="6", html=""))
        assert Proposal.objects.get().current.changes.get().operation == Operation.FIELD

    @pytest.mark.parametrize(
        ("change", "form", "field"),
        [
            ({"vorschlag-title": ""}, "about", "title"),
            ({"vorschlag-reason": " "}, "about", "reason"),
            ({"html": ""}, "wording", "html"),
            ({"html": "<p>eins 5</p>", "vorschlag-is_editorial": "on"}, "about", "is_editorial"),
            ({"html": "<p>eins</p>"}, "about", "__all__"),
        ],
    )
    def test_mistakes_lose_nothing_and_enter_nothing(self, client, change, form, field):
        answer = client.post(self.address, self.sent(**change))
        assert answer.status_code == 422
        assert field in answer.context[form].errors
        assert not Proposal.objects.exists()
        if form == "wording":
            assert "So stand es da." in answer.text

    def test_a_button_pressed_twice(self, client):
        token = client.get(self.address, self.chosen()).context["about"]["token"].value()
        for _time in range(2):
            data = self.sent(
                **{"vorschlag-token": token, "vorschlag-title": "Vom  Papier ", "vorschlag-reason": "So \r\nda."}
            )
            assert client.post(self.address, data).status_code == 302
        assert Proposal.objects.count() == 1

    def test_going_back_in_the_browser_enters_another_one(self, client):
        token = client.get(self.address, self.chosen()).context["about"]["token"].value()
        sheets = [{}, {"vorschlag-title": "Das zweite Blatt"}, {"html": "<p>eins, ganz anders</p>"}]
        for more in [*sheets, sheets[0]]:
            assert client.post(self.address, self.sent(**{"vorschlag-token": token, **more})).status_code == 302
        titles = [one.title for one in Proposal.objects.order_by("number")]
        assert titles == ["Vom Papier", "Das zweite Blatt", "Vom Papier"]

    def test_too_late(self, client):
        let_it_be(self.round, Phase.VOTE)
        answer = client.post(self.address, self.sent())
        assert answer.status_code == 409
        assert "So stand es da." in answer.text
        assert "eins neu" in answer.text
        assert "Vorschläge lassen sich zurzeit nicht eintragen." in words(
            client.get(url("on_behalf", self.round.number))
        )

    def test_nobody_of_another_round(self, client):
        answer = client.post(self.address, self.sent(participant=self.participant.pk + 1000))
        assert answer.status_code == 422
        assert not Proposal.objects.exists()

    def test_words_survive_the_end_of_a_session(self, client, staff):
        client.logout()
        client.post(self.address, self.sent())
        client.force_login(staff)
        assert client.get(self.address).context["wording"]["html"].value() == "<p>eins neu</p>"


def test_only_open_passages(client, document, staff, hanau):
    opened = passage(document, "zwei")
    round_ = running_round(document, [hanau], staff, blocks=[opened.block])
    code = passage(document, "eins").anchor
    data = {"participant": as_participant(round_, hanau).pk, "code": code, "operation": Operation.REPLACE}
    answer = client.get(url("enter_proposal", round_.number), data)
    assert "Dieser Absatz steht in dieser Runde nicht zur Diskussion." in words(answer)


class TestPositions:
    @pytest.fixture(autouse=True)
    def _round(self, round_, hanau, fulda, alice, bob, staff):
        self.ours = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff, title="Unser Vorschlag")
        self.theirs = admitted(round_, fulda, bob, ("zwei", "zwei neu"), staff=staff, title="Ihr Vorschlag")
        self.round = let_it_be(round_, Phase.DISCUSS)
        self.participant = as_participant(round_, fulda)
        self.address = url("enter_positions", round_.number, self.participant.pk)

    def sent(self, *rows):
        data = {}
        for proposal, stance, reason in rows:
            prefix = f"v{proposal.pk}"
            data |= {f"{prefix}-stance": stance, f"{prefix}-reason": reason, f"{prefix}-version": proposal.current_id}
        return data

    def stances(self):
        return {position.version.proposal: position.stance for position in Position.objects.all()}

    def rows(self, client):
        return client.get(self.address).context["rows"]

    def test_all_in_one_go_and_counted_once_confirmed(self, client, bob):
        rows = [(self.ours, Stance.AGREE, ""), (self.theirs, Stance.MINOR, "Zu lang.")]
        answer = client.post(self.address, self.sent(*rows), follow=True)
        assert "2 Positionen sind eingetragen." in words(answer)
        assert "Zu bestätigen: 2 Positionen" in words(answer)
        assert self.stances() == {self.ours: Stance.AGREE, self.theirs: Stance.MINOR}
        assert consensus_of(self.round, [self.ours])[self.ours.pk].taken == 0
        for position in Position.objects.all():
            voting.confirm_position(position=position, by=bob)
        assert consensus_of(self.round, [self.ours])[self.ours.pk].agree == 1

    def test_what_is_open_stays_open(self, client):
        client.post(self.address, self.sent((self.ours, Stance.AGREE, ""), (self.theirs, "", "")))
        assert self.stances() == {self.ours: Stance.AGREE}

    def test_a_mistake_in_one_row_saves_none(self, client):
        answer = client.post(self.address, self.sent((self.ours, Stance.AGREE, ""), (self.theirs, Stance.VETO, " ")))
        assert answer.status_code == 422
        assert "Noch nichts gespeichert: 1 Zeile braucht einen Blick." in words(answer)
        first, second = answer.context["rows"]
        assert (first.has_errors, list(second.form.errors)) == (False, ["reason"])
        assert first.form["stance"].value() == Stance.AGREE
        assert self.stances() == {}

    def test_what_was_entered_can_be_put_right(self, client):
        client.post(self.address, self.sent((self.ours, Stance.AGREE, "")))
        assert [row.is_unconfirmed for row in self.rows(client)] == [True, False]
        client.post(self.address, self.sent((self.ours, Stance.ABSTAIN, "")))
        assert self.stances() == {self.ours: Stance.ABSTAIN}

    def test_twice_the_same_is_once(self, client):
        data = self.sent((self.ours, Stance.AGREE, ""))
        client.post(self.address, data)
        assert "Sie haben nichts Neues eingetragen." in words(client.post(self.address, data, follow=True))
        assert Position.objects.count() == 1

    def test_what_the_carrier_said_itself_is_locked(self, client, bob):
        voting.take_position(version=self.ours.current, participant=self.participant, stance=Stance.AGREE, by=bob)
        first, second = self.rows(client)
        assert (first.form, bool(second.form)) == (None, True)
        assert "Das hat der Träger selbst gesagt" in words(client.get(self.address))
        answer = client.post(
            self.address, self.sent((self.ours, Stance.VETO, "Nein."), (self.theirs, Stance.AGREE, ""))
        )
        assert answer.status_code == 409
        assert "Dieser Träger hat seine Position schon selbst abgegeben." in words(answer)
        assert self.stances() == {self.ours: Stance.AGREE}

    def test_what_was_admitted_meanwhile_is_no_mistake(self, client, hanau, alice, staff):
        data = self.sent((self.ours, Stance.AGREE, ""), (self.theirs, "", ""))
        admitted(let_it_be(self.round, Phase.COLLECT), hanau, alice, ("drei", "drei neu"), staff=staff)
        let_it_be(self.round, Phase.DISCUSS)
        assert client.post(self.address, data).status_code == 302
        assert self.stances() == {self.ours: Stance.AGREE}

    def test_a_new_wording_is_read_first(self, client, alice):
        data = self.sent((self.ours, Stance.AGREE, "Gut."))
        proposing.reopen(proposal=self.ours, by=alice)
        proposing.resubmit(proposal=self.ours, by=alice)
        answer = client.post(self.address, data)
        assert answer.status_code == 409
        assert "neue Fassung" in words(answer)
        assert "Gut." in answer.text
        assert self.stances() == {}

    def test_what_is_over_says_so_and_keeps_the_words(self, client, alice):
        data = self.sent((self.ours, Stance.MAJOR, "Ein langer Grund."))
        proposing.withdraw(proposal=self.ours, by=alice)
        answer = client.post(self.address, data)
        assert answer.status_code == 409
        assert "Ein langer Grund." in answer.text
        let_it_be(self.round, Phase.CONSOLIDATE)
        assert "Zurzeit ist zu keinem Vorschlag eine Position gefragt." in words(client.get(self.address))
        late = client.post(self.address, self.sent((self.theirs, Stance.AGREE, "Doch noch.")))
        assert late.status_code == 409
        assert "Doch noch." in late.text

    def test_nonsense(self, client):
        data = {"v0-stance": "x", "v999999999999999999-stance": Stance.AGREE, "vx-stance": "1", "\x00": "\x00"}
        assert client.post(self.address, data).status_code in (302, 422)
        data = {**self.sent((self.ours, "vielleicht", ""))}
        assert client.post(self.address, data).status_code == 422
        data = {**self.sent((self.ours, Stance.AGREE, "")), f"v{self.ours.pk}-version": self.theirs.current_id}
        assert client.post(self.address, data).status_code == 404
        assert self.stances() == {}

    def test_a_carrier_of_another_round(self, client, document, staff):
        planning.cancel(round_=self.round, reason="Neu.", by=staff)
        other = running_round(document, [carrier("Lotsen Kassel")], staff)
        assert client.get(url("enter_positions", other.number, self.participant.pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 10])
class TestQueries:
    @pytest.fixture(autouse=True)
    def _many(self, number, round_, hanau, fulda, alice, bob, staff):
        for at in range(number):
            admitted(round_, hanau, alice, ("eins", f"eins {at}"), staff=staff)
        self.round = let_it_be(round_, Phase.DISCUSS)
        self.participant = as_participant(round_, fulda)

    def test_positions(self, client, number, django_assert_num_queries):
        with django_assert_num_queries(15):
            client.get(url("enter_positions", self.round.number, self.participant.pk))

    def test_carriers(self, client, number, django_assert_num_queries):
        with django_assert_num_queries(9):
            client.get(url("on_behalf", self.round.number))

    def test_a_passage(self, client, document, number, django_assert_num_queries):
        data = {"participant": self.participant.pk, "code": passage(document, "eins").anchor, "operation": "ersetzen"}
        with django_assert_num_queries(12):
            client.get(url("enter_proposal", self.round.number), data)
