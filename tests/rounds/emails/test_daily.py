"""What comes by the clock: phases, deadlines, news and results, each once however often the day's steps run."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone

from leitfaden import editions
from leitfaden.rounds import daily, deciding, news, planning, proposing, reviewing, voting
from leitfaden.rounds.models import Announcement, Outcome, Phase, Position, Remark, Round, Stance
from tests.leitfaden.texts import head
from tests.rounds.rounds import (
    admitted,
    as_participant,
    draft,
    entered,
    judge,
    let_it_be,
    position,
    submitted,
    times,
)
from vielfalt.accounts.models import Role, User

pytestmark = pytest.mark.django_db

EDIT = ("eins", "eins neu")
DAY = timedelta(days=1)
NOW = datetime(2027, 3, 1, 6, tzinfo=UTC)
"""The step of the day runs in the morning."""


@pytest.fixture(scope="module", autouse=True)
def _then():
    """The round that all tests begin with begins then, too."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock, round_, people):
    return people


def today(step):
    return partial(step, timezone.localdate())


def ends(round_, phase, *, days, lasts=30):
    """Let a phase be the present one that ends in so many days, at six in the evening."""
    end = NOW.replace(hour=17) + days * DAY
    order = ["collect_from", "discuss_from", "vote_from", "vote_until"]
    at = [Phase.COLLECT, Phase.DISCUSS, Phase.VOTE].index(phase)
    moments = {name: end + (number - at - 1) * lasts * DAY for number, name in enumerate(order)}
    Round.objects.filter(pk=round_.pk).update(**moments)
    return Round.objects.get(pk=round_.pk)


class TestStart:
    def test_everybody_who_works_for_an_entitled_carrier(self, document, hanau, fulda, staff, people, reached):
        values = {"title": "Runde", "about": "", "quorum": 1, **times()}
        planned = planning.save_round(document=document, values=values, organisations=[hanau, fulda], by=staff)
        assert reached(partial(planning.start, round_=planned, by=staff)) == "alice bob eva fritz"

    def test_what_comes_along_is_said_to_whom_it_belongs(self, document, round_, hanau, fulda, people, sent):
        staff = people["staff"]
        submitted(round_, hanau, people["alice"], EDIT)
        planning.cancel(round_=round_, reason="Zu viel auf einmal.", by=staff)
        values = {"title": "Zweite Runde", "about": "", "quorum": 1, **times()}
        planned = planning.save_round(document=document, values=values, organisations=[hanau, fulda], by=staff)
        mails = sent(partial(planning.start, round_=planned, by=staff))
        told = {message.to[0]: "1 Vorschlag Ihres Trägers aus der letzten Runde" in message.body for message in mails}
        assert told == {people[name].email: name in ("alice", "eva") for name in ("alice", "bob", "eva", "fritz")}

    def test_other_times_and_an_early_end(self, round_, people, reached, sent):
        staff = people["staff"]
        later = round_.vote_until + DAY
        act = partial(
            planning.prolong, round_=round_, phase=Phase.CONSOLIDATE, begins=later, reason="Wegen der Ferien.", by=staff
        )
        mails = sent(act)
        assert len(mails) == 4
        assert all("Wegen der Ferien." in message.body for message in mails)
        assert reached(act) == ""
        assert reached(partial(planning.cancel, round_=round_, reason="Geht nicht.", by=staff)) == "alice bob eva fritz"


class TestPhases:
    @pytest.mark.parametrize("phase", [Phase.DISCUSS, Phase.VOTE])
    def test_who_speaks_for_a_carrier_without_a_position(self, world, round_, hanau, fulda, reached, sent, phase):
        staff = world["staff"]
        one = admitted(round_, hanau, world["alice"], EDIT, staff=staff)
        admitted(round_, hanau, world["alice"], ("zwei", "zwei neu"), staff=staff)
        submitted(round_, hanau, world["alice"], ("drei", "drei neu"))
        assert reached(today(daily.tell_of_phases)) == ""
        ends(round_, Phase.DISCUSS, days=20)
        position(one, fulda, world["bob"])
        ends(round_, phase, days=20)
        mails = {message.to[0]: message for message in sent(today(daily.tell_of_phases))}
        assert set(mails) == {world["alice"].email, world["bob"].email}
        assert mails[world["alice"].email].subject == "Ihre Position fehlt: 2 Vorschläge zum Leitfaden"
        assert mails[world["bob"].email].subject == "Ihre Position fehlt: 1 Vorschlag zum Leitfaden"
        assert reached(today(daily.tell_of_phases)) == ""

    def test_who_has_said_everything_is_left_in_peace(self, world, round_, hanau, fulda, reached):
        one = admitted(round_, hanau, world["alice"], EDIT, staff=world["staff"])
        ends(round_, Phase.DISCUSS, days=20)
        for organisation, by in ((hanau, "alice"), (fulda, "bob")):
            position(one, organisation, world[by])
        ends(round_, Phase.VOTE, days=20)
        assert reached(today(daily.tell_of_phases)) == ""

    def test_an_outage_over_a_whole_phase_brings_one_mail(self, world, round_, hanau, clock, reached):
        admitted(round_, hanau, world["alice"], EDIT, staff=world["staff"])
        ends(round_, Phase.COLLECT, days=1)
        clock.shift(40 * DAY)
        assert Round.objects.get(pk=round_.pk).phase == Phase.VOTE
        assert reached(today(daily.tell_of_phases)) == "alice bob"
        assert reached(today(daily.tell_of_phases)) == ""


class TestDeadlines:
    @pytest.mark.parametrize(
        ("days", "lasts", "told"),
        [(8, 30, ""), (7, 30, "week"), (2, 30, "week"), (1, 30, "day"), (0, 30, "day"), (7, 13, ""), (1, 1, "")],
    )
    def test_how_long_before(self, world, round_, hanau, reached, days, lasts, told):
        """Nobody is reminded of what began a moment ago, and after an outage only of what is nearest."""
        draft(round_, hanau, world["alice"], EDIT)
        ends(round_, Phase.COLLECT, days=days, lasts=lasts)
        assert reached(today(daily.remind)) == ("alice eva" if told else "")
        wanted = {"week": "woche", "day": "tag"}
        assert [one.occasion for one in Announcement.objects.all()] == ([wanted[told]] if told else [])
        assert reached(today(daily.remind)) == ""

    def test_twice_for_each_end_and_again_when_it_moves(self, world, round_, hanau, clock, reached):
        draft(round_, hanau, world["alice"], EDIT)
        ends(round_, Phase.COLLECT, days=9)
        got = []
        for _day in range(9):
            got.append(reached(today(daily.remind)))
            clock.shift(DAY)
        assert got == ["", "", "alice eva", "", "", "", "", "", "alice eva"]
        running = Round.objects.get(pk=round_.pk)
        later = running.discuss_from + 6 * DAY
        planning.prolong(
            round_=running, phase=Phase.DISCUSS, begins=later, reason="Wegen der Ferien.", by=world["staff"]
        )
        assert reached(today(daily.remind)) == "alice eva"

    @pytest.mark.parametrize(
        ("phase", "waiting", "told"),
        [
            ("COLLECT", "draft", "alice eva"),
            ("COLLECT", "submitted", ""),
            ("COLLECT", "on behalf", ""),
            ("COLLECT", "position", ""),
            ("DISCUSS", "draft", ""),
            ("DISCUSS", "question", "alice eva"),
            ("DISCUSS", "new wording", "alice eva"),
            ("DISCUSS", "unconfirmed", "alice"),
            ("DISCUSS", "position", ""),
            ("VOTE", "draft", ""),
            ("VOTE", "question", ""),
            ("VOTE", "position", "alice bob"),
        ],
    )
    def test_who_has_something_to_do_that_ends_then(self, world, round_, hanau, reached, phase, waiting, told):
        alice, staff = world["alice"], world["staff"]
        match waiting:
            case "draft":
                draft(round_, hanau, alice, EDIT)
            case "submitted":
                submitted(round_, hanau, alice, EDIT)
            case "on behalf":
                draft(round_, hanau, staff, EDIT)
            case "question":
                reviewing.ask(proposal=submitted(round_, hanau, alice, EDIT), reason="Warum?", by=staff)
            case "new wording":
                proposing.reopen(proposal=submitted(round_, hanau, alice, EDIT), by=alice)
            case "unconfirmed":
                entered(round_, hanau, staff, EDIT)
            case "position":
                admitted(round_, hanau, alice, EDIT, staff=staff)
        ends(round_, Phase[phase], days=7)
        assert reached(today(daily.remind)) == told

    def test_one_mail_with_everything(self, world, round_, hanau, sent):
        for title in ("Erster", "Zweiter"):
            draft(round_, hanau, world["alice"], EDIT, title=title)
        ends(round_, Phase.COLLECT, days=7)
        [alice, _eva] = sent(today(daily.remind))
        assert alice.subject == "Nur noch bis 8. März 2027: Leitfaden"
        assert "endet am 8. März 2027, 18:00 Uhr die Phase „Vorschlagen“" in alice.body
        for title in ("Erster", "Zweiter"):
            assert f"- Ihr Entwurf „{title}“ ist noch nicht eingereicht." in alice.body
        assert "http://127.0.0.1:8000/mein/leitfaden/\n" in alice.body

    def test_who_wants_no_reminders_gets_none(self, world, round_, hanau, reached):
        draft(round_, hanau, world["alice"], EDIT)
        User.objects.filter(pk=world["alice"].pk).update(gets_reminders=False)
        ends(round_, Phase.COLLECT, days=7)
        assert reached(today(daily.remind)) == "eva"

    def test_nothing_is_due_in_a_round_that_is_over(self, world, round_, hanau, reached):
        draft(round_, hanau, world["alice"], EDIT)
        ends(round_, Phase.COLLECT, days=7)
        planning.cancel(round_=round_, reason="Geht nicht.", by=world["staff"])
        assert reached(today(daily.remind)) == ""


class TestNews:
    def test_remarks_reach_those_whose_proposal_it_is_once_a_day(self, world, round_, hanau, fulda, sent, reached):
        one = admitted(round_, hanau, world["alice"], EDIT, staff=world["staff"])
        news.tell_news(timezone.localdate())
        for text in ("Gilt das immer?", "Und für Gruppen?"):
            voting.remark(proposal=one, text=text, participant=as_participant(round_, fulda), by=world["bob"])
        voting.remark(proposal=one, text="Ja.", participant=as_participant(round_, hanau), by=world["eva"])
        mails = {message.to[0]: message for message in sent(today(news.tell_news))}
        assert set(mails) == {world["alice"].email, world["eva"].email}
        assert mails[world["alice"].email].subject == "3 neue Beiträge zu Vorschlägen"
        assert mails[world["eva"].email].subject == "2 neue Beiträge zu Vorschlägen"
        first = Remark.objects.first()
        assert f"{one.get_absolute_url()}#beitrag-{first.pk}" in mails[world["eva"].email].body
        assert reached(today(news.tell_news)) == ""

    def test_co_authors_are_told_too(self, world, round_, hanau, fulda, reached):
        target = admitted(round_, hanau, world["alice"], EDIT, staff=world["staff"])
        own = submitted(round_, fulda, world["bob"], EDIT)
        reviewing.merge(proposal=own, into=target, reason="Dasselbe.", by=world["staff"])
        news.tell_news(timezone.localdate())
        voting.remark(proposal=target, text="Schön.", by=world["staff"])
        assert reached(today(news.tell_news)) == "alice bob eva fritz"

    def test_internal_remarks_are_for_the_staff(self, world, round_, hanau, reached):
        one = admitted(round_, hanau, world["alice"], EDIT, staff=world["staff"])
        news.tell_news(timezone.localdate())
        voting.remark(proposal=one, text="Schwierig.", is_internal=True, by=world["staff"])
        assert reached(today(news.tell_news)) == "colleague"

    def test_who_left_the_network_reads_no_more(self, world, round_, hanau, fulda, reached):
        one = admitted(round_, hanau, world["alice"], EDIT, staff=world["staff"])
        news.tell_news(timezone.localdate())
        voting.remark(proposal=one, text="Schön.", participant=as_participant(round_, fulda), by=world["bob"])
        hanau.memberships.filter(user=world["alice"]).delete()
        hanau.state = "archiviert"
        hanau.save()
        assert reached(today(news.tell_news)) == ""

    def test_positions_on_paper_are_confirmed_by_those_who_lead(self, world, round_, hanau, fulda, reached, sent):
        staff = world["staff"]
        proposals = [admitted(round_, hanau, world["alice"], EDIT, staff=staff, title=title) for title in "ABC"]
        let_it_be(round_, Phase.DISCUSS)
        for one in proposals:
            position(one, fulda, staff, on_behalf=True)
        [bob] = sent(today(news.ask_to_confirm))
        assert bob.to == [world["bob"].email]
        assert bob.subject == "Bitte bestätigen: 3 Positionen zum Leitfaden"
        assert reached(today(news.ask_to_confirm)) == ""
        position(proposals[0], fulda, staff, Stance.VETO, "Doch nicht.", on_behalf=True)
        assert reached(today(news.ask_to_confirm)) == "bob"
        voting.confirm_position(position=Position.objects.first(), by=world["bob"])
        assert reached(today(news.ask_to_confirm)) == ""

    def test_whoever_leads_a_carrier_later_is_asked_then(self, world, round_, hanau, fulda, reached):
        one = admitted(round_, hanau, world["alice"], EDIT, staff=world["staff"])
        let_it_be(round_, Phase.DISCUSS)
        fulda.memberships.filter(user=world["bob"]).update(role=Role.EDITOR)
        position(one, fulda, world["staff"], on_behalf=True)
        assert reached(today(news.ask_to_confirm)) == ""
        fulda.memberships.filter(user=world["fritz"]).update(role=Role.MANAGER)
        assert reached(today(news.ask_to_confirm)) == "fritz"
        assert reached(today(news.ask_to_confirm)) == ""


class TestResults:
    @pytest.fixture
    def outcome(self):
        return Outcome.ADOPTED

    @pytest.fixture
    def concluded(self, outcome, round_, document, hanau, fulda, people):
        staff = people["staff"]
        one = admitted(round_, hanau, people["alice"], EDIT, staff=staff, title="Erster")
        let_it_be(round_, Phase.VOTE)
        position(one, fulda, people["bob"])
        now = let_it_be(round_, Phase.CONSOLIDATE)
        judge(one, staff, outcome)
        deciding.consolidate(round_=now, head=head(document), by=staff)
        return Round.objects.get(pk=round_.pk)

    def published(self, document, revision, label, people):
        staff = people["staff"]
        edition = editions.create_edition(document=document, label=label, revision=revision, by=staff)
        for by in (staff, people["colleague"]):
            editions.approve(edition=edition, by=by)
        return editions.publish(edition=edition, by=staff)

    def test_all_who_took_part_once_the_edition_is_there(self, concluded, document, people, reached, sent):
        assert reached(today(daily.tell_of_results)) == ""
        self.published(document, concluded.base, "2026.9", people)
        assert reached(today(daily.tell_of_results)) == ""
        self.published(document, concluded.result, "2027.1", people)
        mails = {message.to[0]: message for message in sent(today(daily.tell_of_results))}
        assert set(mails) == {people[name].email for name in ("alice", "eva", "bob", "fritz")}
        for message in mails.values():
            assert message.subject == "Lesen Sie, was Sie bewirkt haben: Ausgabe 2027.1 des Leitfadens"
            assert "http://127.0.0.1:8000/leitfaden/2027-1/neu/\n" in message.body
            assert "http://127.0.0.1:8000/leitfaden/2027-1/entscheidungen/\n" in message.body
        own = "- Vorschlag 1 „Erster“: Angenommen"
        assert {own in message.body for address, message in mails.items() if "Erster" in message.body} == {True}
        assert "Erster" in mails[people["alice"].email].body
        assert "Erster" not in mails[people["bob"].email].body
        assert reached(today(daily.tell_of_results)) == ""

    def test_the_first_edition_with_the_result_is_named(self, concluded, document, people, sent):
        self.published(document, concluded.result, "2027.1", people)
        self.published(document, concluded.result, "2027.2", people)
        assert {message.subject.partition("Ausgabe ")[2] for message in sent(today(daily.tell_of_results))} == {
            "2027.1 des Leitfadens"
        }

    def test_of_the_very_first_edition_nothing_is_new(self, concluded, document, people, sent):
        self.published(document, concluded.result, "2027.1", people)
        for message in sent(today(daily.tell_of_results)):
            assert "Ausgabe lesen\nhttp://127.0.0.1:8000/leitfaden/2027-1/\n" in message.body
            assert "/neu/" not in message.body + message.alternatives[0].content

    @pytest.mark.parametrize("outcome", [Outcome.DECLINED])
    def test_where_nothing_was_taken_no_new_edition_is_awaited(self, concluded, document, people, sent):
        """The text is still that of an edition of before; its people are told so, once."""
        self.published(document, concluded.result, "2026.9", people)
        Round.objects.filter(pk=concluded.pk).update(concluded_at=timezone.now() + DAY)
        mails = sent(today(daily.tell_of_results))
        assert len(mails) == 4
        for message in mails:
            assert message.subject == "Lesen Sie, was entschieden wurde: Frühjahrsrunde"
            assert "Ausgabe 2026.9 gilt weiter" in message.body
            assert "/leitfaden/2026-9/entscheidungen/" in message.body
            assert "/neu/" not in message.body + message.alternatives[0].content
        assert sent(today(daily.tell_of_results)) == []

    def test_silence_is_no_part(self, round_, hanau, fulda, people):
        """A draft, an entry nobody confirmed and a position nobody confirmed are not taking part."""
        staff = people["staff"]
        draft(round_, fulda, people["bob"], EDIT)
        entered(round_, fulda, staff, EDIT)
        one = admitted(round_, hanau, people["alice"], EDIT, staff=staff)
        let_it_be(round_, Phase.VOTE)
        position(one, fulda, staff, on_behalf=True)
        voting.remark(proposal=one, text="Intern.", is_internal=True, by=staff)
        assert [one.name for one in daily.took_part(round_)] == ["Lotsen Hanau"]
