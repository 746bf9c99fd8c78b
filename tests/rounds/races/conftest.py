"""Every test commits, and so makes everything anew."""

from typing import Any

import pytest


@pytest.fixture
def scene(transactional_db: None) -> Any:
    from tests.rounds.rounds import Cast

    return Cast.make()


@pytest.fixture
def proposal(round_: Any, hanau: Any, alice: Any, staff: Any) -> Any:
    """A proposal of Hanau about which carriers take positions."""
    from tests.rounds.rounds import admitted

    return admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
