"""Who may open which address of a round: a row for every URL; one without a row fails."""

from importlib import import_module

import pytest
from django.urls import get_resolver

from leitfaden import editions
from leitfaden.rounds import planning
from leitfaden.rounds.models import Code, Phase
from leitfaden.rounds.urls import app_name
from leitfaden.trees import load_tree
from tests.factories import UserFactory
from tests.leitfaden.texts import head, passage, publish
from tests.rounds.access import ROLES
from tests.rounds.rounds import (
    admitted,
    as_participant,
    carrier,
    conductor,
    draft,
    let_it_be,
    member,
    researcher,
    submitted,
    times,
)
from tests.test_access import url_names
from vielfalt.accounts.models import Role

pytestmark = pytest.mark.django_db

PARTS = ("reading", "writing", "conducting", "workbench", "ledger", "paper", "research")
ROWS = {name: row for part in PARTS for name, row in import_module(f"tests.rounds.access.{part}").ROWS.items()}


@pytest.fixture
def ids(round_, document, hanau, fulda, alice, bob, staff):
    """A round in discussion with a draft, a submitted and an admitted proposal of Hanau, and one that is prepared.

    The text is published as edition 2026.1; 2026.2 is still a draft.
    """
    found = {
        "draft": draft(round_, hanau, alice, ("eins", "eins!")).pk,
        "submitted": submitted(round_, hanau, alice, ("zwei", "zwei!")).pk,
        "admitted": admitted(round_, hanau, alice, ("drei", "drei!"), staff=staff).pk,
        "other": admitted(round_, fulda, bob, ("drei", "drei?"), staff=staff).pk,
    }
    values = {"title": "Herbst", "about": "", "quorum": 1, **times()}
    planned = planning.save_round(document=document, values=values, organisations=[hanau], by=staff)
    let_it_be(round_, Phase.DISCUSS)
    publish(document, "2026.1", staff, conductor("Zweite Redaktion"))
    editions.create_edition(document=document, label="2026.2", revision=head(document), by=staff)
    anchors = {
        "passage": load_tree(round_.base).modules[0].children[0].children[0].anchor,
        "disputed": passage(document, "drei").anchor,
        "calm": passage(document, "zwei").anchor,
    }
    participant = as_participant(round_, hanau).pk
    code = Code.objects.create(name="Sprache", created_by=staff).pk
    return {
        **found,
        **anchors,
        "code": code,
        "round": round_.number,
        "planned": planned.number,
        "participant": participant,
    }


@pytest.fixture
def user(request, hanau, staff, alice):
    found = {
        "anonymous": lambda: None,
        "charlie": lambda: UserFactory(name="Charlie"),
        "network": lambda: member(carrier("Lotsen Kassel")),
        "editor": lambda: member(hanau, role=Role.EDITOR),
        "manager": lambda: alice,
        "staff": lambda: staff,
        "researcher": researcher,
        "superuser": lambda: UserFactory(is_staff=True, is_superuser=True),
    }
    return found[request.param]()


def test_every_url_has_a_row():
    names = {name for name in url_names(get_resolver().url_patterns) if name.startswith(f"{app_name}:")}
    assert names == {name.partition(" ")[0] for name in ROWS}


@pytest.mark.parametrize(("user", "column"), [(name, at) for at, name in enumerate(ROLES)], indirect=["user"])
def test_access(user, column, ids, client, settings):
    """All rows of one role in one test, because everybody opens them on the same portal."""
    settings.STAFF_SECOND_FACTOR = False
    if user is not None:
        client.force_login(user)
    wanted = {name: statuses[column] for name, (_address, statuses) in ROWS.items()}
    got = {name: status(client, address.format(**ids)) for name, (address, _statuses) in ROWS.items()}
    assert got == wanted


def status(client, address):
    answer = client.get(address)
    if answer.streaming:
        # The file stays open until somebody has read it.
        answer.getvalue()
    return answer.status_code
