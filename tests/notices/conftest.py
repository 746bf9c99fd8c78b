"""Alice manages a carrier, Bob edits it, Charlie belongs to another one; each with a browser of their own."""

from typing import Any

import pytest


@pytest.fixture
def carrier() -> Any:
    from tests.factories import CarrierFactory

    return CarrierFactory(name="Eigener Träger", slug="eigener")


def _member(organisation: Any, role: str, email: str) -> Any:
    from django.test import Client

    from tests.factories import CarrierMembershipFactory, UserFactory

    client = Client()
    client.user = UserFactory(email=email)
    CarrierMembershipFactory(organisation=organisation, user=client.user, role=role)
    client.force_login(client.user)
    return client


@pytest.fixture
def alice(carrier: Any) -> Any:
    return _member(carrier, "leitung", "alice@example.org")


@pytest.fixture
def bob(carrier: Any) -> Any:
    return _member(carrier, "mitarbeit", "bob@example.org")


@pytest.fixture
def charlie() -> Any:
    from tests.factories import CarrierFactory

    return _member(CarrierFactory(name="Fremder Träger"), "leitung", "charlie@example.org")
