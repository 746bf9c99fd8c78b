"""A round as large as they may become. ``make simulation`` plays it and prints what each kind of step took.

No module of the normal tests: it takes its time. ``var/simulation.txt`` has the figures so far.
"""

import sys
from pathlib import Path

import pytest

from tests.simulation.deciding import Staff
from tests.simulation.ledger import Ledger
from tests.simulation.playing import Simulation

pytestmark = pytest.mark.django_db(transaction=True)

FIGURES = Path(__file__).resolve().parents[2] / "var" / "simulation.txt"


def test_sixty_carriers(settings):
    # The files are built elsewhere; here it is enough that they wait for it.
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    simulation = Simulation(carriers=60, proposals=300, positions=3_000, tell=FIGURES.write_text)
    simulation.play()
    staff = Staff(simulation)
    staff.decide()
    Ledger(simulation, staff).check()
    FIGURES.write_text(simulation.world.meter.table())
    sys.stdout.write(f"\n{simulation.world.meter.table()}\n")
