"""What the carriers of a simulated round want: the same in every run."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from leitfaden.content import Content
from tests.leitfaden.texts import text


class Deed(StrEnum):
    """What one change does."""

    REWORD = "reword"
    NUMBER = "number"
    FIELD = "field"
    ADD = "add"
    REMOVE = "remove"
    MOVE = "move"


class Fate(StrEnum):
    """What happens to a proposal before the vote."""

    ADMITTED = "admitted"
    LATE = "late"
    """Written in time and submitted too late."""
    ASKED = "asked"
    """Given back with a question, and answered by another wording."""
    REFUSED = "refused"
    WAITING = "waiting"
    """Nobody of the staff finds the time."""
    MERGED = "merged"
    """With the one before it, about the same passage."""
    REWORDED = "reworded"
    """Improved after some carriers have taken a position."""
    WITHDRAWN = "withdrawn"
    ON_PAPER = "on paper"
    """Entered by the staff, and confirmed."""
    UNCONFIRMED = "unconfirmed"
    """Entered by the staff, and never confirmed."""


SPECIAL = {
    5: Fate.ASKED,
    7: Fate.ON_PAPER,
    9: Fate.MERGED,
    12: Fate.REFUSED,
    14: Fate.LATE,
    15: Fate.WITHDRAWN,
    17: Fate.REWORDED,
    18: Fate.WAITING,
    19: Fate.UNCONFIRMED,
}
"""Of each twenty proposals."""

MEANT = "Lotsinnen und Lotsen begleiten Familien in Absatz {n} bei Wegen zu Ämtern und sollen zwei Stunden dafür haben."
TITLES = ("Verständlicher schreiben", "Mehr Zeit", "Aus der Praxis", "Beispiel ergänzen", "Kürzer fassen")


@dataclass
class Edit:
    """One change: what is to become of which passage."""

    deed: Deed
    passage: int
    words: str = ""

    @property
    def content(self) -> Content:
        return text(self.words)


@dataclass
class Plan:
    """A proposal as its carrier has it in mind."""

    number: int
    carrier: int
    title: str
    fate: Fate
    edits: list[Edit] = field(default_factory=list)
    is_editorial: bool = False
    is_rival: bool = False
    """Whether others are about the same passage."""
    pk: int = 0
    """The key of the proposal, once there is one."""


def said(passage: int) -> str:
    """What a passage says before the round."""
    return MEANT.format(n=passage)


def plans_for(carriers: int, proposals: int) -> list[Plan]:
    """Return what carriers propose: one after another, of every kind and with every fate."""
    fresh = iter(range(hot_passages(proposals), passages_for(proposals)))
    found: list[Plan] = []
    for number in range(proposals):
        fate = SPECIAL.get(number % 20, Fate.ADMITTED)
        carrier = (number + number // carriers) % carriers
        plan = Plan(number, carrier, f"{TITLES[number % len(TITLES)]} ({number})", fate)
        plan.is_editorial = fate == Fate.ADMITTED and number % 20 in (1, 11)
        plan.is_rival = fate == Fate.ADMITTED and number % 20 in (2, 6, 10)
        if fate == Fate.MERGED:
            passage = found[-1].edits[0].passage
            plan.edits = [Edit(Deed.REWORD, passage, said_by(plan, passage))]
        else:
            plan.edits = list(_edits(plan, proposals, fresh))
        found.append(plan)
    return found


def _edits(plan: Plan, proposals: int, fresh: Iterator[int]) -> Iterator[Edit]:
    kind = plan.number % 20
    if plan.is_rival:
        passage = plan.number // 20 % hot_passages(proposals)
        yield Edit(Deed.REWORD, passage, said_by(plan, passage, plan.number % 3))
    elif plan.is_editorial:
        passage = next(fresh)
        yield Edit(Deed.REWORD, passage, said(passage).replace("bei Wegen zu Ämtern", "auf Wegen zu Ämtern"))
    elif plan.fate != Fate.ADMITTED:
        yield Edit(Deed.REWORD, (passage := next(fresh)), said_by(plan, passage))
    elif kind in (0, 8):
        yield Edit(Deed.NUMBER, (passage := next(fresh)), said(passage).replace("zwei Stunden", "drei Stunden"))
        yield Edit(Deed.ADD, next(fresh), f"Ergänzung von Vorschlag {plan.number}.")
        yield Edit(Deed.REWORD, (passage := next(fresh)), f"{said(passage)} Dazu kommt ein Beispiel.")
    elif kind == 3:
        yield Edit(Deed.REMOVE, next(fresh))
    elif kind == 4:
        yield Edit(Deed.MOVE, next(fresh))
    elif kind == 13:
        yield Edit(Deed.FIELD, plan.number // 20)
    else:
        yield Edit(Deed.REWORD, (passage := next(fresh)), f"{said(passage)} Das schlägt Nummer {plan.number} vor.")


def said_by(plan: Plan, passage: int, where: int = 1) -> str:
    """Another wording by a carrier: at the beginning, in the middle or at the end, so that some go together."""
    at = ("begleiten", "Wegen", "Stunden")[where]
    return said(passage).replace(at, f"{at} (Träger {plan.carrier})")


def hot_passages(proposals: int) -> int:
    """How many passages proposals fight for."""
    return max(1, proposals // 30)


def passages_for(proposals: int) -> int:
    """How many passages the text needs, so that most proposals have their own."""
    return hot_passages(proposals) + 2 * proposals
