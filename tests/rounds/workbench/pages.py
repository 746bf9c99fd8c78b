"""What tests of the workbench do again and again."""

from html import unescape
from typing import Any

from django.urls import reverse

from leitfaden.rounds.bench import Place, load_bench
from leitfaden.rounds.models import Outcome, Proposal, ProposedChange, Round
from leitfaden.rounds.workbench.passages import key_of
from leitfaden.rounds.workbench.sheets import stands


def url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(f"rounds:{name}", args=args, kwargs=kwargs)


def words(answer: Any) -> str:
    """What a page says, without its line breaks."""
    return " ".join(unescape(answer.content.decode()).split())


def changes_of(proposal: Proposal) -> list[ProposedChange]:
    version = Proposal.objects.get(pk=proposal.pk).current
    assert version is not None
    return list(version.changes.all())


def place_of(round_: Round, change: ProposedChange) -> Place:
    """The passage as the workbench has it now."""
    return load_bench(Round.objects.get(pk=round_.pk)).by_target[change.target]


def address(round_: Round, change: ProposedChange) -> str:
    return url("decide", round_.number, key_of(place_of(round_, change)))


def stand(round_: Round, change: ProposedChange) -> str:
    """What the page shows of verdicts, to be sent along."""
    judged = load_bench(Round.objects.get(pk=round_.pk)).judged
    return stands([one for one in judged if one.proposal.pk == change.version.proposal_id])


def judge(client: Any, round_: Round, change: ProposedChange, outcome: str = Outcome.ADOPTED, **more: Any) -> Any:
    """Send the form about a change as the page of this moment has it."""
    data = {
        "aktion": "entscheiden",
        "aenderung": change.pk,
        "outcome": outcome,
        "reason": "Das überzeugt.",
        "stand": stand(round_, change),
    }
    return client.post(address(round_, change), {**data, **more})


def confirm(client: Any, round_: Round, change: ProposedChange, html: str, **more: Any) -> Any:
    """Confirm a text, as the page of this moment has it."""
    place = place_of(round_, change)
    mark = place.result.mark if place.result else ""
    data = {"aktion": "bestaetigen", "grundlage": place.basis, "stand": mark, "html": html}
    return client.post(address(round_, change), {**data, **more})
