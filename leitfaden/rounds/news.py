"""What is new about proposals, gathered into one mail a day for each person."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from leitfaden.rounds import emails
from leitfaden.rounds.models import (
    Participant,
    Position,
    Proposal,
    ProposalState,
    ProposalStep,
    Remark,
    RoundState,
)
from leitfaden.rounds.people import editors_of_rounds, people_of, side_of
from leitfaden.rounds.states import TRANSITIONS, Told
from vielfalt.accounts.models import User
from vielfalt.listings.links import absolute

FOR_STAFF = [move.action for move in TRANSITIONS.values() if move.tells == Told.STAFF]


@transaction.atomic
def tell_news(day: date) -> str:
    """Tell carriers what was said to their proposals, and the staff also what came in, as a step of the day."""
    remarks, steps = _new_remarks(), _new_steps()
    staff = editors_of_rounds()
    said: dict[User, list[Remark]] = defaultdict(list)
    for remark, readers in _readers(remarks, staff):
        for user in readers:
            said[user].append(remark)
    incoming = _incoming(steps)
    sent = 0
    for user in sorted({*said, *(staff if incoming else [])}, key=lambda one: one.pk):
        items = _items(said[user], user)
        came_in = incoming if user in staff else []
        if items or came_in:
            sent += emails.send_news(remarks=items, incoming=came_in, to=user)
    now = timezone.now()
    Remark.objects.filter(pk__in=[one.pk for one in remarks]).update(told_at=now)
    ProposalStep.objects.filter(pk__in=[one.pk for one in steps]).update(told_at=now)
    return ngettext("%d Mail zu Vorschlägen.", "%d Mails zu Vorschlägen.", sent) % sent


@transaction.atomic
def ask_to_confirm(day: date) -> str:
    """Ask carriers once a day to confirm the positions that the staff entered on their behalf."""
    entered = Position.objects.filter(
        is_confirmed=False,
        told_at=None,
        version__proposal__current=F("version"),
        version__proposal__state=ProposalState.ADMITTED,
        version__proposal__round__state=RoundState.RUNNING,
    )
    positions = list(entered.select_for_update(of=("self",)).select_related("participant__content_type"))
    numbers: dict[Participant, int] = defaultdict(int)
    for position in positions:
        numbers[position.participant] += 1
    people = people_of(numbers, leading=True)
    for user, participants in people.items():
        emails.send_entered(entered=[(one.name, numbers[one]) for one in participants], to=user)
    # Where nobody leads a carrier yet, whoever does later is asked then.
    asked = {participant for participants in people.values() for participant in participants}
    told = [one.pk for one in positions if one.participant in asked]
    Position.objects.filter(pk__in=told).update(told_at=timezone.now())
    sent = len(people)
    return ngettext("%d Mail zum Bestätigen.", "%d Mails zum Bestätigen.", sent) % sent


def _new_remarks() -> list[Remark]:
    new = Remark.objects.select_for_update(of=("self",)).filter(told_at=None).order_by("pk")
    related = ("proposal__current", "proposal__participant__content_type", "participant", "author")
    return list(new.select_related(*related))


def _new_steps() -> list[ProposalStep]:
    new = ProposalStep.objects.select_for_update(of=("self",)).filter(told_at=None, action__in=FOR_STAFF)
    related = ("proposal__current", "proposal__participant", "proposal__round")
    return list(new.order_by("pk").select_related(*related))


def _readers(remarks: Sequence[Remark], staff: Sequence[User]) -> list[tuple[Remark, list[User]]]:
    """Return whom to tell of each remark: the staff of internal ones, of all others those whose proposal it is."""
    proposals = {remark.proposal_id for remark in remarks}
    owners: dict[int, set[Participant]] = defaultdict(set)
    for remark in remarks:
        owners[remark.proposal_id].add(remark.proposal.participant)
    for merged in Proposal.objects.filter(merged_into__in=proposals).select_related("participant__content_type"):
        owners[merged.merged_into_id].add(merged.participant)
    works_for = people_of({participant for own in owners.values() for participant in own})
    teams: dict[Participant, list[User]] = defaultdict(list)
    for user, participants in works_for.items():
        for participant in participants:
            teams[participant].append(user)
    return [
        (remark, [user for user in _told_of(remark, owners[remark.proposal_id], teams, staff) if user != remark.author])
        for remark in remarks
    ]


def _told_of(
    remark: Remark, owners: set[Participant], teams: dict[Participant, list[User]], staff: Sequence[User]
) -> Sequence[User]:
    if remark.is_internal:
        return staff
    return list(dict.fromkeys(user for owner in owners for user in teams[owner]))


def _items(remarks: Sequence[Remark], user: User) -> list[dict[str, Any]]:
    """Return what a mail shows of remarks, of those that ``user`` may read at this moment."""
    if not remarks:
        return []
    wanted = [one.pk for one in remarks]
    readable = set(Remark.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True))
    return [
        {
            "who": side_of(remark),
            "proposal": emails.named(remark.proposal),
            "text": remark.text,
            "is_internal": remark.is_internal,
            "link": absolute(f"{remark.proposal.get_absolute_url()}#beitrag-{remark.pk}"),
        }
        for remark in remarks
        if remark.pk in readable
    ]


def _incoming(steps: Sequence[ProposalStep]) -> list[dict[str, Any]]:
    """Return what came in and still waits for the staff, each proposal once with the latest that happened."""
    latest = {
        step.proposal_id: step
        for step in steps
        if step.proposal.state == ProposalState.SUBMITTED and step.proposal.round.state == RoundState.RUNNING
    }
    return [
        {
            "proposal": emails.named(step.proposal),
            "carrier": step.proposal.participant.name,
            "what": TRANSITIONS[step.action].label,
            "link": absolute(reverse("rounds:review_queue", args=[step.proposal.round.number])),
        }
        for step in latest.values()
    ]
