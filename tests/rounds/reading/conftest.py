"""Readers of every kind, and what they are shown of a proposal."""

from typing import Any

import pytest


@pytest.fixture
def readers(staff: Any, alice: Any, hanau: Any) -> Any:
    """A client of a reader by name: ``readers("network")``. Hanau's proposals are those that one looks at."""
    from django.test import Client

    from tests.factories import UserFactory
    from tests.rounds.rounds import carrier, member, researcher
    from vielfalt.accounts.models import Role

    people = {
        "anonymous": lambda: None,
        "charlie": lambda: UserFactory(name="Charlie"),
        "network": lambda: member(carrier("Lotsen Kassel"), "Nora"),
        "editor": lambda: member(hanau, "Edda", role=Role.EDITOR),
        "manager": lambda: alice,
        "staff": lambda: staff,
        "researcher": researcher,
    }
    known: dict[str, Any] = {}

    def readers(name: str) -> Client:
        client = Client()
        if name not in known:
            known[name] = people[name]()
        if (person := known[name]) is not None:
            client.force_login(person)
        return client

    return readers
