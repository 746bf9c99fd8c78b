"""Alice manages a carrier, Bob edits it, Charlie belongs to another one."""

import pytest


@pytest.fixture
def carrier():
    from tests.factories import CarrierFactory

    return CarrierFactory(name="Eigener Träger", slug="eigener")


@pytest.fixture
def programme(carrier):
    from tests.factories import ProgrammeFactory

    return ProgrammeFactory(carrier=carrier, title="Lots*innen", languages=["ara"])


@pytest.fixture
def alice(carrier):
    from tests.workspace.members import member

    return member(carrier, "leitung", email="alice@example.org", name="Alice")


@pytest.fixture
def bob(carrier):
    from tests.workspace.members import member

    return member(carrier, email="bob@example.org", name="Bob")


@pytest.fixture
def charlie():
    from tests.factories import CarrierFactory
    from tests.workspace.members import member

    return member(CarrierFactory(slug="fremder"), "leitung", email="charlie@example.org")
