"""Who looks at migrant organisations."""

from types import SimpleNamespace

import pytest


@pytest.fixture
def readers():
    """A visitor, a stranger with an account, Bob of a carrier, and Alice of the staff."""
    from django.contrib.auth.models import AnonymousUser

    from tests.factories import CarrierMembershipFactory, UserFactory

    return SimpleNamespace(
        visitor=AnonymousUser(),
        stranger=UserFactory(),
        bob=CarrierMembershipFactory().user,
        alice=UserFactory(is_staff=True),
    )
