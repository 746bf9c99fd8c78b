from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _logged_in(client: Any, staff: Any) -> None:
    """Whoever decides the round has the pages open."""
    client.force_login(staff)


@pytest.fixture
def colleague() -> Any:
    """Somebody else of the staff."""
    from tests.rounds.rounds import conductor

    return conductor("Zweite Redaktion")


@pytest.fixture
def first(round_: Any, hanau: Any, alice: Any, staff: Any) -> Any:
    """A proposal for the first passage."""
    from tests.rounds.rounds import admitted

    return admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff, title="Klarer")


@pytest.fixture
def second(round_: Any, fulda: Any, bob: Any, staff: Any, first: Any) -> Any:
    """A proposal for the first passage, too, and for the second one."""
    from tests.rounds.rounds import admitted

    return admitted(round_, fulda, bob, ("eins", "ja eins"), ("zwei", "zwei neu"), staff=staff, title="Kürzer")


@pytest.fixture
def round_to_decide(round_: Any, first: Any, second: Any) -> Any:
    """The round once the vote is over."""
    from leitfaden.rounds.models import Phase
    from tests.rounds.rounds import let_it_be

    return let_it_be(round_, Phase.CONSOLIDATE)
