"""The portal before a simulated round: a text, carriers with their teams, and five of the staff."""

from dataclasses import dataclass

from leitfaden import actions
from leitfaden.changes import Change, Insert
from leitfaden.models import Document, Kind
from lotsen.models import Carrier
from tests.leitfaden.texts import publish, save, text, titled
from tests.rounds import rounds
from tests.simulation.meter import Meter
from tests.simulation.people import Person
from tests.simulation.plans import passages_for, said
from vielfalt.accounts.models import Role

FIRST_EDITION, NEXT_EDITION = "2026.1", "2026.2"

MODULES_PER = 20
"""One module for so many proposals."""


@dataclass
class Team:
    """A carrier with those who work for it."""

    carrier: Carrier
    manager: Person
    editor: Person


@dataclass
class World:
    """Everybody and everything."""

    document: Document
    teams: list[Team]
    staff: list[Person]
    meter: Meter

    @property
    def people(self) -> list[Person]:
        return [*self.staff, *(one for team in self.teams for one in (team.manager, team.editor))]

    def log_in(self) -> None:
        for person in self.people:
            person.log_in()


def make_world(*, carriers: int, proposals: int) -> World:
    """Make a world in which as many proposals have room as are to come."""
    meter = Meter()
    staff = [Person(rounds.conductor(f"Redaktion {n}"), meter) for n in range(5)]
    document = make_text(proposals, staff[0])
    publish(document, FIRST_EDITION, *(person.user for person in staff[:2]))
    teams = []
    for n in range(carriers):
        carrier = rounds.carrier(f"Träger {n:02}")
        people = (rounds.member(carrier, f"{role.label} {n}", role) for role in (Role.MANAGER, Role.EDITOR))
        teams.append(Team(carrier, *(Person(user, meter) for user in people)))
    world = World(document, teams, staff, meter)
    world.log_in()
    return world


def make_text(proposals: int, by: Person) -> Document:
    """A document with a passage for everything that is to be proposed."""
    document = actions.create_document(slug="leitfaden", title="Leitfaden", by=by.user)
    number, modules = passages_for(proposals), max(2, proposals // MODULES_PER)
    changes: list[Change] = []
    last = None
    for at in range(modules):
        module = Insert(Kind.MODULE, titled(f"Modul {at}", ue=4), None, last)
        last = module.block
        section = Insert(Kind.INTRODUCTION, titled(f"Einführung {at}"), module.block)
        changes += [module, section]
        after = None
        for passage in range(number * at // modules, number * (at + 1) // modules):
            changes.append(Insert(Kind.TEXT, text(said(passage)), section.block, after))
            after = changes[-1].block
    save(document, *changes, by=by.user)
    return document
