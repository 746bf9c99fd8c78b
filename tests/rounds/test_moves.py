"""How proposals move: every state, phase, role and move, against a table that is written here once more."""

from copy import deepcopy
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from leitfaden.rounds import planning, proposing, reviewing, states
from leitfaden.rounds.models import Phase, Proposal, ProposalState, Round, RoundState
from leitfaden.rounds.models.proposals import LONGEST_REASON
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.states import OWNERS, TRANSITIONS, allowed, out_of_phase, status, why_not
from tests.factories import UserFactory
from tests.leitfaden.texts import head
from tests.rounds.rounds import draft, in_every_state, let_it_be, member, researcher, submitted
from vielfalt.accounts.models import Role

pytestmark = pytest.mark.django_db

EARLY = "vorschlagen besprechen"
ALWAYS = "vorschlagen besprechen abstimmen zusammenfuehren"
UNDECIDED = "unbestaetigt eingereicht rueckfrage zugelassen"

EXPECTED = {
    # Move: from which states, to which, who, in which phases, with a reason, whom it tells.
    "submit": ("entwurf", "eingereicht", "traeger", "vorschlagen", False, "redaktion"),
    "enter": ("entwurf", "unbestaetigt", "redaktion", EARLY, False, "leitung"),
    "confirm": ("unbestaetigt", "eingereicht", "traeger", EARLY, False, "redaktion"),
    "ask": ("eingereicht", "rueckfrage", "redaktion", EARLY, True, "team"),
    "answer": ("rueckfrage", "eingereicht", "traeger", EARLY, True, "redaktion"),
    "revise": ("eingereicht rueckfrage", "eingereicht", "traeger", EARLY, False, "redaktion"),
    "reword": ("zugelassen", "zugelassen", "traeger", EARLY, False, "positionen"),
    "admit": ("eingereicht", "zugelassen", "redaktion", EARLY, False, "team"),
    "refuse": ("eingereicht rueckfrage", "nicht-zugelassen", "redaktion", EARLY, True, "team"),
    "merge": ("eingereicht zugelassen", "zusammengefuehrt", "redaktion", EARLY, True, "team"),
    "part": ("zusammengefuehrt", "eingereicht", "redaktion", ALWAYS, True, "team"),
    "withdraw": (UNDECIDED, "zurueckgezogen", "traeger", ALWAYS, False, "niemand"),
    "decide": ("zugelassen", "entschieden", "redaktion", "zusammenfuehren", False, "team"),
    "carry": (UNDECIDED, "weitergetragen", "redaktion", "zusammenfuehren", False, "team"),
}
OWNED = {
    "entwurf": "traeger",
    "unbestaetigt": "traeger",
    "eingereicht": "redaktion",
    "rueckfrage": "traeger",
    "zugelassen": "alle",
    "nicht-zugelassen": "niemand",
    "zusammengefuehrt": "niemand",
    "zurueckgezogen": "niemand",
    "entschieden": "niemand",
    "weitergetragen": "niemand",
}
SIDES = {
    # Which role counts as which side of a proposal of Hanau.
    "anonymous": "",
    "charlie": "",
    "researcher": "",
    "manager of another carrier": "",
    "editor": "",
    "manager": "traeger",
    "staff": "redaktion",
    "superuser": "redaktion",
}


class TestTable:
    def test_it_is_the_one_written_here(self):
        told = {
            action: (
                " ".join(one.sources),
                one.target.value,
                one.side.value,
                " ".join(one.phases),
                one.needs_reason,
                one.tells.value,
            )
            for action, one in TRANSITIONS.items()
        }
        assert told == EXPECTED

    def test_every_state_has_an_owner(self):
        assert {state.value: OWNERS[state].value for state in ProposalState} == OWNED

    def test_whose_turn_it_is_can_do_something_and_nobody_else_has_to(self):
        for state in ProposalState:
            moves = [move for move in TRANSITIONS.values() if move.action != "part"]
            sides = {move.side for move in moves if state in move.sources}
            assert (OWNERS[state] == states.Side.NOBODY) == (not sides), state
            assert OWNERS[state] in (*sides, states.Side.EVERYBODY, states.Side.NOBODY), state

    def test_every_state_is_reached_from_a_draft(self):
        reached, before = {ProposalState.DRAFT}, set()
        while reached != before:
            before = set(reached)
            reached |= {move.target for move in TRANSITIONS.values() if reached & set(move.sources)}
        assert reached == set(ProposalState)

    def test_whatever_is_undecided_has_an_end_when_the_round_has(self):
        ends = {source for action in states.BY_CONSOLIDATING for source in TRANSITIONS[action].sources}
        open_ = {state for state in ProposalState if OWNERS[state] != states.Side.NOBODY}
        assert ends == open_ - {ProposalState.DRAFT}


@pytest.fixture
def people(hanau, alice, bob, staff):
    return {
        "anonymous": AnonymousUser(),
        "charlie": UserFactory(name="Charlie"),
        "researcher": researcher(),
        "manager of another carrier": bob,
        "editor": member(hanau, role=Role.EDITOR),
        "manager": alice,
        "staff": staff,
        "superuser": UserFactory(is_staff=True, is_superuser=True),
    }


@pytest.fixture(scope="module")
def made(cast):
    """A round with a proposal of Hanau in every state, three of which have a draft of another wording."""
    round_ = cast.begin_round()
    proposals = in_every_state(round_, cast.hanau, cast.alice, cast.staff)
    for state in (ProposalState.SUBMITTED, ProposalState.QUESTION, ProposalState.ADMITTED):
        proposing.reopen(proposal=proposals[state], by=cast.alice)
    return round_, proposals, submitted(round_, cast.hanau, cast.alice, ("zwei", "zwei neu"))


@pytest.fixture
def mine(made, db):
    """What was made for all, for one test."""
    return deepcopy(made)


@pytest.fixture
def round_(mine):
    return mine[0]


@pytest.fixture
def world(mine):
    """A proposal of Hanau in every state."""
    return mine[1]


@pytest.fixture
def other(mine):
    """Another one, which was submitted."""
    return mine[2]


def reach(round_, phase):
    """Let the round be in any phase, also in those that no clock leads to."""
    if phase in (Phase.PLANNED, Phase.CONCLUDED, Phase.CANCELLED):
        round_.state = {
            Phase.PLANNED: RoundState.PLANNED,
            Phase.CONCLUDED: RoundState.CONCLUDED,
            Phase.CANCELLED: RoundState.CANCELLED,
        }[phase]
        return round_
    return let_it_be(round_, phase)


@pytest.mark.parametrize("role", SIDES)
def test_who_may_do_what_in_each_state_and_phase(world, round_, people, role):
    """All moves in all states and phases: 1120 questions for each role."""
    got, wanted = set(), set()
    for phase in Phase:
        now = reach(round_, phase)
        for state, proposal in world.items():
            proposal.round = now
            for action, (sources, _target, side, phases, *_rest) in EXPECTED.items():
                case = (phase.value, state.value, action)
                if not why_not(proposal, action, by=people[role]):
                    got.add(case)
                if state in sources.split() and phase in phases.split() and side == SIDES[role]:
                    wanted.add(case)
    # Nobody enters on behalf of a carrier what the carrier has begun itself.
    wanted = {case for case in wanted if case[2] != "enter"}
    assert got == wanted
    assert bool(wanted) == bool(SIDES[role])


def test_what_follows_from_something_else_is_nobodys_single_move(world, round_, people):
    for phase in (Phase.COLLECT, Phase.CONSOLIDATE):
        now = let_it_be(round_, phase)
        for proposal in world.values():
            proposal.round = now
            assert not {"decide", "carry", "part"} & set(allowed(proposal, by=people["superuser"]))


def test_what_is_allowed_is_what_nothing_speaks_against(world, people):
    proposal = world[ProposalState.SUBMITTED]
    assert allowed(proposal, by=people["staff"]) == ["ask", "admit", "refuse", "merge"]
    assert allowed(proposal, by=people["manager"]) == ["revise", "withdraw"]
    assert allowed(proposal, by=people["editor"]) == []


def revise(*, proposal, by):
    """Submit another wording of what nobody has admitted."""
    return _resubmit(proposal, by, proposal.state != ProposalState.ADMITTED)


def reword(*, proposal, by):
    """Submit another wording of what is discussed."""
    return _resubmit(proposal, by, proposal.state == ProposalState.ADMITTED)


def _resubmit(proposal, by, is_meant):
    """``resubmit`` chooses by itself which of the two moves it is."""
    if not is_meant:
        raise NotNowError("Das ist der andere der beiden Schritte.")
    return proposing.resubmit(proposal=proposal, by=by)


DOING = {
    "submit": proposing.submit,
    "enter": proposing.enter,
    "confirm": proposing.confirm,
    "ask": partial(reviewing.ask, reason="Warum?"),
    "answer": partial(proposing.answer, reason="Darum."),
    "revise": revise,
    "reword": reword,
    "admit": reviewing.admit,
    "refuse": partial(reviewing.refuse, reason="Passt nicht."),
    "merge": partial(reviewing.merge, reason="Dasselbe Anliegen."),
    "withdraw": proposing.withdraw,
}
"""How each move is made."""


class Attempts:
    """Tries moves and takes them back."""

    def __init__(self, action, world, other, round_, hanau, alice, staff):
        self.action, self.round, self.by = action, round_, {"traeger": alice, "redaktion": staff}[EXPECTED[action][2]]
        self.world = dict(world)
        if action == "enter":
            self.world[ProposalState.DRAFT] = draft(round_, hanau, staff, ("eins", "eins neu"))
        self.other = other
        self.sources = [ProposalState(state) for state in EXPECTED[action][0].split()]

    def goes(self, state, by=None):
        """Whether the move goes in a state; where it does not, nothing may have changed."""
        with transaction.atomic():
            proposal, by = Proposal.objects.get(pk=self.world[state].pk), by or self.by
            before = self._seen(proposal)
            done, sentence = self._try(proposal, by)
            proposal.refresh_from_db()
            assert done != bool(sentence)
            if done:
                assert proposal.state == EXPECTED[self.action][1]
                step = proposal.steps.last()
                assert (step.action, step.by, proposal.steps.count()) == (self.action, by, before[-1] + 1)
            else:
                assert self._seen(proposal) == before
            transaction.set_rollback(True)
        return done

    def _try(self, proposal, by):
        more = {"into": self.other} if self.action == "merge" else {}
        try:
            DOING[self.action](proposal=proposal, by=by, **more)
        except PermissionDenied as error:
            return False, str(error)
        return True, ""

    def _seen(self, proposal):
        return proposal.state, proposal.number, proposal.current_id, proposal.merged_into_id, proposal.steps.count()


@pytest.fixture
def attempts(request, world, other, round_, hanau, alice, staff):
    return Attempts(request.param, world, other, round_, hanau, alice, staff)


def test_all_single_moves_are_made_here():
    assert set(DOING) == set(EXPECTED) - {"decide", "carry", "part"}


@pytest.mark.parametrize("attempts", DOING, indirect=True)
class TestMakingMoves:
    def test_from_each_state(self, attempts):
        assert [state for state in ProposalState if attempts.goes(state)] == attempts.sources

    def test_by_each_role(self, attempts, people):
        went = {role for role, person in people.items() if attempts.goes(attempts.sources[0], person)}
        assert went == {role for role, side in SIDES.items() if side == EXPECTED[attempts.action][2]}

    def test_in_each_phase(self, attempts):
        went = []
        for phase in (Phase.WAITING, Phase.COLLECT, Phase.DISCUSS, Phase.VOTE, Phase.CONSOLIDATE):
            let_it_be(attempts.round, phase)
            went += [phase.value] if attempts.goes(attempts.sources[0]) else []
        assert went == EXPECTED[attempts.action][3].split()

    @pytest.mark.parametrize("end", ["cancelled", "concluded"])
    def test_not_after_the_end(self, attempts, end, document, staff):
        if end == "cancelled":
            planning.cancel(round_=attempts.round, reason="Zu wenig Zeit.", by=staff)
        else:
            ends = {"state": RoundState.CONCLUDED, "result": head(document), "concluded_at": timezone.now()}
            Round.objects.filter(pk=attempts.round.pk).update(**ends)
        assert [state for state in ProposalState if attempts.goes(state)] == []


class TestReasons:
    @pytest.mark.parametrize("action", [action for action in DOING if EXPECTED[action][4]])
    @pytest.mark.parametrize("reason", ["", " \n\t", "\x00", "x" * (LONGEST_REASON + 1)])
    def test_without_one_or_too_long_nothing_moves(self, world, alice, staff, action, reason):
        proposal = world[ProposalState(EXPECTED[action][0].split()[0])]
        by = {"traeger": alice, "redaktion": staff}[EXPECTED[action][2]]
        more = {"into": world[ProposalState.ADMITTED]} if action == "merge" else {}
        doing = DOING[action].func
        with pytest.raises(ValidationError):
            doing(proposal=proposal, by=by, reason=reason, **more)
        assert Proposal.objects.get(pk=proposal.pk).state == EXPECTED[action][0].split()[0]

    def test_it_is_kept_with_the_step(self, world, staff):
        reviewing.ask(proposal=world[ProposalState.SUBMITTED], reason="  Warum?  \r\n Und wie?\x00 ", by=staff)
        assert world[ProposalState.SUBMITTED].steps.last().reason == "Warum?\n Und wie?"


def test_what_an_admitted_proposal_is_called(world, round_):
    names = {}
    for phase in (Phase.COLLECT, Phase.DISCUSS, Phase.VOTE, Phase.CONSOLIDATE):
        world[ProposalState.ADMITTED].round = world[ProposalState.DECIDED].round = let_it_be(round_, phase)
        names[phase.value] = status(world[ProposalState.ADMITTED])
        assert status(world[ProposalState.DECIDED]) == "Entschieden"
    assert names == {
        "vorschlagen": "Zugelassen",
        "besprechen": "In Diskussion",
        "abstimmen": "In Abstimmung",
        "zusammenfuehren": "Wird entschieden",
    }


@pytest.mark.parametrize(
    ("action", "phase", "sentence"),
    [
        ("submit", Phase.WAITING, "Diese Runde hat noch nicht begonnen."),
        (
            "submit",
            Phase.DISCUSS,
            "Dafür ist die Frist vorbei. Was Sie geschrieben haben, bleibt als Entwurf erhalten.",
        ),
        ("decide", Phase.VOTE, "Das geht erst, wenn die Abstimmung zu Ende ist."),
        ("withdraw", Phase.CONCLUDED, "Diese Runde ist beendet."),
        ("admit", Phase.CANCELLED, "Diese Runde ist beendet."),
        ("admit", Phase.COLLECT, ""),
    ],
)
def test_the_sentence_for_a_wrong_moment(world, round_, action, phase, sentence):
    proposal = world[ProposalState.SUBMITTED]
    proposal.round = reach(round_, phase)
    assert out_of_phase(proposal, TRANSITIONS[action]) == sentence


def test_the_documentation_is_drawn_from_the_table():
    drawn = (Path(__file__).resolve().parents[2] / "docs" / "proposal-states.md").read_text()
    assert drawn == states.document(), "run manage.py draw_proposal_states"
