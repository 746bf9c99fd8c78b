from typing import Any

import pytest


@pytest.fixture
def colleague() -> Any:
    """The second person who approves an edition."""
    from tests.rounds.rounds import conductor

    return conductor("Zweite Redaktion")


@pytest.fixture
def publish(document: Any, staff: Any, colleague: Any) -> Any:
    """Publish what the text says now."""
    from tests.leitfaden import texts

    return lambda label: texts.publish(document, label, staff, colleague)


@pytest.fixture
def concluded(
    document: Any, round_: Any, hanau: Any, fulda: Any, alice: Any, bob: Any, staff: Any, publish: Any
) -> Any:
    """Edition 2026.1, and after it a concluded round: one proposal adopted, one declined, one postponed.

    The one that was adopted comes from both carriers, because Fulda's was merged into Hanau's.
    """
    from leitfaden.rounds import deciding, reviewing
    from leitfaden.rounds.models import Outcome, Phase, Stance
    from tests.leitfaden.texts import head
    from tests.rounds import rounds

    publish("2026.1")
    taken = rounds.admitted(round_, hanau, alice, ("eins", "eins nicht"), staff=staff, title="Klarer")
    merged = rounds.submitted(round_, fulda, bob, ("eins", "eins nie"), title="Auch klarer")
    reviewing.merge(proposal=merged, into=taken, reason="Dasselbe Anliegen.", by=staff)
    declined = rounds.admitted(round_, fulda, bob, ("zwei", "zwei neu"), staff=staff, title="Kürzer")
    later = rounds.admitted(round_, hanau, alice, ("drei", "drei neu"), staff=staff, title="Später")
    rounds.let_it_be(round_, Phase.VOTE)
    rounds.position(taken, fulda, bob)
    rounds.position(declined, hanau, alice, Stance.MAJOR, "Das ist vertraulich gemeint.")
    running = rounds.let_it_be(round_, Phase.CONSOLIDATE)
    rounds.judge(taken, staff)
    rounds.judge(declined, staff, Outcome.DECLINED)
    rounds.judge(later, staff, Outcome.POSTPONED)
    deciding.consolidate(round_=running, head=head(document), by=staff)
    running.refresh_from_db()
    return running
