"""Two runs of the day's steps at once, each on a connection of its own, and mail servers that fail."""

from functools import partial

import pytest
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from post_office.models import STATUS

from leitfaden.rounds import daily, deciding, news, proposing, voting
from leitfaden.rounds.models import Announcement, Occasion, Outcome, Phase, Proposal, ProposalState, Round
from tests.accounts.racing import both
from tests.leitfaden.texts import head, publish
from tests.rounds.rounds import admitted, as_participant, conductor, draft, judge, let_it_be, position
from vielfalt.mail.models import Delivery

EDIT = ("eins", "eins neu")


class Broken(LocmemBackend):
    """A mail server that refuses everything."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("mail server is away")


@pytest.fixture
def broken(queue, settings):
    settings.MAILERS = {**settings.MAILERS, "delivery": {"BACKEND": f"{__name__}.Broken"}}


@pytest.mark.django_db(transaction=True)
class TestRaces:
    @pytest.fixture(autouse=True)
    def _places(self):
        """What is needed for carriers: other tests of this kind leave an empty database."""
        call_command("load_reference", verbosity=0)

    def test_each_step_tells_once(self, queue, document, round_, hanau, fulda, alice, bob, staff):
        """Both run at the same moment: one waits, and then finds nothing to tell."""
        draft(round_, hanau, alice, EDIT)
        one = admitted(round_, hanau, alice, EDIT, staff=staff)
        let_it_be(round_, Phase.DISCUSS)
        position(one, fulda, staff, on_behalf=True)
        voting.remark(proposal=one, text="Schön.", participant=as_participant(round_, fulda), by=bob)
        expected = {
            news.tell_news: {alice.email},
            news.ask_to_confirm: {bob.email},
            daily.tell_of_phases: {alice.email},
        }
        for step, people in expected.items():
            assert self.told_by_two(step) == sorted(people), step
        now = timezone.now()
        Round.objects.filter(pk=round_.pk).update(
            collect_from=now - 60 * daily.AHEAD[0][1], discuss_from=now + daily.AHEAD[1][1]
        )
        Round.objects.filter(pk=round_.pk).update(
            vote_from=now + 2 * daily.AHEAD[1][1], vote_until=now + 3 * daily.AHEAD[1][1]
        )
        assert self.told_by_two(daily.remind) == [alice.email]
        proposing.discard(proposal=Proposal.objects.get(state=ProposalState.DRAFT), by=alice)
        running = let_it_be(round_, Phase.CONSOLIDATE)
        judge(one, staff, Outcome.ADOPTED)
        deciding.consolidate(round_=running, head=head(document), by=staff)
        publish(document, "2027.1", staff, conductor("Kollegin"))
        assert self.told_by_two(daily.tell_of_results) == sorted([alice.email, bob.email])

    def told_by_two(self, step):
        """Whom two runs at once queue a mail for."""
        Delivery.objects.all().delete()
        results = both(*(partial(step, timezone.localdate()) for _run in range(2)))
        assert [one for one in results if isinstance(one, Exception)] == []
        return sorted(address for delivery in Delivery.objects.all() for address in delivery.to)


@pytest.mark.django_db
class TestOnce:
    def test_the_database_keeps_an_occasion_once(self, round_):
        values = {"round": round_, "occasion": Occasion.DAY, "moment": round_.vote_until}
        Announcement.objects.create(**values)
        with pytest.raises(IntegrityError), transaction.atomic():
            Announcement.objects.create(**values)

    def test_a_step_that_fails_notes_nothing(self, queue, round_, hanau, alice):
        """The mails and the note of them are one transaction."""
        draft(round_, hanau, alice, EDIT)
        now = timezone.now()
        Round.objects.filter(pk=round_.pk).update(
            collect_from=now - 60 * daily.AHEAD[0][1], discuss_from=now + daily.AHEAD[1][1]
        )
        Delivery.objects.all().delete()
        with transaction.atomic():
            daily.remind(timezone.localdate())
            transaction.set_rollback(True)
        assert not Announcement.objects.exists()
        assert not Delivery.objects.exists()
        daily.remind(timezone.localdate())
        assert Announcement.objects.count() == Delivery.objects.count() == 1


@pytest.mark.django_db
def test_without_a_mail_server_pages_work_and_nothing_is_lost(
    broken, round_, hanau, alice, staff, client_of, django_capture_on_commit_callbacks
):
    one = proposing.submit(proposal=draft(round_, hanau, alice, EDIT), by=alice)
    Delivery.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        values = {"aktion": "rueckfrage", "fassung": one.current_id, "reason": "Warum?"}
        response = client_of(staff).post(f"/leitfaden/runden/{round_.number}/pruefen/{one.pk}/", values)
    assert response.status_code == 302, response.content.decode()
    assert Proposal.objects.get(pk=one.pk).state == ProposalState.QUESTION
    [delivery] = Delivery.objects.all()
    assert (delivery.to, delivery.status) == ([alice.email], STATUS.requeued)
    assert delivery.has_content
