"""A small round through all pages, from the plan to the published edition; ``make simulation`` plays a large one."""

import pytest

from tests.simulation.deciding import Staff
from tests.simulation.ledger import Ledger
from tests.simulation.playing import Simulation

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("reference_data")
def test_a_whole_round_adds_up(settings):
    # The files are built elsewhere; here it is enough that they wait for it.
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    simulation = Simulation(carriers=6, proposals=12, positions=40)
    simulation.play()
    staff = Staff(simulation)
    staff.decide()
    Ledger(simulation, staff).check()
