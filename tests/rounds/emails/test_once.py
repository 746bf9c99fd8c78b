"""What is told once only, and mail servers that fail."""

import pytest
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.db import IntegrityError, transaction
from django.utils import timezone
from post_office.models import STATUS

from leitfaden.rounds import daily, proposing
from leitfaden.rounds.models import Announcement, Occasion, Proposal, ProposalState, Round
from tests.rounds.rounds import draft
from vielfalt.mail.models import Delivery

pytestmark = pytest.mark.django_db

EDIT = ("eins", "eins neu")


class Broken(LocmemBackend):
    """A mail server that refuses everything."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("mail server is away")


@pytest.fixture
def broken(queue, settings):
    settings.MAILERS = {**settings.MAILERS, "delivery": {"BACKEND": f"{__name__}.Broken"}}


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
