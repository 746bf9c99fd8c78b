"""What a carrier's people have before them in a round: what waits for them, and until when they can do what."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from leitfaden.rounds.models import (
    Participant,
    Phase,
    Position,
    Proposal,
    ProposalState,
    ProposalVersion,
    Round,
    RoundState,
)
from leitfaden.rounds.voting import takes_positions
from leitfaden.rounds.writing.access import drafts_of, own_carriers, the_round


@dataclass(frozen=True)
class Asked:
    """A proposal about which a carrier has said nothing yet, or nothing about its present wording."""

    proposal: Proposal
    participant: Participant
    is_again: bool


@dataclass
class Standing:
    """Where somebody stands in the round that started last."""

    user: Any

    @cached_property
    def round(self) -> Round | None:
        return the_round()

    @cached_property
    def carriers(self) -> list[Participant]:
        """The carriers of the round for which they work."""
        return own_carriers(self.user, self.round) if self.round else []

    @cached_property
    def led(self) -> list[Participant]:
        """The carriers of the round for which they speak."""
        return list(Participant.objects.led_by(self.user).filter(round=self.round)) if self.carriers else []

    @property
    def is_running(self) -> bool:
        return self.round is not None and self.round.state == RoundState.RUNNING

    @property
    def phase(self) -> Phase | None:
        return self.round.phase if self.round else None

    @property
    def until(self) -> datetime | None:
        """When the present phase ends."""
        return self.round.ends_at(self.round.phase) if self.round else None

    @property
    def sentence(self) -> str:
        """What can be done now, and until when."""
        if self.round is None:
            return _("Noch hat keine Runde begonnen.")
        day = date_format(localtime(self.until), "j. F Y, H:i") if self.until else ""
        return {
            Phase.WAITING: _("Ab {day} Uhr können Sie Änderungen vorschlagen."),
            Phase.COLLECT: _("Bis {day} Uhr können Sie Änderungen vorschlagen."),
            Phase.DISCUSS: _("Bis {day} Uhr wird besprochen. Ihre Vorschläge können Sie noch verbessern."),
            Phase.VOTE: _("Bis {day} Uhr geben Träger ihre Positionen ab."),
            Phase.CONSOLIDATE: _("Die Redaktion führt die Vorschläge zusammen. Sie müssen nichts tun."),
        }.get(self.round.phase, _("Diese Runde ist beendet.")).format(day=day)

    @cached_property
    def drafts(self) -> list[ProposalVersion]:
        """What is being written, the latest first; with its proposal."""
        proposals = {one.pk: one for one in self._drafted} if self.carriers else {}
        written = ProposalVersion.objects.filter(proposal__in=proposals, submitted_at=None).order_by("-updated_at")
        found = list(written.prefetch_related("changes__block"))
        for draft in found:
            draft.proposal = proposals[draft.proposal_id]
        return found

    @property
    def _drafted(self) -> QuerySet[Proposal]:
        return drafts_of(self.carriers).filter(round=self.round).select_related("round")

    @cached_property
    def _waiting(self) -> list[Proposal]:
        if not self.carriers:
            return []
        states = (ProposalState.QUESTION, ProposalState.UNCONFIRMED)
        found = Proposal.objects.filter(participant__in=self.carriers, state__in=states)
        return list(found.select_related("round", "participant", "current").prefetch_related("steps"))

    @property
    def questions(self) -> list[Proposal]:
        """Own proposals about which the staff have asked something."""
        return [one for one in self._waiting if one.state == ProposalState.QUESTION and self.is_running]

    @property
    def entries(self) -> list[Proposal]:
        """What the staff have entered on a carrier's behalf, and the carrier has not confirmed."""
        return [one for one in self._waiting if one.state == ProposalState.UNCONFIRMED and self.is_running]

    @cached_property
    def _admitted(self) -> list[Proposal]:
        if not (self.led and self.is_running and self.phase != Phase.CONSOLIDATE):
            return []
        admitted = Proposal.objects.filter(round=self.round).admitted().order_by("number")
        found = list(admitted.select_related("participant", "current"))
        for one in found:
            one.round = self.round
        return [one for one in found if takes_positions(one)]

    @cached_property
    def _positions(self) -> list[Position]:
        if not self._admitted:
            return []
        found = Position.objects.filter(participant__in=self.led).order_by("pk")
        return list(found.select_related("participant", "version__proposal"))

    @cached_property
    def asked(self) -> list[Asked]:
        """The proposals about which a carrier is asked for its position, those with a new wording first."""
        present = {(one.participant_id, one.version_id) for one in self._positions}
        earlier = {(one.participant_id, one.version.proposal_id) for one in self._positions}
        found = [
            Asked(proposal, participant, (participant.pk, proposal.pk) in earlier)
            for participant in self.led
            for proposal in self._admitted
            if (participant.pk, proposal.current_id) not in present
        ]
        return sorted(found, key=lambda one: not one.is_again)

    @property
    def unconfirmed(self) -> list[Position]:
        """Positions that the staff entered on a carrier's behalf about the present wording."""
        current = {one.current_id for one in self._admitted}
        return [one for one in self._positions if not one.is_confirmed and one.version_id in current]

    def proposals(self) -> QuerySet[Proposal]:
        """Everything that their carriers have submitted, in this round and before."""
        own = Participant.objects.of(self.user).order_by().values("pk")
        found = Proposal.objects.filter(participant__in=own).submitted().order_by("-round__number", "-number")
        return found.select_related("round", "participant", "current", "merged_into")
