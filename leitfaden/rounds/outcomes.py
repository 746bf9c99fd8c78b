"""What became of the proposals of a round, in words and in numbers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leitfaden.rounds.models import Decision, Outcome, Proposal, ProposalState, Round

ENDED = (ProposalState.DECIDED, ProposalState.CARRIED, ProposalState.MERGED, ProposalState.REFUSED)


@dataclass(frozen=True)
class Became:
    """What became of a proposal; of a merged one what became of the other."""

    proposal: Proposal
    words: str
    reasons: tuple[str, ...]
    """The public reasons of the decisions, each once."""
    is_carried: bool
    """Whether it comes along into the next round."""


def outcomes_in(round_: Round) -> list[Became]:
    """Return what became of everything that was submitted in a round that is over, by number; in two queries."""
    decisions: dict[int, list[Decision]] = defaultdict(list)
    found = Decision.objects.filter(change__version__proposal__round=round_)
    for decision in found.select_related("change__version").order_by("change__position"):
        decisions[decision.change.version.proposal_id].append(decision)
    proposals = Proposal.objects.filter(round=round_, state__in=ENDED).order_by("number")
    rows = proposals.select_related("participant", "current", "merged_into")
    return [_became(one, decisions.get((one.merged_into or one).pk, []), round_) for one in rows]


def _became(proposal: Proposal, decisions: Sequence[Decision], round_: Round) -> Became:
    decisive = proposal.merged_into or proposal
    # What a merged proposal went into may have been carried over; then both go on in another round.
    is_carried = decisive.state == ProposalState.CARRIED or decisive.round_id != round_.pk
    words = _in_words(decisions)
    if proposal.state == ProposalState.REFUSED:
        words = str(ProposalState.REFUSED.label)
    elif not words:
        words = _("Kommt in die nächste Runde mit")
    if proposal.merged_into:
        words = _("Mit einem anderen zusammengeführt: {words}").format(words=words)
    return Became(proposal, words, tuple(dict.fromkeys(one.reason for one in decisions)), is_carried)


def _in_words(decisions: Sequence[Decision]) -> str:
    """Return one outcome, or each with its number: "Angenommen (2), Nicht angenommen (1)"."""
    numbers = Counter(Outcome(one.outcome) for one in decisions)
    if len(numbers) == 1:
        return str(next(iter(numbers)).label)
    return ", ".join(f"{outcome.label} ({numbers[outcome]})" for outcome in Outcome if numbers[outcome])


def in_numbers(outcomes: Iterable[str | None]) -> list[tuple[str, int]]:
    """Return how many there are of each outcome, with its name; ``None`` stands for what is not decided yet."""
    number = Counter(outcomes)
    found = [(str(outcome.label), number[outcome]) for outcome in Outcome if number[outcome]]
    return [*found, (_("Noch offen"), number[None])] if number[None] else found
