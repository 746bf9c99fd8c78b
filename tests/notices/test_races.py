"""Two clicks at once against the real database."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.accounts.racing import both
from tests.factories import CarrierFactory, NoticeFactory
from vielfalt.notices.actions import MOST_RUNNING, publish
from vielfalt.notices.models import Notice, Subject

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def carrier():
    return CarrierFactory()


def publishing(carrier, token):
    notice = Notice(
        direction="sucht",
        subject=Subject.objects.get(slug="raeume"),
        title="Raum",
        municipality=carrier.municipality,
        ends_on=timezone.localdate() + timedelta(days=3),
    )
    return lambda: publish(notice=notice, organisation=carrier, form_token=token)


def test_the_same_form_twice_publishes_once(carrier):
    token = uuid4()
    first, second = both(publishing(carrier, token), publishing(carrier, token))
    assert first == second == Notice.objects.get()


def test_two_notices_at_once_do_not_pass_the_limit(carrier):
    for _ in range(MOST_RUNNING - 1):
        NoticeFactory(organisation=carrier)
    results = both(publishing(carrier, uuid4()), publishing(carrier, uuid4()))
    assert Notice.objects.count() == MOST_RUNNING
    assert sum(isinstance(result, ValidationError) for result in results) == 1
