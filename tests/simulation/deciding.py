"""How the staff decide a simulated round at the workbench, and make an edition of it."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from leitfaden.content import Content
from leitfaden.models import Edition
from leitfaden.rounds.bench import Bench, Judged, Place, load_bench
from leitfaden.rounds.consensus import Consensus, consensus_of
from leitfaden.rounds.models import Outcome, Phase, Round
from leitfaden.rounds.workbench.passages import key_of
from tests.simulation.people import Person, form_with
from tests.simulation.plans import Deed, Plan
from tests.simulation.playing import Simulation
from tests.simulation.world import NEXT_EDITION


@dataclass
class Staff:
    """The staff at the workbench of a round."""

    simulation: Simulation
    expected: dict[Any, str] = field(default_factory=dict)
    """What passages are to say in the end, by their identity; of what is removed nothing is expected."""

    @property
    def round(self) -> Round:
        return self.simulation.round

    @property
    def bench(self) -> Bench:
        return load_bench(self.round)

    def decide(self) -> None:
        """Decide about everything, look at what would come of it, and conclude the round."""
        self.simulation.in_phase(
            Phase.CONSOLIDATE, days=1, steps=(self.judge, self.confirm, self.conclude, self.publish)
        )

    def judge(self) -> None:
        """Go through all passages and decide about every proposal once, with all its changes."""
        bench = self.bench
        verdicts = self._verdicts(bench)
        done = {one.proposal.pk for one in bench.judged if one.is_passed}
        for at, place in enumerate(bench.places):
            if at % 10 == 0:
                self._someone.open("workbench", reverse("rounds:workbench", args=[self.round.number]))
            for one in place.judged:
                if one.proposal.pk not in done:
                    self._judge(place, one, verdicts[one.proposal.pk])
                    done.add(one.proposal.pk)

    @property
    def _someone(self) -> Person:
        found: Person = next(self.simulation.reviewers)
        return found

    def _judge(self, place: Place, one: Judged, verdict: "Verdict") -> None:
        address, staff = self._address(place), self._someone
        page = staff.open("deciding", address)
        data = form_with(page, "aenderung", str(one.change.pk))
        data |= {"aktion": "entscheiden", "outcome": verdict.outcome.value, "reason": verdict.reason, "ganz": "on"}
        if verdict.settled_by:
            data["settled_by"] = verdict.settled_by
        staff.send("deciding", address, data)

    def _address(self, place: Place) -> str:
        return reverse("rounds:decide", args=[self.round.number, key_of(place)])

    def _verdicts(self, bench: Bench) -> dict[int, "Verdict"]:
        """What the staff make of the carriers' positions; of rivals the first two go together."""
        strength = consensus_of(bench.round, bench.proposals)
        plans = {plan.pk: plan for plan in self.simulation.plans}
        found = {one.pk: _verdict(strength[one.pk], plans[one.pk]) for one in bench.proposals}
        for place in bench.places:
            if len(place.judged) > 1:
                first, second, *others = (one.proposal for one in place.judged)
                found[first.pk] = found[second.pk] = Verdict(Outcome.ADOPTED)
                found |= {one.pk: Verdict(Outcome.SETTLED, "Das andere sagt es.", first.number) for one in others}
        return found

    def confirm(self) -> None:
        """Confirm what passages say where a person has to, some in words of one's own."""
        for place in self.bench.places:
            if place.needs_person:
                self._confirm(place)
            elif place.final is not None:
                self.expected[place.target] = place.final.plain
        assert self.bench.problems == []

    def _confirm(self, place: Place) -> None:
        address, staff = self._address(place), self._someone
        data = form_with(staff.open("confirming a result", address), "grundlage")
        contradict = place.merged is not None and not place.merged.is_clean
        if contradict or any(one.outcome == Outcome.CHANGED for one in place.taken):
            data["html"] = data["html"].replace("</p>", " Fassung der Redaktion.</p>")
        staff.send("confirming a result", address, {"aktion": "bestaetigen", **data})
        self.expected[place.target] = Content.clean(html=data["html"]).plain

    def conclude(self) -> None:
        """Rehearse once more, then conclude."""
        address, staff = reverse("rounds:conclude", args=[self.round.number]), self._someone
        rehearsed = staff.open("rehearsing", address)
        assert rehearsed.context["rehearsal"].is_ready
        staff.send("concluding", address, {"head": rehearsed.context["head"].pk})
        assert self.round.phase == Phase.CONCLUDED

    def publish(self) -> None:
        """Make an edition of the result; two people approve it."""
        first, second, *_others = self.simulation.world.staff
        result = self.round.result
        assert result is not None
        data = {"label": NEXT_EDITION, "revision": result.number, "note": "Ergebnis der Frühjahrsrunde."}
        first.send("making an edition", reverse("leitfaden:new_edition"), data)
        slug = NEXT_EDITION.replace(".", "-")
        for person, move in ((first, "freigeben"), (second, "freigeben"), (second, "veroeffentlichen")):
            person.send("approving and publishing", reverse("leitfaden:move_edition", args=[slug, move]), {})
        assert Edition.objects.current().get().slug == slug


@dataclass(frozen=True)
class Verdict:
    """What is to become of a proposal."""

    outcome: Outcome
    reason: str = "Das überzeugt die meisten."
    settled_by: int | None = None


def _verdict(consensus: Consensus, plan: Plan) -> Verdict:
    share = consensus.share
    if share is None or 0.5 < share <= 0.6:
        return Verdict(Outcome.POSTPONED, "Darüber sollten wir noch einmal reden.")
    if share <= 0.5:
        return Verdict(Outcome.DECLINED, "Das tragen zu wenige mit.")
    if share <= 0.75 and [edit.deed for edit in plan.edits] == [Deed.REWORD]:
        return Verdict(Outcome.CHANGED, "Im Kern angenommen, kürzer gefasst.")
    return Verdict(Outcome.ADOPTED)
