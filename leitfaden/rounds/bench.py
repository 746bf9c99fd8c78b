"""The workbench of a round: which passage becomes what by the staff's verdicts, and what is missing to consolidate.

Nothing here writes. ``leitfaden.rounds.deciding`` keeps verdicts and consolidates what this works out.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from leitfaden.changes import Change, Conflict, Insert, Move, Remove, carry
from leitfaden.content import Content
from leitfaden.models import BlockVersion, Kind, Revision
from leitfaden.outline import Outline
from leitfaden.rounds.merging import Merged, merge
from leitfaden.rounds.models import (
    Operation,
    Outcome,
    Proposal,
    ProposalState,
    ProposedChange,
    Result,
    Round,
    Verdict,
)
from leitfaden.rounds.models.decisions import TAKEN
from leitfaden.rounds.voting import has_passed
from leitfaden.trees import Tree, load_tree


@dataclass(frozen=True)
class Judged:
    """A change with what the staff intend for it."""

    change: ProposedChange
    proposal: Proposal
    verdict: Verdict | None
    is_passed: bool = False
    """Whether it passed the fast lane, which decides unless the staff say otherwise."""

    @property
    def outcome(self) -> Outcome | None:
        if self.verdict is not None:
            return Outcome(self.verdict.outcome)
        return Outcome.ADOPTED if self.is_passed else None

    @property
    def reason(self) -> str:
        if self.verdict is not None:
            return self.verdict.reason
        return _("Sprachliche Änderung, zehn Tage lang ohne Einwände.") if self.is_passed else ""

    @property
    def is_taken(self) -> bool:
        return self.outcome in TAKEN


@dataclass
class Place:
    """One passage with all that is proposed for it."""

    target: UUID
    judged: list[Judged]
    base: BlockVersion | None
    """What the authors saw; ``None`` for a new passage."""
    present: BlockVersion | None
    """What stands in the text now; ``None`` for a new passage or one that is gone."""
    result: Result | None

    @property
    def taken(self) -> list[Judged]:
        return [one for one in self.judged if one.is_taken]

    @property
    def wordings(self) -> list[Content]:
        return [one.change.content for one in self.taken if one.change.content is not None]

    @cached_property
    def merged(self) -> Merged | None:
        """What the portal makes of the wordings that were taken; ``None`` where there is none."""
        wordings = self.wordings
        if not wordings:
            return None
        if self.base is None:
            return Merged(wordings[0], is_clean=True)
        if self.present is not None and self.present != self.base:
            wordings = [self.present.content, *wordings]
        return merge(self.base.content, wordings)

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to confirm the result: several changes, a new wording, or a text that moved on."""
        if not self.wordings:
            return False
        moved_on = self.base is not None and self.present != self.base
        return len(self.wordings) > 1 or moved_on or any(one.outcome == Outcome.CHANGED for one in self.taken)

    @property
    def basis(self) -> str:
        """The checksum of what somebody confirms a result on."""
        seen = [
            self.present.pk if self.present else None,
            [[one.change.pk, str(one.outcome)] for one in self.taken],
        ]
        return hashlib.sha256(json.dumps(seen).encode()).hexdigest()

    @property
    def is_confirmed(self) -> bool:
        return self.result is not None and self.result.basis == self.basis

    @property
    def final(self) -> Content | None:
        """What the passage will say: the confirmed result, else what the portal makes of the wordings."""
        if self.merged is None:
            return None
        return self.result.content if self.needs_person and self.result is not None else self.merged.content

    @property
    def _says_half(self) -> bool:
        """Whether wordings that contradict each other are adopted as they are, and only one of them is written."""
        adopted = [one for one in self.taken if one.outcome == Outcome.ADOPTED and one.change.content is not None]
        merged = self.merged
        return merged is not None and not merged.is_clean and len(adopted) > 1 and self.final == merged.content

    @property
    def problems(self) -> list[str]:
        """What keeps this passage from being consolidated, as sentences."""
        found = [
            _("Vorschlag {number}: Es fehlt eine Entscheidung.").format(number=one.proposal.number)
            for one in self.judged
            if one.outcome is None
        ]
        kinds = [one.change.operation for one in self.taken]
        if Operation.REMOVE in kinds and len(kinds) > 1:
            found.append(_("Streichen und ändern geht nicht zugleich. Bitte nehmen Sie nur eines an."))
        if kinds.count(Operation.MOVE) > 1:
            found.append(_("Der Absatz kann nur an einen Ort verschoben werden. Bitte nehmen Sie nur eines an."))
        if self.taken and self.base is not None and self.present is None:
            found.append(_("Diesen Absatz gibt es nicht mehr. Bitte lehnen Sie ab oder verschieben Sie."))
        elif Operation.REMOVE in kinds and self.present != self.base:
            found.append(
                _("Der Absatz wurde inzwischen geändert. Bitte prüfen Sie, ob er noch gestrichen werden soll.")
            )
        elif self.needs_person and not self.is_confirmed:
            found.append(_("Bitte bestätigen Sie, was der Absatz künftig sagt."))
        elif self._says_half:
            found.append(
                _(
                    "Angenommene Fassungen widersprechen sich, und der Text enthält nur die erste. Bitte schreiben "
                    "Sie, was gelten soll, oder nehmen Sie eine mit Änderungen an."
                )
            )
        return found


@dataclass
class Bench:
    """All passages of a round for which something is proposed, in the order of the text."""

    round: Round
    head: Revision
    places: list[Place]
    base: Tree
    present: Tree
    proposals: list[Proposal] = field(default_factory=list)

    @cached_property
    def by_target(self) -> dict[UUID, Place]:
        return {place.target: place for place in self.places}

    @property
    def judged(self) -> list[Judged]:
        return [one for place in self.places for one in place.judged]

    @property
    def problems(self) -> list[str]:
        """Everything that keeps the round from being consolidated."""
        found = [problem for place in self.places for problem in place.problems]
        return [*found, *self._settled_by_nothing.values(), *self._half_postponed.values()]

    def problems_at(self, place: Place) -> list[str]:
        """What keeps a passage from being consolidated, together with what is decided elsewhere."""
        settled = [self._settled_by_nothing.get(one.change.pk) for one in place.judged]
        postponed = [self._half_postponed.get(one.proposal.pk) for one in place.judged]
        return [*place.problems, *(sentence for sentence in (*settled, *postponed) if sentence)]

    @cached_property
    def _settled_by_nothing(self) -> dict[int, str]:
        """What is wrong, by the key of the change."""
        taken = {one.change.pk for one in self.judged if one.is_taken}
        sentence = _("Vorschlag {number}: Wodurch er sich erledigen soll, wird nicht angenommen.")
        return {
            one.change.pk: sentence.format(number=one.proposal.number)
            for one in self.judged
            if one.outcome == Outcome.SETTLED and (one.verdict is None or one.verdict.settled_by_id not in taken)
        }

    @cached_property
    def _half_postponed(self) -> dict[int, str]:
        """What is wrong, by the key of the proposal."""
        outcomes: dict[int, set[Outcome | None]] = defaultdict(set)
        for one in self.judged:
            outcomes[one.proposal.pk].add(one.outcome)
        sentence = _("Vorschlag {number}: Verschieben lässt sich nur ein ganzer Vorschlag.")
        return {
            proposal.pk: sentence.format(number=proposal.number)
            for proposal in self.proposals
            if Outcome.POSTPONED in outcomes[proposal.pk] and len(outcomes[proposal.pk]) > 1
        }

    def changes(self) -> list[tuple[Place, Change | Conflict | None]]:
        """Return the moves, removals and new passages that were taken, as they apply to the text of now."""
        before, now = Outline(self.base), Outline(self.present)
        order = (Operation.INSERT, Operation.MOVE, Operation.REMOVE)
        found: list[tuple[int, Place, Change | Conflict | None]] = []
        for place in self.places:
            for one in place.taken:
                operation = Operation(one.change.operation)
                if operation not in order:
                    continue
                change = one.change.as_change()
                if isinstance(change, Insert):
                    change = Insert(
                        change.kind, place.final or change.content, change.parent, change.after, change.block
                    )
                if isinstance(change, Insert | Move | Remove):
                    found.append((order.index(operation), place, carry(change, base=before, head=now)))
        return [(place, change) for _at, place, change in sorted(found, key=lambda one: one[0])]


def load_bench(round_: Round) -> Bench:
    """Return the workbench of a round, in a fixed number of queries."""
    document = type(round_.document).objects.with_head().get(pk=round_.document_id)
    base = load_tree(round_.base)
    present = base if document.head == round_.base else load_tree(document.head)
    proposals = list(Proposal.objects.filter(round=round_, state=ProposalState.ADMITTED).for_cards().order_by("number"))
    changes = [change for proposal in proposals for change in _changes(proposal)]
    known = Verdict.objects.filter(change__in=changes).select_related("settled_by__version__proposal", "by")
    verdicts = {one.change_id: one for one in known}
    results = {one.target: one for one in Result.objects.filter(round=round_).select_related("by")}
    by_target: dict[UUID, list[Judged]] = defaultdict(list)
    for proposal in proposals:
        passed = has_passed(proposal)
        for change in _changes(proposal):
            by_target[change.target].append(Judged(change, proposal, verdicts.get(change.pk), passed))
    places = [
        Place(target, judged, judged[0].change.seen, _version(present, target), results.get(target))
        for target, judged in by_target.items()
    ]
    order = {node.id: at for at, node in enumerate(base.walk())}
    places.sort(key=lambda place: order.get(place.judged[0].change.shown_at, len(order)))
    return Bench(round_, document.head, places, base, present, proposals)


def _changes(proposal: Proposal) -> list[ProposedChange]:
    return list(proposal.current.changes.all()) if proposal.current else []


def _version(tree: Tree, target: UUID) -> BlockVersion | None:
    node = tree.by_id.get(target)
    return node.version if node else None


def kind_of(place: Place) -> Kind:
    """What the passage is for."""
    change = place.judged[0].change
    return Kind(change.block.kind if change.block else change.kind)


def touching(bench: Bench, proposals: Sequence[Proposal]) -> list[Place]:
    """The passages that some proposals change."""
    return [place for place in bench.places if any(one.proposal in proposals for one in place.judged)]
