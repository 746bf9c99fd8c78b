"""A round with two carriers that people in the tests know: Alice manages one, Bob the other."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest


@pytest.fixture(scope="module")
def cast(reference_data: None, django_db_blocker: Any) -> Iterator[Any]:
    """Everybody and the text, made once for the tests of a module."""
    from tests.databases import rolled_back
    from tests.rounds.rounds import Cast

    with rolled_back(django_db_blocker):
        yield Cast.make()


@pytest.fixture
def scene(cast: Any, db: None) -> Any:
    """The cast as this test finds it; whatever the test does to it is gone with the test."""
    return deepcopy(cast)


@pytest.fixture
def staff(scene: Any) -> Any:
    """Conducts rounds, edits the text and publishes."""
    return scene.staff


@pytest.fixture
def document(scene: Any) -> Any:
    return scene.document


@pytest.fixture
def hanau(scene: Any) -> Any:
    return scene.hanau


@pytest.fixture
def fulda(scene: Any) -> Any:
    return scene.fulda


@pytest.fixture
def alice(scene: Any) -> Any:
    """Manages the carrier in Hanau."""
    return scene.alice


@pytest.fixture
def bob(scene: Any) -> Any:
    """Manages the carrier in Fulda."""
    return scene.bob


@pytest.fixture
def round_(scene: Any) -> Any:
    """A running round in which both carriers take part, in its first phase."""
    return scene.begin_round()


@pytest.fixture
def client_of() -> Any:
    """Another browser, in which somebody else is logged in."""
    from django.test import Client

    def client_of(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of
