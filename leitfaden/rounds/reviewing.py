"""What the staff do with proposals before carriers take their positions.

``seen`` is the wording that the staff read: where the carrier has submitted another meanwhile, ``NewWordingError``
keeps anybody from admitting or refusing what they have not read.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitfaden.rounds.models import Advice, Proposal, ProposalState, ProposalVersion, Recommendation
from leitfaden.rounds.moves import (
    NotNowError,
    clean_reason,
    locked,
    locked_round,
    move,
    part_merged,
    require,
    require_seen,
)
from leitfaden.rounds.permissions import require_conductor
from leitfaden.rounds.states import IMPROVING
from vielfalt.accounts.models import User


@transaction.atomic
def ask(*, proposal: Proposal, reason: str, seen: ProposalVersion | None = None, by: User) -> Proposal:
    """Give a proposal back to its carrier with a question."""
    return _moved(proposal, "ask", by, reason, seen)


@transaction.atomic
def admit(*, proposal: Proposal, reason: str = "", seen: ProposalVersion | None = None, by: User) -> Proposal:
    """Admit a proposal: everybody reads it from now on, and carriers take their positions."""
    return _moved(proposal, "admit", by, reason, seen, admitted_at=timezone.now())


@transaction.atomic
def refuse(*, proposal: Proposal, reason: str, seen: ProposalVersion | None = None, by: User) -> Proposal:
    """Refuse to admit a proposal, with the reason for its carrier; what was merged into it goes on alone."""
    own = _moved(proposal, "refuse", by, reason, seen)
    part_merged(own, _("{proposal} wurde nicht zugelassen.").format(proposal=own))
    return own


@transaction.atomic
def merge(
    *, proposal: Proposal, into: Proposal, reason: str, seen: ProposalVersion | None = None, by: User
) -> Proposal:
    """Let a proposal go on as part of a similar one; both carriers are named as its authors."""
    locked_round(proposal.round)
    # Always in the same order, so that two who merge crosswise wait instead of blocking each other.
    rows = {row.pk: row for row in (locked(one) for one in sorted((proposal, into), key=lambda one: one.pk))}
    own, target = rows[proposal.pk], rows[into.pk]
    require(own, "merge", by=by)
    require_seen(own, seen)
    if own == target or target.round_id != own.round_id:
        raise ValidationError(_("Bitte wählen Sie einen anderen Vorschlag derselben Runde."), code="merge")
    if target.state not in (ProposalState.SUBMITTED, ProposalState.ADMITTED):
        raise ValidationError(_("Mit diesem Vorschlag geht das nicht mehr."), code="merge")
    # Those that were merged into this one before go along.
    own.merged.update(merged_into=target)
    move(own, "merge", by=by, reason=reason, merged_into=target)
    return own


@transaction.atomic
def recommend(*, version: ProposalVersion, advice: Advice, reason: str, by: User) -> Recommendation:
    """Recommend to carriers how to stand to a wording, until they vote."""
    require_conductor(by)
    proposal = locked(version.proposal)
    if proposal.state not in (ProposalState.SUBMITTED, ProposalState.ADMITTED) or proposal.current != version:
        raise NotNowError(_("Zu dieser Fassung lässt sich nichts mehr empfehlen."))
    if proposal.round.phase not in IMPROVING:
        raise NotNowError(_("Eine Empfehlung steht fest, sobald die Abstimmung beginnt."))
    recommendation, _is_new = Recommendation.objects.update_or_create(
        version=version, defaults={"advice": advice, "reason": clean_reason(reason), "by": by}
    )
    return recommendation


def _moved(
    proposal: Proposal, action: str, by: User, reason: str, seen: ProposalVersion | None, **values: object
) -> Proposal:
    locked_round(proposal.round)
    own = locked(proposal)
    require(own, action, by=by)
    require_seen(own, seen)
    move(own, action, by=by, reason=reason, **values)
    return own
