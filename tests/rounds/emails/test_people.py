"""Who gets mails for the carriers of a round."""

import pytest

from leitfaden.rounds import planning
from leitfaden.rounds.people import people_of
from tests.factories import (
    CarrierFactory,
    CarrierMembershipFactory,
    MigrantOrganisationFactory,
    MigrantOrganisationMembershipFactory,
    UserFactory,
)
from tests.rounds.rounds import (
    carrier,
    member,
    times,
)
from vielfalt.accounts.models import Role, User
from vielfalt.listings import twins

pytestmark = pytest.mark.django_db


def test_they_are_those_whom_the_pages_know(document, staff, reference_data):
    """Whoever works for a carrier by the words of the querysets gets its mails, and nobody else."""
    first, second, beside = carrier("Erster"), carrier("Zweiter"), carrier("Daneben")
    twin = MigrantOrganisationFactory(name="Zwilling")
    twins.join(first=first, second=twin, by=staff)
    users = [member(first), member(first, role=Role.EDITOR), member(second), member(beside)]
    of_twin = UserFactory(name="Im Team des Zwillings")
    MigrantOrganisationMembershipFactory(organisation=twin, user=of_twin, role=Role.MANAGER)
    blocked = member(second, "Gesperrt")
    User.objects.filter(pk=blocked.pk).update(is_active=False)
    CarrierMembershipFactory(organisation=second, user=users[0], role=Role.EDITOR)
    values = {"title": "Runde", "about": "", "quorum": 1, **times()}
    round_ = planning.save_round(document=document, values=values, organisations=[first, second], by=staff)
    participants = list(round_.participants.all())
    for leading, words in ((False, "of"), (True, "led_by")):
        got = {user: set(own) for user, own in people_of(participants, leading=leading).items()}
        known = {
            user: set(getattr(round_.participants.all(), words)(user))
            for user in User.objects.filter(is_active=True)
            if getattr(round_.participants.all(), words)(user).exists()
        }
        assert got == known
        assert of_twin in got
        assert blocked not in got


@pytest.mark.parametrize("number", [1, 10])
def test_few_queries(document, staff, reference_data, django_assert_num_queries, number):
    organisations = [CarrierFactory() for _ in range(number)]
    for one in organisations:
        member(one)
    values = {"title": "Runde", "about": "", "quorum": 1, **times()}
    round_ = planning.save_round(document=document, values=values, organisations=organisations, by=staff)
    with django_assert_num_queries(3):
        assert len(people_of(round_.participants.select_related("content_type"))) == number
