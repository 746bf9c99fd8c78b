"""A round with everything that research reads, and everything that it must never read."""

from typing import Any

import pytest

SECRETS = {
    "draft": "Geheimentwurf",
    "submitted": "Geheimeingereicht",
    "internal": "Geheimnotiz",
    "unconfirmed": "Geheimunbestätigt",
    "refused": "Geheimabgelehnt",
    "question": "Geheimfrage",
}
"""Words that stand where only some may read."""


@pytest.fixture
def evaluator() -> Any:
    """Somebody of the scientific partner."""
    from tests.rounds.rounds import researcher

    return researcher()


@pytest.fixture
def studied(round_: Any, hanau: Any, fulda: Any, alice: Any, bob: Any, staff: Any, clock: None) -> Any:
    """A round in discussion: an admitted proposal of Hanau with positions and remarks, and what is hidden."""
    from leitfaden.rounds import reviewing, voting
    from leitfaden.rounds.models import Advice, Phase, Proposal, Round, Stance
    from tests.rounds.rounds import admitted, as_participant, carrier, draft, let_it_be, position, submitted
    from vielfalt.accounts.models import User

    User.objects.filter(pk=bob.pk).update(name="Berta Beispiel", email="berta@example.org")
    shown = admitted(round_, hanau, alice, ("eins", "eins muss 3"), staff=staff, title="Lotsen Hanau wünscht mehr")
    reviewing.recommend(version=shown.current, advice=Advice.CHANGE, reason="Fast gut.", by=staff)
    draft(round_, hanau, alice, ("zwei", SECRETS["draft"]), title=SECRETS["draft"])
    asked = submitted(round_, hanau, alice, ("zwei", SECRETS["submitted"]), title=SECRETS["submitted"])
    reviewing.ask(proposal=asked, reason=SECRETS["question"], by=staff)
    refused = submitted(round_, hanau, alice, ("drei", SECRETS["refused"]), title=SECRETS["refused"])
    reviewing.refuse(proposal=refused, reason=SECRETS["refused"], by=staff)
    let_it_be(round_, Phase.DISCUSS)
    shown = Proposal.objects.get(pk=shown.pk)
    position(shown, fulda, bob, Stance.MINOR, "Wir, Lotsen Fulda, sind nicht überzeugt.")
    position(shown, fulda, bob, Stance.MAJOR, "Fragen Sie Berta Beispiel, berta@example.org, 0661 123456.")
    position(shown, hanau, staff, Stance.VETO, SECRETS["unconfirmed"], on_behalf=True)
    own = as_participant(round_, fulda)
    voting.remark(proposal=shown, text="Frau Dr. Muster aus unserem Team sieht das anders.", participant=own, by=bob)
    voting.remark(proposal=shown, text=SECRETS["internal"], is_internal=True, by=staff)
    assert carrier("Lotsen Kassel")
    return Round.objects.get(pk=round_.pk)


@pytest.fixture
def proposal(studied: Any) -> Any:
    """The one that research may read."""
    from leitfaden.rounds.models import Proposal

    return Proposal.objects.get(round=studied, state="zugelassen")
