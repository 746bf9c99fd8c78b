"""The people of these tests: Alice manages a carrier, Bob edits it, Charlie belongs to another one."""

import re

import pytest

PASSWORD = "ein langes Wort 7"  # noqa: S105 - of people who exist in tests only


@pytest.fixture
def carrier(reference_data, db):
    # Factories know models, which do not exist yet when pytest reads this file.
    from tests.factories import CarrierFactory

    return CarrierFactory(name="Verein Beispiel e. V.")


def member(carrier, name, **membership):
    from tests.factories import CarrierMembershipFactory, UserFactory

    user = UserFactory(email=f"{name.lower()}@example.org", name=name, password=PASSWORD)
    CarrierMembershipFactory(organisation=carrier, user=user, **membership)
    return user


@pytest.fixture
def alice(carrier):
    return member(carrier, "Alice", role="leitung")


@pytest.fixture
def bob(carrier):
    return member(carrier, "Bob")


@pytest.fixture
def charlie(carrier):
    from tests.factories import CarrierFactory

    return member(CarrierFactory(name="Anderer Verein"), "Charlie", role="leitung")


@pytest.fixture
def staff(reference_data, db):
    """Looks after carriers."""
    from tests.factories import curator

    return curator(email="zentrum@example.org", name="Redaktion", password=PASSWORD)


@pytest.fixture
def link(mailoutbox):
    """The address in the last mail, without the host."""

    def link() -> str:
        return re.search(r"https?://[^/\s]+(/\S+)", mailoutbox[-1].body)[1]

    return link
