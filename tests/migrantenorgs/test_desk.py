"""The desk of those who curate migrant organisations; others' desks know nothing of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from migrantenorgs.models import Visibility
from tests.factories import CarrierFactory, MigrantOrganisationFactory, UserFactory, curator
from vielfalt.listings.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

GROUP = "Redaktion Migrantenorganisationen"
COMPLETE = {"fields": ["bildung"], "offers": "Sprachcafé"}


def panels(client, user):
    client.force_login(user)
    return {panel.key: panel for panel in client.get("/verwaltung/").context["panels"]}


def strands(found):
    """The strands that ask something; the review queue is of none."""
    return {panel.strand for panel in found.values()} - {""}


def test_the_desk_counts_and_leads_to_the_counted(client, subtests):
    today = timezone.localdate()
    MigrantOrganisationFactory(name="Entwurf", state=State.DRAFT, visibility=Visibility.NETWORK)
    MigrantOrganisationFactory(name="Veraltet", confirmed_on=today - timedelta(days=400), **COMPLETE)
    MigrantOrganisationFactory(name="Frisch", confirmed_on=today, **COMPLETE)
    found = {key: panel for key, panel in panels(client, curator(GROUP)).items() if panel.strand}
    assert {key: [figure.number for figure in panel.figures] for key, panel in found.items()} == {
        "migrantenorgs-waiting": [1],
        "migrantenorgs-unanswered": [0],
        "migrantenorgs-incomplete": [1],
        "migrantenorgs-stale": [1, 0],
        "migrantenorgs-newest": [3],
    }
    assert found["migrantenorgs-waiting"].title == "Wartet auf Sie: Migrantenorganisationen"
    for figure in (figure for panel in found.values() for figure in panel.figures):
        with subtests.test(figure.url):
            assert client.get(figure.url).context["cl"].result_count == figure.number


def test_each_strands_staff_see_their_own(client):
    CarrierFactory(name="Träger Zwiebelfisch")
    MigrantOrganisationFactory(name="Verein Hurenkind")
    own = panels(client, curator(GROUP))
    assert strands(own) == {"migrantenorgs"}
    others = panels(client, curator(email="bob@example.org"))
    assert strands(others) == {"lotsen"}
    assert "Hurenkind" not in client.get("/verwaltung/").text
    both = curator(email="both@example.org")
    both.groups.add(*curator(GROUP).groups.all())
    assert strands(panels(client, both)) == {"lotsen", "migrantenorgs"}


def test_staff_without_rights_and_readers_see_nothing(client):
    MigrantOrganisationFactory()
    assert panels(client, UserFactory(is_staff=True)) == {}
    client.force_login(UserFactory())
    assert client.get("/verwaltung/").status_code == 302


@pytest.mark.parametrize("number", [1, 30])
def test_the_desk_takes_a_fixed_number_of_queries(client, django_assert_num_queries, number):
    for _number in range(number):
        MigrantOrganisationFactory(state=State.DRAFT, fields=["bildung"])
    panels(client, curator(GROUP))
    with django_assert_num_queries(19):
        client.get("/verwaltung/")
