"""Sending what is queued."""

from django.conf import settings
from django.db.models import Min
from django.tasks import task
from post_office.mail import get_queued, send_queued
from post_office.models import STATUS

from vielfalt.locks import lock
from vielfalt.mail.models import Delivery


@task
def deliver() -> int:
    """Send all mails that are due; return how many went out.

    One process at a time, or mails would go out twice. What a server refuses is tried again later
    (``POST_OFFICE``), for which this task enqueues itself where the task queue knows "later".
    """
    sent = 0
    with lock("deliver mail"):
        while get_queued().exists():
            sent += send_queued(log_level=1)[0]
            if not settings.DEMO:
                Delivery.objects.sent_with_secrets().without_content()
    _try_again()
    return sent


def _try_again() -> None:
    if deliver.get_backend().supports_defer:
        moment = Delivery.objects.filter(status=STATUS.requeued).aggregate(first=Min("scheduled_time"))["first"]
        if moment:
            deliver.using(run_after=moment).enqueue()
