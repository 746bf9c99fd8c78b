"""A round in which every field of every proposal holds a word of its own, by which one knows where it turns up."""

import re
from dataclasses import dataclass
from typing import Any

from leitfaden.models import Document
from leitfaden.rounds import deciding, proposing, reviewing, voting
from leitfaden.rounds.bench import load_bench
from leitfaden.rounds.consensus import consensus_of
from leitfaden.rounds.models import (
    Advice,
    Code,
    Coding,
    Decision,
    Outcome,
    Phase,
    Proposal,
    ProposalState,
    Round,
    Stance,
)
from leitfaden.trees import load_tree
from tests.leitfaden.texts import editor, publish, small_document, text
from tests.rounds import rounds
from vielfalt.accounts.models import Role, User

MARK = re.compile(r"zq([a-z]+)qz([a-z]+)zq")
RIVAL = "rivale"
"""A second admitted proposal for the passage of the admitted one, by the other carrier."""

COMMON = "Gemeinsames"
"""Stands in the title of every proposal, and in that of every draft."""

ADMITTED_ONCE = (ProposalState.ADMITTED, ProposalState.DECIDED, ProposalState.CARRIED)
"""What carriers took positions on."""

CASES = (*(state.name.lower() for state in ProposalState), RIVAL)


def mark(case: str, field: str) -> str:
    """The word that a field of a proposal holds."""
    return f"zq{case}qz{field}zq"


def told(*pages: bytes) -> dict[str, set[str]]:
    """Return whose fields are in some pages, by the case."""
    found: dict[str, set[str]] = {}
    for page in pages:
        for case, field in MARK.findall(page.decode().lower()):
            found.setdefault(case, set()).add(field)
    return found


@dataclass
class Marked:
    """The round, everybody who looks at it, and its proposals by their case."""

    round: Round
    document: Document
    people: dict[str, User | None]
    proposals: dict[str, Proposal]

    @classmethod
    def make(cls) -> "Marked":
        return _Making().make()

    def anchor(self, case: str) -> str:
        """The passage that a proposal is about."""
        change = self.proposals[case].versions.order_by("number").last().changes.get()  # type: ignore[union-attr]
        assert change.block is not None
        return str(change.block.anchor)


class _Making:
    """Makes the marked round by what people do."""

    def __init__(self) -> None:
        self.staff = rounds.conductor()
        self.hanau, self.fulda = rounds.carrier("Lotsen Hanau"), rounds.carrier("Lotsen Fulda")
        self.alice, self.bob = rounds.member(self.hanau, "Alice"), rounds.member(self.fulda, "Bob")
        self.document = small_document(self.staff, [f"Absatz {case}" for case in CASES])
        publish(self.document, "2026.1", self.staff, editor("Noch jemand"))
        self.round = rounds.running_round(self.document, [self.hanau, self.fulda], self.staff)
        self.nodes = {node.version.plain: node for node in load_tree(self.round.base).walk()}
        self.proposals: dict[str, Proposal] = {}

    def make(self) -> Marked:
        for state in ProposalState:
            self._propose(state)
        self._rival()
        rounds.let_it_be(self.round, Phase.VOTE)
        for state in ADMITTED_ONCE:
            self._discuss(state.name.lower())
        self._next_wording("admitted")
        self._code()
        rounds.let_it_be(self.round, Phase.CONSOLIDATE)
        self._judge()
        self._conclude(ProposalState.DECIDED, Outcome.DECLINED)
        self._conclude(ProposalState.CARRIED, Outcome.POSTPONED)
        people: dict[str, User | None] = {
            "anonymous": None,
            "network": rounds.member(rounds.carrier("Lotsen Kassel"), "Nora"),
            "participant": self.bob,
            "editor": rounds.member(self.hanau, "Edda", Role.EDITOR),
            "manager": self.alice,
            "staff": self.staff,
            "researcher": rounds.researcher(),
        }
        proposals = {case: Proposal.objects.get(pk=one.pk) for case, one in self.proposals.items()}
        return Marked(Round.objects.get(pk=self.round.pk), self.document, people, proposals)

    def _draft(self, case: str, passage: str, *, carrier: Any, by: User, on_behalf: bool = False) -> Proposal:
        participant = rounds.as_participant(self.round, carrier)
        author = self.staff if on_behalf else rounds.member(carrier, mark(case, "author"), Role.EDITOR)
        proposal = proposing.begin(round_=self.round, participant=participant, by=author)
        self._write(proposal, case, "", passage, by=author)
        return proposal

    def _write(self, proposal: Proposal, case: str, which: str, passage: str, *, by: User) -> None:
        """Let the draft of a proposal hold the words of a wording: ``which`` is empty for the one to be read."""
        node = self.nodes[f"Absatz {passage}"]
        known = proposing.draft_of(proposal).changes.first()  # type: ignore[union-attr]
        proposing.keep_wording(
            proposal=proposal,
            seen=node.version,
            content=text(f"Absatz {mark(case, f'{which}wording')}"),
            mark=known.mark if known else "",
            by=by,
        )
        proposing.describe(
            proposal=proposal,
            title=f"{COMMON} {mark(case, f'{which}title')}",
            reason=mark(case, f"{which}reason"),
            names_author=case == "decided",
            is_editorial=False,
            by=by,
        )

    def _propose(self, state: ProposalState) -> None:
        """Bring a proposal of Hanau into a state, or to where only consolidating a round leads on."""
        case = state.name.lower()
        on_behalf = state == ProposalState.UNCONFIRMED
        proposal = self._draft(case, case, carrier=self.hanau, by=self.alice, on_behalf=on_behalf)
        self.proposals[case] = proposal
        if state == ProposalState.DRAFT:
            return
        if on_behalf:
            proposing.enter(proposal=proposal, by=self.staff)
        elif state == ProposalState.ADMITTED:
            self._submit_twice(proposal, case)
        else:
            proposing.submit(proposal=proposal, by=self.alice)
        voting.remark(proposal=proposal, text=mark(case, "note"), is_internal=True, by=self.staff)
        own = rounds.as_participant(self.round, self.hanau)
        voting.remark(proposal=proposal, text=mark(case, "remark"), participant=own, by=self.alice)
        self._review(proposal, case, state)

    def _submit_twice(self, proposal: Proposal, case: str) -> None:
        """Submit a wording that only the carrier and the staff know, and then the one that is admitted."""
        self._write(proposal, case, "former", case, by=self.alice)
        proposing.submit(proposal=proposal, by=self.alice)
        proposing.reopen(proposal=proposal, by=self.alice)
        self._write(proposal, case, "", case, by=self.alice)
        proposing.resubmit(proposal=proposal, by=self.alice)

    def _review(self, proposal: Proposal, case: str, state: ProposalState) -> None:
        words: dict[str, Any] = {"proposal": proposal, "reason": mark(case, "step"), "by": self.staff}
        match state:
            case ProposalState.QUESTION:
                reviewing.ask(**words)
            case ProposalState.REFUSED:
                reviewing.refuse(**words)
            case ProposalState.WITHDRAWN:
                proposing.withdraw(proposal=proposal, reason=mark(case, "step"), by=self.alice)
            case ProposalState.MERGED:
                reviewing.merge(into=self.proposals["admitted"], **words)
            case ProposalState.ADMITTED | ProposalState.DECIDED | ProposalState.CARRIED:
                reviewing.admit(**words)
                version = Proposal.objects.get(pk=proposal.pk).current
                assert version is not None
                reviewing.recommend(version=version, advice=Advice.ADOPT, reason=mark(case, "advice"), by=self.staff)

    def _rival(self) -> None:
        rival = self._draft(RIVAL, "admitted", carrier=self.fulda, by=self.bob)
        proposing.submit(proposal=rival, by=self.bob)
        self.proposals[RIVAL] = reviewing.admit(proposal=rival, by=self.staff)

    def _discuss(self, case: str) -> None:
        """Fulda takes a position; for Hanau the staff enter one that is not confirmed."""
        proposal = self.proposals[case]
        rounds.position(proposal, self.hanau, self.alice, Stance.MINOR, mark(case, "position"))
        rounds.position(proposal, self.fulda, self.staff, Stance.MAJOR, mark(case, "unconfirmed"), on_behalf=True)

    def _next_wording(self, case: str) -> None:
        """Hanau writes at another wording."""
        rounds.let_it_be(self.round, Phase.DISCUSS)
        proposal = Proposal.objects.get(pk=self.proposals[case].pk)
        proposing.reopen(proposal=proposal, by=self.alice)
        self._write(proposal, case, "next", case, by=self.alice)

    def _code(self) -> None:
        by = rounds.researcher()
        for case, proposal in self.proposals.items():
            code = Code.objects.create(name=mark(case, "code"), meaning=mark(case, "meaning"), created_by=by)
            Coding.objects.create(code=code, proposal=proposal, note=mark(case, "coding"), by=by)

    def _judge(self) -> None:
        """The staff intend something for everything that was admitted, and confirm what the passage will say."""
        for case in ("admitted", "decided", "carried"):
            change = Proposal.objects.get(pk=self.proposals[case].pk).current.changes.get()  # type: ignore[union-attr]
            deciding.judge(change=change, outcome=Outcome.CHANGED, reason=mark(case, "verdict"), by=self.staff)
            basis = load_bench(Round.objects.get(pk=self.round.pk)).by_target[change.target].basis
            content = text(mark(case, "result"))
            deciding.confirm_result(
                round_=self.round, target=change.target, content=content, basis=basis, by=self.staff
            )

    def _conclude(self, state: ProposalState, outcome: Outcome) -> None:
        """Let a proposal be as if its round had been concluded; the verdicts on the others are still to be seen."""
        case = state.name.lower()
        proposal = Proposal.objects.get(pk=self.proposals[case].pk)
        consensus = consensus_of(self.round, [proposal])[proposal.pk].as_json()
        change = proposal.current.changes.get()  # type: ignore[union-attr]
        values: dict[str, Any] = {"outcome": outcome, "reason": mark(case, "decision"), "consensus": consensus}
        Decision.objects.create(change=change, by=self.staff, **values)
        Proposal.objects.filter(pk=proposal.pk).update(state=state)
