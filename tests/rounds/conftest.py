"""A round with two carriers that people in the tests know: Alice manages one, Bob the other."""

from typing import Any

import pytest


@pytest.fixture
def staff() -> Any:
    """Conducts rounds, edits the text and publishes."""
    from tests.rounds import rounds

    return rounds.conductor()


@pytest.fixture
def document(staff: Any) -> Any:
    from tests.leitfaden.texts import small_document

    return small_document(staff)


@pytest.fixture
def hanau(reference_data: None) -> Any:
    from tests.rounds import rounds

    return rounds.carrier("Lotsen Hanau")


@pytest.fixture
def fulda(reference_data: None) -> Any:
    from tests.rounds import rounds

    return rounds.carrier("Lotsen Fulda")


@pytest.fixture
def alice(hanau: Any) -> Any:
    """Manages the carrier in Hanau."""
    from tests.rounds import rounds

    return rounds.member(hanau, "Alice")


@pytest.fixture
def bob(fulda: Any) -> Any:
    """Manages the carrier in Fulda."""
    from tests.rounds import rounds

    return rounds.member(fulda, "Bob")


@pytest.fixture
def round_(document: Any, staff: Any, hanau: Any, fulda: Any) -> Any:
    """A running round in which both carriers take part, in its first phase."""
    from tests.rounds import rounds

    return rounds.running_round(document, [hanau, fulda], staff)


@pytest.fixture
def client_of() -> Any:
    """Another browser, in which somebody else is logged in."""
    from django.test import Client

    def client_of(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of
