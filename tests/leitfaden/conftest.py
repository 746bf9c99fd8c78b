"""People and a text for the tests of the Leitfaden."""

from typing import Any

import pytest


@pytest.fixture
def alice() -> Any:
    """Edits the text and publishes editions."""
    from tests.leitfaden.texts import editor

    return editor("Alice")


@pytest.fixture
def bob() -> Any:
    """Edits the text, too."""
    from tests.leitfaden.texts import editor

    return editor("Bob")


@pytest.fixture
def charlie() -> Any:
    """Has an account and belongs to nothing."""
    from tests.factories import UserFactory

    return UserFactory(email="charlie@example.org", name="Charlie")


@pytest.fixture
def document(alice: Any) -> Any:
    from tests.leitfaden.texts import small_document

    return small_document(alice)
