"""Two runs of the day's steps at once, each on a connection of its own."""

from functools import partial

import pytest
from django.utils import timezone

from leitfaden.rounds import daily, deciding, news, proposing, voting
from leitfaden.rounds.models import Outcome, Phase, Proposal, ProposalState, Round
from tests.accounts.racing import both
from tests.leitfaden.texts import head, publish
from tests.rounds.rounds import Cast, admitted, as_participant, conductor, draft, judge, let_it_be, position
from vielfalt.mail.models import Delivery

EDIT = ("eins", "eins neu")


@pytest.mark.django_db(transaction=True)
class TestRaces:
    @pytest.fixture
    def scene(self, transactional_db):
        """Every test commits, and so makes everything anew."""
        return Cast.make()

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
