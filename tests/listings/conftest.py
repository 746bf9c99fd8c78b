"""People and requests for the tests of review and history."""

from typing import Any

import pytest


@pytest.fixture
def alice() -> Any:
    """Wrote the request."""
    from tests.factories import UserFactory

    return UserFactory(email="alice@example.org", name="Alice")


@pytest.fixture
def bob() -> Any:
    """Decides about requests."""
    from tests.factories import UserFactory

    return UserFactory(email="bob@example.org", name="Bob", is_staff=True, is_superuser=True)


@pytest.fixture
def charlie() -> Any:
    """Has an account and nothing to do with it."""
    from tests.factories import UserFactory

    return UserFactory(email="charlie@example.org", name="Charlie")


@pytest.fixture
def carrier() -> Any:
    from tests.factories import CarrierFactory

    return CarrierFactory(name="Alter Name")


@pytest.fixture
def renaming(carrier: Any, alice: Any) -> Any:
    """Alice's wish to call the carrier "Neuer Name"."""
    from tests.listings.proposing import propose

    return propose(carrier, alice, name="Neuer Name")
