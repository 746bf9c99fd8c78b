"""Makes change requests for tests."""

from django.db.models import Model

from vielfalt.accounts.models import User
from vielfalt.listings.actions import Sender, submit_change
from vielfalt.listings.models import ChangeRequest
from vielfalt.listings.proposals import values_of


def propose(entry: Model, by: User, **proposed: object) -> ChangeRequest:
    """Propose other values for what the entry says now."""
    return submit_change(entry=entry, proposed=proposed, base=values_of(entry, proposed), by=Sender(by))
