"""Whether everything that was submitted in a simulated round is accounted for, once and truly."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from leitfaden.models import Edition
from leitfaden.rounds.models import Decision, Operation, Outcome, Position, Proposal, ProposalState, Round
from leitfaden.rounds.models.decisions import TAKEN
from leitfaden.trees import load_tree
from tests.simulation.deciding import Staff
from tests.simulation.meter import Meter
from tests.simulation.people import answered
from tests.simulation.plans import Fate
from tests.simulation.playing import Simulation

ENDS = {
    ProposalState.DECIDED,
    ProposalState.CARRIED,
    ProposalState.REFUSED,
    ProposalState.WITHDRAWN,
    ProposalState.MERGED,
}
"""In which states a submitted proposal may be once its round is concluded."""


@dataclass
class Ledger:
    """A concluded round and the edition that came of it, as everybody can check them."""

    simulation: Simulation
    staff: Staff

    @property
    def round(self) -> Round:
        return self.simulation.round

    @property
    def edition(self) -> Edition:
        return Edition.objects.current().get()

    def check(self) -> None:
        self.check_proposals()
        self.check_decisions()
        self.check_text()
        self.check_positions()
        self.check_page()

    def check_proposals(self) -> None:
        """Every proposal that was submitted ends once, decided or carried over or given up, with its step."""
        plans = self.simulation.plans
        late = [plan.pk for plan in plans if plan.fate == Fate.LATE]
        drafts = Proposal.objects.filter(round=self.round, state=ProposalState.DRAFT)
        assert sorted(drafts.values_list("pk", flat=True)) == late
        submitted = list(Proposal.objects.filter(round=self.round).submitted().order_by("number"))
        assert [one.number for one in submitted] == list(range(1, len(plans) - len(late) + 1))
        assert {one.pk for one in submitted} == {plan.pk for plan in plans} - set(late)
        assert {one.state for one in submitted} <= ENDS
        by_fate = {
            ProposalState.REFUSED: {Fate.REFUSED},
            ProposalState.WITHDRAWN: {Fate.WITHDRAWN},
            ProposalState.MERGED: {Fate.MERGED},
        }
        for state, fates in by_fate.items():
            ended = {one.pk for one in submitted if one.state == state}
            assert ended == {plan.pk for plan in plans if plan.fate in fates}, state
        carried = [one for one in submitted if one.state == ProposalState.CARRIED]
        assert all(one.steps.filter(action="carry").count() == 1 for one in carried)

    def check_decisions(self) -> None:
        """Each change of what was decided or postponed has one decision; nothing else has any."""
        decisions = Decision.objects.filter(change__version__proposal__round=self.round)
        decided = Counter(decisions.values_list("change", flat=True))
        wanted = Proposal.objects.filter(round=self.round, state=ProposalState.DECIDED)
        changes = {change.pk for one in wanted for change in one.current.changes.all()}
        postponed = decisions.filter(outcome=Outcome.POSTPONED)
        assert set(decided) == changes | set(postponed.values_list("change", flat=True))
        assert set(decided.values()) == {1}
        states = postponed.values_list("change__version__proposal__state", flat=True)
        assert set(states) <= {ProposalState.CARRIED}

    def check_text(self) -> None:
        """The edition says what was decided, passage by passage, and each new wording leads to its decision."""
        tree = load_tree(self.edition.revision)
        says = {node.id: node.version.plain for node in tree.walk()}
        expected = self.staff.expected
        assert {key: says.get(key) for key in expected} == expected
        taken = Decision.objects.filter(change__version__proposal__round=self.round, outcome__in=TAKEN)
        gone = {one.change.block_id for one in taken if one.change.operation == Operation.REMOVE}
        base = {node.id: node.version.plain for node in self.simulation.tree.walk()}
        assert {key for key in base if key not in says} == gone
        edited = self.simulation.edited
        untouched = {key: base[key] for key in base if key not in {*expected, *gone, *edited}}
        assert {key: says[key] for key in untouched} == untouched
        worded = {one.version_id for one in taken if one.version_id}
        standing = {node.version.pk for node in tree.walk()}
        assert worded <= standing

    def check_positions(self) -> None:
        """Each decision keeps how carriers stood, and no position is counted twice or lost."""
        decisions = Decision.objects.filter(change__version__proposal__round=self.round).select_related("change")
        by_version = {one.change.version_id: one.consensus for one in decisions}
        for version, kept in by_version.items():
            stances = Counter(Position.objects.filter(version=version).values_list("stance", flat=True))
            told = [kept[name] for name in ("agree", "minor", "major", "veto", "abstain")]
            names = ("zustimmung", "leichte-bedenken", "schwere-bedenken", "veto", "enthaltung")
            assert told == [stances[name] for name in names]
        in_decisions = Position.objects.filter(version__in=by_version)
        others = Position.objects.exclude(version__in=by_version)
        # Those to a former wording, and those to what was withdrawn after all.
        assert set(others.values_list("version__proposal__state", flat=True)) <= ENDS
        assert in_decisions.count() + others.count() == Position.objects.count()
        assert Position.objects.count() == self.simulation.taken

    def check_page(self) -> None:
        """What everybody reads has each decision once, and its sums are those of its rows."""
        address, meter = reverse("rounds:ledger", args=[self.edition.slug]), self.simulation.world.meter
        pages = list(every_page(address, meter))
        entries = [entry for page in pages for _chapter, group in page["groups"] for entry, _address in group]
        visible = Proposal.objects.visible_to(AnonymousUser()).order_by().values("pk")
        decisions = Decision.objects.filter(change__version__proposal__in=visible)
        assert Counter(one.decision.pk for one in entries) == Counter(decisions.values_list("pk", flat=True))
        assert Decision.objects.count() == len(entries) == pages[0]["number"]
        sums = Counter(str(one.outcome.label) for one in entries)
        assert dict(pages[0]["sums"]) == dict(sums)
        achieved = Counter(name.name for entry in entries for name in entry.participants)
        assert dict(pages[0]["carriers"]) == dict(achieved)
        for name in ("leitfaden:book", "rounds:news"):
            with meter.measure(f"{name} (open)"):
                answer = Client().get(reverse(name, args=[self.edition.slug]))
            answered(answer, name, 200)


def every_page(address: str, meter: Meter) -> Any:
    """What all pages of the ledger are made of."""
    number, client = 1, Client()
    while True:
        with meter.measure("ledger (open)"):
            answer = client.get(address, {"seite": number})
        yield answered(answer, address, 200).context
        if not answer.context["page"].has_next():
            return
        number += 1
