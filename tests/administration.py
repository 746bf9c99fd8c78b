"""What tests of the admin share: people with different rights, and carriers from a table."""

from django.contrib.auth.models import Permission

from lotsen.actions import import_carriers
from tests.lotsen.tables import csv_bytes, row
from vielfalt.accounts.models import User

COMPLETE = {"Telefon": "0661 1", "Sprachen": "Arabisch"}
"""What a row needs so that its carrier and programme can be published."""


def load(*rows, publish=False):
    plan = import_carriers(content=csv_bytes(*rows), publish=publish, by=None)
    assert plan.mistakes == []


def make_carriers(number):
    load(*(row(Name=f"Verein {one}", Notiz="intern", **COMPLETE) for one in range(number)))


def staff(*permissions):
    """Bob works for the centre with some rights only."""
    user = User.objects.create_user("bob@example.org", "geheim", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def texts(response):
    return [str(message) for message in response.context["messages"]]
