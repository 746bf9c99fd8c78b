"""Rounds for tests: carriers with their people, a running round, and proposals in every state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.auth.models import Permission
from django.utils import timezone

from leitfaden.content import Content
from leitfaden.models import Document
from leitfaden.rounds import deciding, planning, proposing, reviewing, voting
from leitfaden.rounds.bench import load_bench
from leitfaden.rounds.models import (
    Outcome,
    Participant,
    Phase,
    Position,
    Proposal,
    ProposalState,
    Result,
    Round,
    Stance,
)
from leitfaden.trees import load_tree
from lotsen.models import CarrierMembership
from tests.factories import CarrierFactory, UserFactory
from tests.leitfaden.texts import small_document, text
from vielfalt.accounts.models import Role, User

DAY = timedelta(days=1)
LENGTH = {Phase.COLLECT: 30, Phase.DISCUSS: 20, Phase.VOTE: 10}
"""How many days a phase takes in the rounds of the tests."""


def conductor(name: str = "Redaktion") -> User:
    """Somebody of the staff who conducts rounds, edits the text and publishes."""
    user = UserFactory(name=name, is_staff=True)
    rights = ["change_document", "publish_edition", "change_round"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return User.objects.get(pk=user.pk)


def researcher() -> User:
    """Somebody of the scientific partner: evaluates, and may do nothing else."""
    user = UserFactory(name="Wissenschaft")
    user.user_permissions.set(Permission.objects.filter(codename="research_round"))
    return User.objects.get(pk=user.pk)


def carrier(name: str) -> Any:
    """A public carrier."""
    return CarrierFactory(name=name)


def member(of: Any, name: str = "", role: Role = Role.MANAGER) -> User:
    """Somebody who works for a carrier."""
    user = UserFactory(name=name or f"{role.label} {of.name}")
    CarrierMembership.objects.create(organisation=of, user=user, role=role)
    return user


def times(now: datetime | None = None) -> dict[str, datetime]:
    """The times of a round that begins to collect a day before ``now``."""
    begin = (now or timezone.now()) - DAY
    discuss = begin + LENGTH[Phase.COLLECT] * DAY
    vote = discuss + LENGTH[Phase.DISCUSS] * DAY
    return {"collect_from": begin, "discuss_from": discuss, "vote_from": vote, "vote_until": vote + 10 * DAY}


def running_round(document: Document, carriers: Sequence[Any], by: User, *, quorum: int = 1, blocks: Any = ()) -> Round:
    """A round that has started and collects proposals."""
    values = {"title": "Frühjahrsrunde", "about": "", "quorum": quorum, **times()}
    planned = planning.save_round(document=document, values=values, organisations=carriers, blocks=blocks, by=by)
    return planning.start(round_=planned, by=by)


@dataclass(frozen=True)
class Cast:
    """Two carriers with those who manage them, and a text with those who care for it."""

    staff: User
    document: Document
    hanau: Any
    fulda: Any
    alice: User
    bob: User

    @classmethod
    def make(cls) -> Self:
        staff, hanau, fulda = conductor(), carrier("Lotsen Hanau"), carrier("Lotsen Fulda")
        return cls(staff, small_document(staff), hanau, fulda, member(hanau, "Alice"), member(fulda, "Bob"))

    def begin_round(self) -> Round:
        """Start a round of both carriers, in its first phase."""
        return running_round(self.document, [self.hanau, self.fulda], self.staff)


def let_it_be(round_: Round, phase: Phase) -> Round:
    """Let the round be in a phase now, by moving its times; nobody has to wait in tests."""
    lengths = [*LENGTH.values()]
    order = [Phase.WAITING, Phase.COLLECT, Phase.DISCUSS, Phase.VOTE, Phase.CONSOLIDATE]
    at = order.index(phase)
    begin = timezone.now() - sum(lengths[: max(at - 1, 0)]) * DAY + (DAY if at == 0 else -DAY)
    values = times(begin + DAY)
    Round.objects.filter(pk=round_.pk).update(**values)
    return Round.objects.get(pk=round_.pk)


def as_participant(round_: Round, organisation: Any) -> Participant:
    return Participant.objects.get(round=round_, object_id=organisation.pk)


def draft(
    round_: Round, organisation: Any, by: User, *edits: tuple[str, str], title: str = "Klarer schreiben"
) -> Proposal:
    """A draft that lets passages say something else: pairs of what they say and what they are to say."""
    proposal = proposing.begin(round_=round_, participant=as_participant(round_, organisation), by=by)
    for old, new in edits:
        node = next(node for node in load_tree(round_.base).walk() if old in (node.version.plain, node.title))
        content = Content.clean(title=new) if node.title else text(new)
        proposing.keep_wording(proposal=proposal, seen=node.version, content=content, by=by)
    proposing.describe(
        proposal=proposal, title=title, reason="Das ist verständlicher.", names_author=False, is_editorial=False, by=by
    )
    return proposal


def submitted(round_: Round, organisation: Any, by: User, *edits: tuple[str, str], **more: Any) -> Proposal:
    """A submitted proposal."""
    return proposing.submit(proposal=draft(round_, organisation, by, *edits, **more), by=by)


def admitted(round_: Round, organisation: Any, by: User, *edits: tuple[str, str], staff: User, **more: Any) -> Proposal:
    """A proposal that the staff have admitted."""
    return reviewing.admit(proposal=submitted(round_, organisation, by, *edits, **more), by=staff)


def entered(round_: Round, organisation: Any, staff: User, *edits: tuple[str, str], **more: Any) -> Proposal:
    """A proposal that the staff entered on behalf of a carrier and that waits for its confirmation."""
    return proposing.enter(proposal=draft(round_, organisation, staff, *edits, **more), by=staff)


def in_every_state(round_: Round, organisation: Any, by: User, staff: User) -> dict[ProposalState, Proposal]:
    """A proposal in every state, each made by what people do; only what consolidating makes is set."""
    edit = ("eins", "eins neu")

    def one(state: ProposalState) -> Proposal:
        return submitted(round_, organisation, by, edit, title=state.label)

    found = {
        ProposalState.DRAFT: draft(round_, organisation, by, edit),
        ProposalState.UNCONFIRMED: entered(round_, organisation, staff, edit),
        ProposalState.SUBMITTED: one(ProposalState.SUBMITTED),
        ProposalState.QUESTION: reviewing.ask(proposal=one(ProposalState.QUESTION), reason="Warum?", by=staff),
        ProposalState.ADMITTED: reviewing.admit(proposal=one(ProposalState.ADMITTED), by=staff),
        ProposalState.REFUSED: reviewing.refuse(proposal=one(ProposalState.REFUSED), reason="Passt nicht.", by=staff),
        ProposalState.WITHDRAWN: proposing.withdraw(proposal=one(ProposalState.WITHDRAWN), by=by),
    }
    target = found[ProposalState.ADMITTED]
    found[ProposalState.MERGED] = reviewing.merge(
        proposal=one(ProposalState.MERGED), into=target, reason="Dasselbe Anliegen.", by=staff
    )
    for state in (ProposalState.DECIDED, ProposalState.CARRIED):
        found[state] = reviewing.admit(proposal=one(state), by=staff)
        Proposal.objects.filter(pk=found[state].pk).update(state=state)
        found[state].refresh_from_db()
    return {state: found[state] for state in ProposalState}


def position(
    proposal: Proposal, organisation: Any, by: User, stance: Stance = Stance.AGREE, reason: str = "", **more: Any
) -> Position:
    """Take a carrier's position on the present wording of a proposal."""
    version = Proposal.objects.get(pk=proposal.pk).current
    participant = as_participant(proposal.round, organisation)
    return voting.take_position(version=version, participant=participant, stance=stance, reason=reason, by=by, **more)


def judge(proposal: Proposal, by: User, outcome: Outcome = Outcome.ADOPTED, **more: Any) -> None:
    """Give a verdict on all changes of a proposal."""
    for change in Proposal.objects.get(pk=proposal.pk).current.changes.all():
        deciding.judge(change=change, outcome=outcome, reason="Das überzeugt.", by=by, **more)


def confirm(round_: Round, proposal: Proposal, by: User, content: Content | None = None) -> Result:
    """Confirm what the passage of a proposal with one change is to say: what the portal makes of it, or ``content``."""
    target = Proposal.objects.get(pk=proposal.pk).current.changes.get().target
    place = load_bench(round_).by_target[target]
    assert place.merged is not None
    content = content or place.merged.content
    return deciding.confirm_result(round_=round_, target=target, content=content, basis=place.basis, by=by)


def reworded(proposal: Proposal, old: str, new: str, by: User) -> Proposal:
    """Submit another wording of a proposal, in which a passage says something else."""
    draft_ = proposing.reopen(proposal=proposal, by=by)
    known = next(one for one in draft_.changes.all() if one.content and old in (one.content.plain, one.title))
    assert known.seen is not None
    proposing.keep_wording(proposal=proposal, seen=known.seen, content=text(new), mark=known.mark, by=by)
    return proposing.resubmit(proposal=Proposal.objects.get(pk=proposal.pk), by=by)
