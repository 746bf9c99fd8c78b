"""What the page about one passage shows. The number of queries does not grow with the proposals for it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leitfaden.comparing import VersionDifference, compare_versions
from leitfaden.content import Content
from leitfaden.editing.forms import initial
from leitfaden.rounds.bench import Judged, Place, kind_of
from leitfaden.rounds.cards import carriers_of
from leitfaden.rounds.consensus import Consensus, Option, consensus_of, options_for
from leitfaden.rounds.deciding import why_not
from leitfaden.rounds.models import CONCERNS, Position, Proposal, Recommendation
from leitfaden.rounds.showing import ShownChange, show
from leitfaden.rounds.wording import Weight, weights
from leitfaden.rounds.workbench.forms import VerdictForm
from leitfaden.rounds.workbench.passages import Overview, Row
from leitfaden.rounds.writing.forms import WordingForm

CONFIRMED = "bestaetigt"
"""What the address asks for that is to bring back the wording confirmed last (``?text=bestaetigt``)."""


@dataclass(frozen=True)
class Paper:
    """A change on the table, with all that one decides about it by."""

    judged: Judged
    shown: ShownChange
    consensus: Consensus
    concerns: Sequence[Position]
    elsewhere: list[tuple[Row, Judged]]
    """The other passages of its proposal, with what is intended there."""
    form: VerdictForm
    stands: str
    """What the page showed of verdicts about its proposal."""

    @property
    def proposal(self) -> Proposal:
        return self.judged.proposal

    @property
    def carriers(self) -> str:
        return carriers_of(self.proposal)

    @property
    def recommendation(self) -> Recommendation | None:
        return getattr(self.proposal.current, "recommendation", None)


@dataclass(frozen=True)
class Becoming:
    """What the passage would say, against what it says now."""

    difference: VersionDifference
    weights: list[Weight]


@dataclass
class Sheet:
    """One passage on the table."""

    request: HttpRequest
    overview: Overview
    row: Row

    @property
    def place(self) -> Place:
        return self.row.place

    def papers(self, refused: VerdictForm | None = None) -> list[Paper]:
        """The changes proposed for the passage; ``refused`` is the form of one that has to be sent again."""
        bench, judged = self.overview.bench, self.place.judged
        proposals = [one.proposal for one in judged]
        prefetch_related_objects(proposals, "merged__participant")
        shown = show([one.change for one in judged], bench.base, self.request.user)
        strength = consensus_of(bench.round, proposals)
        concerns = _concerns(proposals)
        rows = {id(one): row for row in self.overview.rows for one in row.place.judged}
        found = []
        for one, own in zip(judged, shown, strict=True):
            siblings = [other for other in bench.judged if other.proposal == one.proposal]
            found.append(
                Paper(
                    judged=one,
                    shown=own,
                    consensus=strength[one.proposal.pk],
                    concerns=concerns[one.proposal.current_id],
                    elsewhere=[(rows[id(other)], other) for other in siblings if other is not one],
                    form=refused if refused and refused.judged is one else VerdictForm(judged=one, bench=bench),
                    stands=stands(siblings),
                )
            )
        return found

    @cached_property
    def resistance(self) -> list[Option]:
        """How carriers weighed the proposals that fight over the passage against each other."""
        judged = [one for one in self.place.judged if one.change.block_id]
        if len(judged) < 2:  # noqa: PLR2004 - it takes two
            return []
        rivals = [one.proposal for one in judged]
        options = options_for(self.overview.bench.round, judged[0].change.block_id, rivals)
        return [one for one in options if one.values]

    @property
    def edited(self) -> VersionDifference | None:
        """What the staff have edited in the passage since the round began; ``None`` where nothing was."""
        place = self.place
        is_same = place.base is None or place.present is None or place.present == place.base
        return None if is_same else compare_versions(place.base, place.present)

    @property
    def asks_person(self) -> bool:
        """Whether somebody has to say what the passage is to become."""
        return self.place.needs_person and (self.place.base is None or self.place.present is not None)

    def wording_form(self, data: Any = None) -> WordingForm:
        """The result in the editor: what was confirmed on this basis, else what the portal makes of it."""
        place = self.place
        kind, seen = kind_of(place), place.present or place.base
        if data is not None:
            return WordingForm(data, kind=kind, seen=seen)
        is_kept = place.is_confirmed or self.request.GET.get("text") == CONFIRMED
        kept = place.result.content if place.result is not None and is_kept else None
        return WordingForm(kind=kind, seen=seen, initial=initial(kept or self._merged))

    @property
    def _merged(self) -> Content | None:
        return self.place.merged.content if self.place.merged else None

    def becomes(self, form: WordingForm) -> Becoming | None:
        """What the words in the editor would change in the text of now, as far as they can be read."""
        if form.is_bound:
            content = form.content if form.is_valid() else None
        else:
            content = self.place.result.content if self.place.is_confirmed and self.place.result else self._merged
        if content is None:
            return None
        now = self.place.present.content if self.place.present else Content()
        return Becoming(compare_versions(now, content), weights(now, content))

    def show(
        self,
        *,
        status: HTTPStatus = HTTPStatus.OK,
        problem: str = "",
        refused: VerdictForm | None = None,
        wording: WordingForm | None = None,
        left: Sequence[str] = (),
    ) -> HttpResponse:
        """The page. ``left`` is what was typed about something that is not there any more."""
        bench, place = self.overview.bench, self.place
        form = (wording or self.wording_form()) if self.asks_person else None
        context = {
            "round": bench.round,
            "bench": bench,
            "overview": self.overview,
            "row": self.row,
            "place": place,
            "at": self.overview.rows.index(self.row) + 1,
            "before": self.overview.beside(self.row, -1),
            "after": self.overview.beside(self.row, 1),
            "next_open": self.overview.next_open(self.row),
            "why_not": why_not(bench.round),
            "papers": self.papers(refused),
            "resistance": self.resistance,
            "edited": self.edited,
            "asks_person": self.asks_person,
            "form": form,
            "becomes": self.becomes(form) if form else None,
            "result_mark": place.result.mark if place.result else "",
            "problem": problem,
            "left": left,
        }
        return render(self.request, "rounds/workbench/passage.html", context, status=status)


def stands(siblings: Sequence[Judged]) -> str:
    """Return what is intended for the changes of a proposal, for pages to carry along."""
    return " ".join(f"{one.change.pk}:{one.verdict.mark if one.verdict else ''}" for one in siblings)


def read_stands(text: str) -> dict[str, str]:
    """Return the marks of verdicts by change, as a page carried them; what is missing was not seen."""
    return dict(part.partition(":")[::2] for part in text.split())


def _concerns(proposals: Sequence[Proposal]) -> dict[int | None, list[Position]]:
    """The reasons of carriers with concerns, by wording. One query."""
    found: dict[int | None, list[Position]] = defaultdict(list)
    rows = Position.objects.counted().filter(version__in=[one.current_id for one in proposals], stance__in=CONCERNS)
    for position in rows.select_related("participant").order_by("participant__name"):
        found[position.version_id].append(position)
    return found
