"""Taking positions: one for each carrier and wording, and resistance where proposals fight over a passage."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitfaden.models import Block
from leitfaden.rounds.models import (
    CONCERNS,
    Participant,
    Phase,
    Position,
    Proposal,
    ProposalState,
    ProposalStep,
    ProposalVersion,
    Remark,
    Resistance,
    Round,
    RoundState,
    Stance,
)
from leitfaden.rounds.models.positions import MOST_RESISTANCE
from leitfaden.rounds.moves import NewWordingError, NotNowError, clean_reason, locked, locked_round, require_seen
from leitfaden.rounds.permissions import conducts, require_conductor, require_speaker, works_for
from leitfaden.rounds.querysets import FAST_DAYS
from vielfalt.accounts.models import User
from vielfalt.listings.permissions import in_network
from vielfalt.listings.recording import ON_BEHALF, changes_by

VOTING = (Phase.DISCUSS, Phase.VOTE)


def fast_lane_ends(proposal: Proposal) -> datetime | None:
    """Return until when concerns take an editorial proposal out of the fast lane; ``None``: it is not in it."""
    if not proposal.is_editorial or proposal.state != ProposalState.ADMITTED:
        return None
    current, admitted = proposal.current, proposal.admitted_at
    if current is None or current.submitted_at is None or admitted is None:
        return None
    return max(admitted, current.submitted_at) + timedelta(days=FAST_DAYS)


def has_passed(proposal: Proposal) -> bool:
    """Whether an editorial proposal went ten days without concerns. With the first concern it is editorial no more."""
    ends = fast_lane_ends(proposal)
    return ends is not None and ends <= timezone.now()


def takes_positions(proposal: Proposal) -> bool:
    """Whether carriers may take positions on a proposal at this moment."""
    if proposal.state != ProposalState.ADMITTED or has_passed(proposal):
        return False
    in_fast_lane = fast_lane_ends(proposal) is not None and proposal.round.phase == Phase.COLLECT
    return in_fast_lane or proposal.round.phase in VOTING


@transaction.atomic
def take_position(
    *,
    version: ProposalVersion,
    participant: Participant,
    stance: Stance,
    reason: str = "",
    on_behalf: bool = False,
    by: User,
) -> Position:
    """Take a carrier's position on the wording that ``by`` read, or change it.

    ``on_behalf``: the staff enter what came on paper; it counts once the carrier confirms it. Raises
    ``NewWordingError`` where the wording has changed, and ``ValidationError`` for a concern without a reason.
    """
    proposal = locked(version.proposal)
    require_conductor(by) if on_behalf else require_speaker(by, participant)
    known = Position.objects.filter(participant=participant, version=version).first()
    if known is not None and (known.stance, known.reason, known.is_confirmed) == (stance, reason, not on_behalf):
        # Pressed twice, perhaps with the deadline in between.
        return known
    _require_votable(proposal, participant)
    require_seen(proposal, version)
    reason = clean_reason(reason, needed=stance in CONCERNS)
    if on_behalf and known is not None and known.is_confirmed:
        raise NotNowError(_("Dieser Träger hat seine Position schon selbst abgegeben."))
    values = {"stance": stance, "reason": reason, "by": by, "is_confirmed": not on_behalf, "told_at": None}
    with changes_by(by, via=ON_BEHALF if on_behalf else ""):
        position, _is_new = Position.objects.update_or_create(participant=participant, version=version, defaults=values)
    if stance in CONCERNS and not on_behalf:
        _leave_fast_lane(proposal, by)
    return position


@transaction.atomic
def confirm_position(*, position: Position, by: User) -> Position:
    """Confirm, as the carrier, what the staff entered from paper; until the round is decided."""
    own = _entered(position, by)
    own.is_confirmed, own.by = True, by
    own.save(update_fields=["is_confirmed", "by", "updated_at"])
    if own.stance in CONCERNS:
        _leave_fast_lane(own.version.proposal, by)
    return own


@transaction.atomic
def reject_position(*, position: Position, by: User) -> None:
    """Say, as the carrier, that what the staff entered is not its position."""
    _entered(position, by).delete()


def _entered(position: Position, by: User) -> Position:
    locked(position.version.proposal)
    own: Position = (
        Position.objects.select_for_update(of=("self",))
        .select_related("participant", "version__proposal__round")
        .get(pk=position.pk)
    )
    require_speaker(by, own.participant)
    if own.is_confirmed:
        raise NotNowError(_("Diese Position ist schon bestätigt."))
    if own.version.proposal.state != ProposalState.ADMITTED or own.version.proposal.round.state != RoundState.RUNNING:
        raise NotNowError(_("Über diesen Vorschlag ist schon entschieden."))
    if own.version.proposal.current_id != own.version_id:
        raise NewWordingError(_("Der Vorschlag hat inzwischen eine neue Fassung. Bitte lesen Sie sie zuerst."))
    return own


def _require_votable(proposal: Proposal, participant: Participant) -> None:
    if participant.round_id != proposal.round_id:
        raise NotNowError(_("Dieser Träger ist an der Runde nicht beteiligt."))
    if takes_positions(proposal):
        return
    if has_passed(proposal):
        raise NotNowError(_("Dieser Vorschlag ist nach zehn Tagen ohne Einwände schon angenommen."))
    if proposal.state != ProposalState.ADMITTED:
        raise NotNowError(_("Zu diesem Vorschlag sind keine Positionen mehr gefragt."))
    if proposal.round.phase == Phase.COLLECT:
        raise NotNowError(_("Positionen sind gefragt, sobald die Diskussion beginnt."))
    raise NotNowError(_("Die Frist für Positionen ist vorbei."))


def _leave_fast_lane(proposal: Proposal, by: User) -> None:
    if not proposal.is_editorial:
        return
    proposal.is_editorial = False
    proposal.save(update_fields=["is_editorial", "updated_at"])
    ProposalStep.objects.create(proposal=proposal, action="concern", by=by)


def disputed(proposals: list[Proposal]) -> dict[UUID, list[Proposal]]:
    """Return the passages that two or more of these proposals change, with them; changes must be loaded."""
    by_block: dict[UUID, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        if proposal.current is None:
            continue
        for change in proposal.current.changes.all():
            if change.block_id is not None:
                by_block[change.block_id].append(proposal)
    return {block: rivals for block, rivals in by_block.items() if len(rivals) > 1}


def disputed_in(round_: Round) -> dict[UUID, list[Proposal]]:
    """Return the disputed passages of a round among what was admitted, in three queries."""
    admitted = Proposal.objects.filter(round=round_).admitted().for_cards().order_by("number")
    return disputed(list(admitted))


@transaction.atomic
def resist(
    *, round_: Round, block: Block, participant: Participant, values: Mapping[int | None, int], by: User
) -> list[Resistance]:
    """Say how much a carrier resists each option for a disputed passage, from 0 to 10.

    ``values`` are by the wording's key; ``None`` stands for "stays as it is". Every option has to be there.
    """
    require_speaker(by, participant)
    running = locked_round(round_)
    if participant.round_id != running.pk or running.phase != Phase.VOTE:
        raise NotNowError(_("Das geht nur, solange die Abstimmung läuft."))
    rivals = disputed_in(running).get(block.pk, [])
    options = {proposal.current_id for proposal in rivals} | {None}
    if len(rivals) < 2 or set(values) != options:  # noqa: PLR2004 - it takes two
        raise NewWordingError(_("Die Vorschläge zu diesem Absatz haben sich geändert. Bitte sehen Sie sie neu an."))
    if any(not 0 <= value <= MOST_RESISTANCE for value in values.values()):
        raise ValidationError(_("Bitte geben Sie zu jeder Möglichkeit eine Zahl von 0 bis 10 an."), code="range")
    with changes_by(by):
        return [
            Resistance.objects.update_or_create(
                round=running,
                block=block,
                participant=participant,
                version_id=version,
                defaults={"value": value, "by": by},
            )[0]
            for version, value in values.items()
        ]


@transaction.atomic
def remark(
    *,
    proposal: Proposal,
    text: str,
    participant: Participant | None = None,
    is_internal: bool = False,
    token: UUID | None = None,
    by: User,
) -> Remark:
    """Say something to a proposal: people of the network in the name of their carrier, the staff as the staff."""
    own = locked(proposal)
    if not Proposal.objects.visible_to(by).filter(pk=own.pk).exists() or own.current is None:
        raise NotNowError(_("Diesen Vorschlag können Sie nicht lesen."))
    if is_internal:
        require_conductor(by)
    elif participant is not None:
        if not works_for(by, participant):
            raise NotNowError(_("Sie arbeiten für diesen Träger nicht mit."))
    elif not (conducts(by) or in_network(by)):
        raise NotNowError(_("Mitreden kann, wer im Netzwerk mitarbeitet."))
    if own.round.state != RoundState.RUNNING:
        raise NotNowError(_("Diese Runde ist beendet."))
    if token and (first := Remark.objects.filter(token=token, author=by).first()):
        return first
    return Remark.objects.create(
        proposal=own,
        version=own.current,
        participant=participant,
        author=by,
        text=clean_reason(text),
        is_internal=is_internal,
        token=token,
    )
