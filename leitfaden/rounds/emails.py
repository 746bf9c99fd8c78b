"""The mails of a round, one function each. Each says what happened and leads to the page on which one acts.

What is about one proposal goes out at once; what is many a day, or comes by the clock, ``leitfaden.rounds.daily``
gathers. Nobody is named in a mail but carriers, and nothing in one that its reader could not read on the page it
leads to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitfaden.models import Edition
from leitfaden.rounds.models import (
    Participant,
    Phase,
    Position,
    Proposal,
    ProposalState,
    ProposalStep,
    Round,
    RoundStep,
)
from leitfaden.rounds.outcomes import Became, outcomes_in
from leitfaden.rounds.people import people_of
from leitfaden.rounds.states import BY_CONSOLIDATING, TRANSITIONS, Told
from vielfalt.accounts.models import User
from vielfalt.listings.links import absolute
from vielfalt.mail.actions import send
from vielfalt.mail.kinds import Kind


@dataclass(frozen=True)
class Letter:
    """What a mail about a move says: ``{proposal}`` is "Vorschlag 3 „Klarer schreiben“", ``{carrier}`` whose it is."""

    subject: Any
    sentence: Any
    after: Any
    button: Any
    page: str = ""
    """The carrier's page on which one acts; without it the proposal's own."""
    with_reason: bool = True
    """Whether those who are told may read the words that went with the move."""


MOVES = {
    "enter": Letter(
        gettext_lazy("Bitte bestätigen: {proposal}"),
        gettext_lazy("die Redaktion des Leitfadens hat für {carrier} etwas eingetragen: {proposal}."),
        gettext_lazy("Er zählt, sobald Sie sagen, dass er so stimmt."),
        gettext_lazy("Ansehen und bestätigen"),
        "bestaetigen",
    ),
    "ask": Letter(
        gettext_lazy("Bitte antworten: Rückfrage zu {proposal}"),
        gettext_lazy("die Redaktion des Leitfadens hat eine Frage zu {proposal} von {carrier}:"),
        gettext_lazy("Es antwortet die Leitung. Eine neue Fassung kann das ganze Team schreiben."),
        gettext_lazy("Jetzt antworten"),
        "antworten",
    ),
    "admit": Letter(
        gettext_lazy("Zugelassen: {proposal}"),
        gettext_lazy("{proposal} von {carrier} ist zugelassen."),
        gettext_lazy("Alle können ihn jetzt lesen. Die anderen Träger sagen, was sie davon halten."),
        gettext_lazy("Vorschlag ansehen"),
    ),
    "refuse": Letter(
        gettext_lazy("Nicht zugelassen: {proposal}"),
        gettext_lazy("{proposal} von {carrier} ist nicht zugelassen. Die Redaktion schreibt dazu:"),
        gettext_lazy("Ihr Text bleibt Ihnen erhalten."),
        gettext_lazy("Vorschlag ansehen"),
    ),
    "merge": Letter(
        gettext_lazy("Zusammengeführt: {proposal}"),
        gettext_lazy(
            "{proposal} von {carrier} geht gemeinsam mit einem ähnlichen weiter. Die Redaktion schreibt dazu:"
        ),
        gettext_lazy("Beide Träger werden genannt."),
        gettext_lazy("Ansehen, wie es weitergeht"),
    ),
    "part": Letter(
        gettext_lazy("Wieder eigenständig: {proposal}"),
        gettext_lazy("{proposal} von {carrier} steht wieder für sich:"),
        gettext_lazy("Die Redaktion prüft ihn jetzt. Sie müssen nichts tun."),
        gettext_lazy("Vorschlag ansehen"),
    ),
    "reword": Letter(
        gettext_lazy("Bitte neu Position beziehen: {proposal}"),
        gettext_lazy("{proposal} von {carrier} hat eine neue Fassung."),
        gettext_lazy("Ihre Position galt der früheren und zählt nicht mehr. Was halten Sie von der neuen?"),
        gettext_lazy("Lesen und Position beziehen"),
        # The words that go with a new wording are between the carrier and the staff.
        with_reason=False,
    ),
}
"""What carriers are told of at once."""


def tell_of_move(step: ProposalStep) -> None:
    """Tell of a proposal's move those whom ``states.TRANSITIONS`` names, but nobody of what they did themselves.

    The staff read of it in their mail of the day, and what consolidating moves is told of as a whole.
    """
    if step.action not in MOVES:
        return
    letter, proposal = MOVES[step.action], step.proposal
    page = reverse("rounds:own_move", args=[proposal.pk, letter.page]) if letter.page else proposal.get_absolute_url()
    words = {"proposal": named(proposal), "carrier": proposal.participant.name}
    context = {
        "subject_line": str(letter.subject).format(**words),
        "sentence": str(letter.sentence).format(**words),
        "reason": step.reason if letter.with_reason else "",
        "after": letter.after,
        "button": letter.button,
        "link": absolute(page),
    }
    _send_all("move", [user for user in concerned(step) if user.pk != step.by_id], context)


def concerned(step: ProposalStep) -> list[User]:
    """Return the people of the carriers that a move concerns."""
    if step.action in BY_CONSOLIDATING:
        return []
    proposal = step.proposal
    match TRANSITIONS[step.action].tells:
        case Told.TEAM:
            return [*people_of([proposal.participant])]
        case Told.LEADS:
            return [*people_of([proposal.participant], leading=True)]
        case Told.VOTERS:
            asked = Position.objects.filter(version__proposal=proposal).exclude(version=proposal.current_id)
            voters = Participant.objects.filter(pk__in=asked.order_by().values("participant"))
            return [*people_of(voters.select_related("content_type"), leading=True)]
    return []


def named(proposal: Proposal) -> str:
    """Return what a proposal is called in mails."""
    return _("Vorschlag {number} „{title}“").format(number=proposal.number, title=proposal.title)


def tell_of_start(round_: Round) -> None:
    """Tell everybody who works for a carrier that takes part that a round has started."""
    along = list(Proposal.objects.filter(round=round_, origin__isnull=False).select_related("participant"))
    for user, participants in _everybody(round_).items():
        own = [one for one in along if one.participant in participants]
        drafts = [one for one in own if one.state == ProposalState.DRAFT]
        context = {
            "round": round_,
            "carriers": _names(participants),
            "along": len(own) - len(drafts),
            "drafts": len(drafts),
            "link": absolute(round_.get_absolute_url()),
        }
        _send("started", user, context)


def tell_of_change(step: RoundStep) -> None:
    """Tell everybody who works for a carrier that takes part that a round got other times, or ended early."""
    round_ = step.round
    context = {"round": round_, "step": step, "link": absolute(round_.get_absolute_url())}
    _send_all("changed", [*_everybody(round_)], context)


def tell_of_decisions(round_: Round) -> None:
    """Tell carriers what became of their proposals, and how those go on that were carried over: one mail each."""
    outcomes = outcomes_in(round_)
    for user, participants in _everybody(round_).items():
        own = _own(outcomes, participants)
        if any(one.proposal.state != ProposalState.REFUSED for one in own):
            carried = any(one.is_carried for one in own)
            context = {"round": round_, "outcomes": own, "carried": carried, "link": absolute(reverse("rounds:mine"))}
            _send("decided", user, context)


def send_result(
    *, round_: Round, edition: Edition, links: Mapping[str, str], outcomes: Iterable[Became], to: User
) -> None:
    """Tell somebody who took part that the edition is there which came of a round, or that nothing changes."""
    assert edition.published_at is not None  # noqa: S101 - what everybody reads was published
    assert round_.concluded_at is not None  # noqa: S101 - the table's constraint
    context = {
        "round": round_,
        "edition": edition.label,
        "is_new": edition.published_at >= round_.concluded_at,
        "outcomes": list(outcomes),
        **links,
    }
    _send("result", to, context)


def send_positions_wanted(*, round_: Round, wanted: Sequence[tuple[str, int]], to: User) -> bool:
    """Ask for the positions of somebody's carriers; ``wanted`` are their names, and how many are missing."""
    context = {
        "round": round_,
        "phase": round_.phase.label,
        "until": round_.vote_until,
        "wanted": wanted,
        "number": sum(number for _name, number in wanted),
        "link": absolute(f"{reverse('rounds:mine')}#positionen"),
    }
    return _send("positions", to, context, Kind.REMINDER)


def send_deadline(*, round_: Round, phase: Phase, until: datetime, waiting: Sequence[str], to: User) -> bool:
    """Remind somebody of what is not done yet and can be done until then only."""
    context = {
        "round": round_,
        "phase": phase.label,
        "until": until,
        "waiting": waiting,
        "link": absolute(reverse("rounds:mine")),
    }
    return _send("deadline", to, context, Kind.REMINDER)


def send_news(*, remarks: Sequence[Mapping[str, Any]], incoming: Sequence[Mapping[str, Any]], to: User) -> bool:
    """Tell somebody in one mail what was said on a day, and of the staff what came in for them."""
    return _send("news", to, {"remarks": remarks, "incoming": incoming}, Kind.REMINDER)


def send_entered(*, entered: Sequence[tuple[str, int]], to: User) -> None:
    """Ask somebody to confirm positions that the staff entered for carriers; each with its name and their number."""
    context = {
        "entered": entered,
        "number": sum(number for _name, number in entered),
        "link": absolute(f"{reverse('rounds:mine')}#bestaetigen"),
    }
    _send("entered", to, context)


def _everybody(round_: Round) -> dict[User, list[Participant]]:
    return people_of(round_.participants.select_related("content_type"))


def _own(outcomes: Iterable[Became], participants: Sequence[Participant]) -> list[Became]:
    return [one for one in outcomes if one.proposal.participant in participants]


def _names(participants: Iterable[Participant]) -> str:
    return ", ".join(one.name for one in participants)


def _send_all(name: str, people: Iterable[User], context: Mapping[str, Any]) -> None:
    """Send one mail to each, so that nobody reads who else got it."""
    for user in people:
        _send(name, user, context)


def _send(name: str, to: User, context: Mapping[str, Any], kind: Kind = Kind.ACCOUNT) -> bool:
    return send(template=f"rounds/{name}", to=to.email, context=context, kind=kind)
