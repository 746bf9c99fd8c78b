"""All of a round that research may read, loaded in a fixed number of queries.

Of proposals that is what everybody may read, and for these what the network reads besides: positions, reasons and
remarks. Who asks makes no difference.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.apps import apps

from leitfaden.rounds.consensus import Consensus, consensus_of
from leitfaden.rounds.models import (
    Code,
    Coding,
    Decision,
    Participant,
    Phase,
    Proposal,
    ProposalVersion,
    ProposedChange,
    Remark,
    Resistance,
    Round,
)
from leitfaden.rounds.models.proposals import PUBLIC
from leitfaden.rounds.reading.polls import OVER
from leitfaden.rounds.reading.wordings import public_wordings
from leitfaden.rounds.research.pseudonyms import CARRIER, CODER, Mask, pseudonym
from leitfaden.rounds.scope import Scope
from leitfaden.rounds.showing import ShownChange
from vielfalt.accounts.models import User


@dataclass(frozen=True)
class Stated:
    """What a carrier said at a time about a wording."""

    event: Any
    wording: ProposalVersion
    number: int
    """Counted for this carrier and this wording."""
    counts: bool
    """Whether it is what the carrier says now, about the present wording."""


@dataclass(frozen=True)
class Material:
    round: Round

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.round)

    @cached_property
    def participants(self) -> list[Participant]:
        return sorted(self.round.participants.order_by(), key=lambda one: self.pseudonym(one.pk))

    def pseudonym(self, participant_id: int | None) -> str | None:
        return None if participant_id is None else pseudonym(CARRIER, self.round, participant_id)

    def coder(self, user_id: int) -> str:
        return pseudonym(CODER, self.round, user_id)

    @cached_property
    def mask(self) -> Mask:
        names = {one.pk: pseudonym(CARRIER, self.round, one.pk) for one in self.participants}
        return Mask.of(self.participants, names, User.objects.order_by().values_list("name", flat=True))

    @cached_property
    def proposals(self) -> list[Proposal]:
        found = list(
            Proposal.objects.public()
            .filter(round=self.round)
            .select_related("current__recommendation", "merged_into")
            .order_by("number")
        )
        for proposal in found:
            proposal.round = self.round
        return found

    @cached_property
    def wordings(self) -> list[ProposalVersion]:
        """The wordings that everybody may read, in the order of the proposals."""
        rows = ProposalVersion.objects.filter(proposal__in=self.proposals, submitted_at__isnull=False)
        submitted: dict[int, list[ProposalVersion]] = defaultdict(list)
        for one in rows.select_related("recommendation").order_by("number"):
            submitted[one.proposal_id].append(one)
        found = []
        for proposal in self.proposals:
            for wording in public_wordings(proposal, submitted[proposal.pk]):
                wording.proposal = proposal
                found.append(wording)
        return found

    @cached_property
    def _wordings(self) -> dict[int, ProposalVersion]:
        return {one.pk: one for one in self.wordings}

    @cached_property
    def changes(self) -> list[ShownChange]:
        rows = ProposedChange.objects.filter(version__in=self.wordings).select_related("block", "seen")
        found = []
        for change in rows.order_by("version__proposal__number", "version__number", "position"):
            change.version = self._wordings[change.version_id]
            found.append(ShownChange(change, self.scope.tree))
        return found

    @cached_property
    def consensus(self) -> dict[int, Consensus]:
        """How carriers stand to each proposal now, or stood when it was decided."""
        asked = [one for one in self.proposals if one.state in PUBLIC]
        found = consensus_of(self.round, asked)
        decided = {one.change.version.proposal_id: Consensus(**one.consensus) for one in self.decisions}
        return found | decided

    @cached_property
    def decisions(self) -> list[Decision]:
        rows = Decision.objects.filter(change__version__in=self.wordings)
        return list(
            rows.select_related("change__version", "settled_by__version__proposal").order_by(
                "change__version__proposal__number", "change__position"
            )
        )

    @cached_property
    def positions(self) -> list[Stated]:
        """Everything that carriers ever said, as the history has it. What is not confirmed was not said by them."""
        events: Any = apps.get_model("rounds", "PositionEvent")
        rows = events.objects.filter(version__in=self._wordings, is_confirmed=True).order_by("pgh_id")
        said: dict[tuple[int, int], list[Any]] = defaultdict(list)
        gone = set()
        for event in rows:
            key = (event.version_id, event.participant_id)
            if event.pgh_label == "delete":
                gone.add(key)
            elif not said[key] or (said[key][-1].stance, said[key][-1].reason) != (event.stance, event.reason):
                said[key].append(event)
        found = []
        for (version, participant), history in said.items():
            wording = self._wordings[version]
            is_present = wording.pk == wording.proposal.current_id and (version, participant) not in gone
            found += [
                Stated(event, wording, number, is_present and number == len(history))
                for number, event in enumerate(history, 1)
            ]
        # Never in the order of names or keys, by which one could tell who it is.
        return sorted(
            found,
            key=lambda one: (
                one.wording.proposal.number,
                one.wording.number,
                self.pseudonym(one.event.participant_id),
                one.number,
            ),
        )

    @cached_property
    def resistances(self) -> list[Resistance]:
        """How much carriers resisted what; nobody knows before the vote is over."""
        if self.round.phase not in OVER:
            return []
        rows = Resistance.objects.filter(round=self.round).select_related("block", "version__proposal")
        public = {one.pk for one in self.proposals}
        return sorted(
            (one for one in rows if one.version is None or one.version.proposal_id in public),
            key=lambda one: (
                one.block.anchor,
                self.pseudonym(one.participant_id),
                one.version.proposal.number if one.version else 0,
            ),
        )

    @cached_property
    def remarks(self) -> list[Remark]:
        rows = Remark.objects.for_research().filter(proposal__round=self.round)
        return list(rows.select_related("proposal", "version", "author").order_by("proposal__number", "pk"))

    @cached_property
    def codes(self) -> list[Code]:
        return list(Code.objects.order_by("name"))

    @cached_property
    def codings(self) -> list[Coding]:
        rows = Coding.objects.filter(proposal__in=self.proposals).select_related("code", "proposal")
        return sorted(rows, key=lambda one: (one.proposal.number, one.code.name, self.coder(one.by_id)))

    def phase_at(self, moment: datetime) -> Phase:
        """Return in which phase the round was at a moment, as its times are now."""
        begun = [phase for phase, begin in self.round.begins if begin <= moment]
        return begun[-1] if begun else Phase.WAITING

    def taking_part(self) -> Iterator[tuple[Participant, int, int, int]]:
        """Each carrier with how many proposals, positions that count and remarks come from it."""
        proposals = _counted(one.participant_id for one in self.proposals)
        positions = _counted(one.event.participant_id for one in self.positions if one.counts)
        remarks = _counted(one.participant_id for one in self.remarks if one.participant_id)
        for one in self.participants:
            yield one, proposals[one.pk], positions[one.pk], remarks[one.pk]

    @cached_property
    def carriers_of(self) -> dict[int, list[str]]:
        """Whose proposals went into a proposal, besides its own carrier's."""
        found: dict[int, list[str]] = defaultdict(list)
        for one in self.proposals:
            if one.merged_into_id:
                found[one.merged_into_id].append(str(self.pseudonym(one.participant_id)))
        return found


def _counted(keys: Iterator[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for key in keys:
        found[key] += 1
    return found
