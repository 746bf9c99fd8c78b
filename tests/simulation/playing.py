"""A whole round, step by step, by what people do at their pages."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import cycle
from random import Random
from typing import Any
from uuid import UUID

import time_machine
from django.urls import reverse
from django.utils import timezone

from leitfaden.changes import Edit as StaffEdit
from leitfaden.rounds.models import Participant, Phase, Position, Proposal, ProposalState, Round, Stance
from leitfaden.trees import Node, Tree, load_tree
from tests.leitfaden.texts import head, save, text
from tests.simulation.people import Person, form_with, options_of
from tests.simulation.plans import Deed, Edit, Fate, Plan, plans_for, said
from tests.simulation.world import Team, World, make_world

NUMBER = re.compile(r"/vorschlag/(\d+)/")
STANCES = (*(Stance.AGREE,) * 6, Stance.MINOR, Stance.MINOR, Stance.MAJOR, Stance.ABSTAIN)
SCEPTICAL = (Stance.AGREE, Stance.MINOR, Stance.MAJOR, Stance.MAJOR, Stance.VETO, Stance.ABSTAIN)
"""How carriers stand to proposals that most like, and to others."""


@dataclass
class Simulation:
    """One round with as many carriers, proposals and positions as one likes."""

    carriers: int
    proposals: int
    positions: int
    start: datetime = field(default_factory=timezone.now)
    random: Random = field(default_factory=lambda: Random(6))  # noqa: S311 - nothing here is secret
    taken: int = 0
    """How many positions there are in the end: some carriers say the same thing twice, or change their minds."""
    tell: Callable[[str], None] = lambda _words: None
    """Says how far everything has come."""
    edited: set[UUID] = field(default_factory=set)
    """The passages that the staff edited while the carriers discussed."""

    @cached_property
    def world(self) -> World:
        return make_world(carriers=self.carriers, proposals=self.proposals)

    @cached_property
    def plans(self) -> list[Plan]:
        return plans_for(self.carriers, self.proposals)

    @property
    def round(self) -> Round:
        return Round.objects.get(document=self.world.document)

    @cached_property
    def tree(self) -> Tree:
        return load_tree(self.round.base)

    @cached_property
    def passages(self) -> list[Node]:
        """The passages of the text by the numbers that the plans give them."""
        return [node for node in self.tree.walk() if not node.title]

    @cached_property
    def participants(self) -> dict[int, Participant]:
        """The carriers as the round knows them, by the key of their entry."""
        return {one.object_id: one for one in self.round.participants.all()}

    @cached_property
    def reviewers(self) -> Any:
        """The staff, who take turns."""
        return cycle(self.world.staff)

    def play(self) -> None:
        """Play everything, each phase at its time."""
        self.plan()
        self.in_phase(Phase.COLLECT, days=2, steps=(self.propose, self.review, self.answer))
        self.in_phase(Phase.DISCUSS, days=1, steps=(self.come_too_late, self.talk, self.reword, self.edit_meanwhile))
        self.in_phase(Phase.VOTE, days=1, steps=(self.vote, self.resist, self.withdraw))

    def in_phase(self, phase: Phase, *, days: int, steps: Any) -> None:
        """Let the clock be some days after the beginning of a phase, and everybody do what is their part then."""
        begins = dict(self.round.begins)[phase]
        with time_machine.travel(begins + timedelta(days=days)):
            assert self.round.phase == phase
            self.world.log_in()
            for step in steps:
                step()
                self.tell(f"{phase.label}: {step.__name__}\n{self.world.meter.table()}\n")

    # What the staff prepare

    def plan(self) -> None:
        """Prepare the round and start it."""
        staff = self.world.staff[0]
        data = {
            "title": "Frühjahrsrunde",
            "about": "Alle Module.",
            **{name: f"{self.start + timedelta(days=days):%Y-%m-%dT%H:%M}" for name, days in TIMES.items()},
            "quorum": max(1, self.carriers // 10),
        }
        prepared = staff.fill("preparing the round", reverse("rounds:new_round"), data, having="collect_from")
        number = Round.objects.get().number
        assert prepared.headers["Location"] == reverse("rounds:manage_round", args=[number])
        staff.send("starting the round", reverse("rounds:start_round", args=[number]), {})
        assert Participant.objects.count() == self.carriers

    # What carriers propose

    def propose(self) -> None:
        for plan in self.plans:
            if plan.fate in (Fate.ON_PAPER, Fate.UNCONFIRMED):
                self._enter(plan)
            else:
                self._write(plan)

    def _team(self, plan: Plan) -> Team:
        return self.world.teams[plan.carrier]

    def _participant(self, team: Team) -> Participant:
        return self.participants[team.carrier.pk]

    def _write(self, plan: Plan) -> None:
        """The editor writes a draft, the manager reads it and submits it."""
        team = self._team(plan)
        for edit in plan.edits:
            self._write_change(team, plan, edit)
        about: dict[str, Any] = {"title": plan.title, "reason": "Weil es in der Praxis so ist.", "aktion": "weiter"}
        if plan.is_editorial:
            about["is_editorial"] = "on"
        draft = reverse("rounds:draft", args=[plan.pk])
        sent = team.manager.fill("describing a draft", draft, about, having="reason")
        assert sent.headers["Location"] == reverse("rounds:submit", args=[plan.pk])
        if plan.fate != Fate.LATE:
            team.manager.open("submitting", reverse("rounds:submit", args=[plan.pk]))
            team.manager.send("submitting", reverse("rounds:submit", args=[plan.pk]), {})

    def _write_change(self, team: Team, plan: Plan, edit: Edit) -> None:
        in_draft = {"pk": plan.pk} if plan.pk else {}
        chosen = "" if plan.pk else f"?fuer={self._participant(team).pk}"
        node = self.passages[edit.passage] if edit.deed != Deed.FIELD else self.tree.modules[edit.passage]
        data: dict[str, Any] = {"html": f"<p>{edit.words}</p>"}
        names: dict[str, Any] = {"anchor": node.anchor}
        page, having = "write", "html"
        match edit.deed:
            case Deed.ADD:
                page, names = "add", {"where": "nach", "anchor": node.anchor, "kind": "absatz"}
            case Deed.REMOVE:
                page, names["operation"], data, having = "operate", "streichen", {}, "gesehen"
            case Deed.MOVE:
                page, names["operation"], data, having = "operate", "verschieben", {}, "place"
            case Deed.FIELD:
                data = {"ue": "6"}
        address = reverse(f"rounds:{page}", kwargs={**in_draft, **names}) + chosen
        step = f"writing: {edit.deed}"
        opened = team.editor.open(step, address)
        if edit.deed == Deed.MOVE:
            data = {"place": [one for one in options_of(opened, "place") if one.endswith(":")][-1]}
        sent = team.editor.send(step, address, {**form_with(opened, having), **data})
        found = NUMBER.search(sent.headers["Location"])
        assert found, sent.headers["Location"]
        plan.pk = int(found[1])

    def _enter(self, plan: Plan) -> None:
        """One of the staff enters what came on paper; the carrier confirms it, or forgets to."""
        team, [edit] = self._team(plan), plan.edits
        sheet = {
            "participant": self._participant(team).pk,
            "code": self.passages[edit.passage].anchor,
            "operation": "ersetzen",
            "vorschlag-title": plan.title,
            "vorschlag-reason": "So stand es auf dem Papier.",
            "html": f"<p>{edit.words}</p>",
        }
        staff = next(self.reviewers)
        staff.send("entering on behalf", reverse("rounds:enter_proposal", args=[self.round.number]), sheet)
        plan.pk = Proposal.objects.get(current__title=plan.title).pk
        if plan.fate == Fate.ON_PAPER:
            team.manager.open("confirming", own_move(plan, "bestaetigen"))
            team.manager.send("confirming", own_move(plan, "bestaetigen"), {})

    # What the staff review

    def review(self) -> None:
        """Look at everything that waits, in its order."""
        number = self.round.number
        for plan in self.plans:
            if plan.fate in (Fate.LATE, Fate.WAITING, Fate.UNCONFIRMED):
                continue
            staff = next(self.reviewers)
            if plan.number % 10 == 0:
                staff.open("review queue", reverse("rounds:review_queue", args=[number]))
            self._review(staff, plan)

    def _review(self, staff: Person, plan: Plan) -> None:
        address = reverse("rounds:review", args=[self.round.number, plan.pk])
        data = form_with(staff.open("reviewing", address), "reason")
        match plan.fate:
            case Fate.ASKED:
                data |= {"aktion": "rueckfrage", "reason": "Was meinen Sie genau?"}
            case Fate.REFUSED:
                data |= {"aktion": "ablehnen", "reason": "Das gehört nicht in den Leitfaden."}
            case Fate.MERGED:
                into = self.plans[plan.number - 1].pk
                data |= {"aktion": "zusammenfuehren", "into": into, "reason": "Dasselbe Anliegen."}
            case _:
                data |= {"aktion": "zulassen"}
        staff.send("reviewing", address, data)
        if plan.number % 4 == 0 and plan.fate == Fate.ADMITTED:
            advice = {"empfehlung-advice": "annehmen", "empfehlung-reason": "Das ist klarer.", "aktion": "empfehlen"}
            staff.send("recommending", address, {"fassung": data["fassung"], **advice})

    def answer(self) -> None:
        """Answer questions by another wording, which the staff then admit."""
        for plan in self._with(Fate.ASKED):
            self._another_wording(plan)
            plan.fate = Fate.ADMITTED
            self._review(next(self.reviewers), plan)

    def _with(self, fate: Fate) -> list[Plan]:
        return [plan for plan in self.plans if plan.fate == fate]

    def _another_wording(self, plan: Plan) -> None:
        """Write and submit another wording of a proposal with one change."""
        team, [edit] = self._team(plan), plan.edits
        edit.words += " Überarbeitet."
        team.manager.send("writing anew", reverse("rounds:reopen", args=[plan.pk]), {})
        address = reverse("rounds:write", kwargs={"pk": plan.pk, "anchor": self.passages[edit.passage].anchor})
        team.editor.fill("writing anew", address, {"html": f"<p>{edit.words}</p>"}, having="html")
        said = {"reason": "Jetzt ist es deutlicher."}
        team.manager.fill("submitting anew", reverse("rounds:submit", args=[plan.pk]), said, having="reason")

    # What happens while all discuss

    def come_too_late(self) -> None:
        """Submit after the deadline: refused, and the draft is kept."""
        for plan in self._with(Fate.LATE):
            self._team(plan).manager.send("submitting late", reverse("rounds:submit", args=[plan.pk]), {}, status=409)
            assert Proposal.objects.get(pk=plan.pk).state == ProposalState.DRAFT

    def talk(self) -> None:
        """Read, discuss, and take the first third of all positions."""
        for plan in self._voted()[::5]:
            person = self.world.teams[(plan.carrier + 1) % self.carriers].editor
            data = {"text": "Das sehen wir auch so.", "aktion": "beitrag"}
            person.fill("saying something", proposal_page(plan), data, having="text")
        self._take_positions(self.positions // 3)

    def reword(self) -> None:
        for plan in self._with(Fate.REWORDED):
            self._another_wording(plan)

    def edit_meanwhile(self) -> None:
        """The staff edit the text: one passage about which there is a proposal, and another one."""
        touched = next(plan.edits[0] for plan in self.plans if plan.is_rival)
        for passage in (touched.passage, len(self.passages) - 1):
            seen = self.passages[passage].version
            self.edited.add(seen.block_id)
            save(
                self.world.document,
                StaffEdit(seen, text(said(passage).replace("Familien", "alle Familien"))),
                by=self.world.staff[0].user,
                base=head(self.world.document),
            )

    # How carriers vote

    def vote(self) -> None:
        self._take_positions(self.positions - self.positions // 3)

    def _voted(self) -> list[Plan]:
        """What carriers are asked about."""
        admitted = set(Proposal.objects.admitted().filter(is_editorial=False).values_list("pk", flat=True))
        return [plan for plan in self.plans if plan.pk in admitted]

    def _take_positions(self, number: int) -> None:
        """Let carriers say how they stand, in an order that only chance knows; one of ten reads the page anew."""
        turns = [(plan, team) for plan in self._voted() for team in self.world.teams]
        self.random.shuffle(turns)
        for at, (plan, team) in enumerate(turns[:number]):
            if at % 10 == 0:
                team.manager.open("reading a proposal", proposal_page(plan))
            self._take_position(plan, team)

    def _take_position(self, plan: Plan, team: Team) -> None:
        stance = self.random.choice(SCEPTICAL if plan.number % 3 == 1 else STANCES)
        prefix = f"position-{self._participant(team).pk}"
        data = {
            "aktion": "position",
            "traeger": self._participant(team).pk,
            f"{prefix}-stance": stance.value,
            f"{prefix}-reason": "" if stance in (Stance.AGREE, Stance.ABSTAIN) else "Das ist uns zu viel.",
            f"{prefix}-version": Proposal.objects.values_list("current", flat=True).get(pk=plan.pk),
        }
        before = Position.objects.count()
        team.manager.send("taking a position", proposal_page(plan), data)
        self.taken += Position.objects.count() - before

    def resist(self) -> None:
        """A third of all carriers say how much they resist each way to settle what is disputed."""
        places = {plan.edits[0].passage for plan in self.plans if plan.is_rival}
        for passage in sorted(places):
            address = reverse("rounds:poll", args=[self.round.number, self.passages[passage].anchor])
            for team in self.world.teams[::3]:
                opened = team.manager.open("resistance poll", address)
                prefix = f"widerstand-{self._participant(team).pk}"
                names = opened.context["names"]
                values = {f"{prefix}-{name}": str(self.random.randrange(11)) for name in names}
                data = {"traeger": self._participant(team).pk, "gezeigt": names, **values}
                team.manager.send("resistance poll", address, data)

    def withdraw(self) -> None:
        for plan in self._with(Fate.WITHDRAWN):
            reason = {"reason": "Wir sehen es inzwischen anders."}
            self._team(plan).manager.fill("withdrawing", own_move(plan, "zurueckziehen"), reason, having="reason")


TIMES = {"collect_from": -1, "discuss_from": 40, "vote_from": 60, "vote_until": 80}
"""When the phases of the round begin, in days from now."""


def own_move(plan: Plan, word: str) -> str:
    return reverse("rounds:own_move", args=[plan.pk, word])


def proposal_page(plan: Plan) -> str:
    return reverse("rounds:proposal", args=[plan.pk])
