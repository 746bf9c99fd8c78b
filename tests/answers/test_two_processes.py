"""Whoever asks after a change is told of it, whichever process answers and however many ask meanwhile."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from lotsen.models import Carrier
from migrantenorgs.actions import withdraw_consent
from migrantenorgs.models import MigrantOrganisation, Visibility
from tests.browser import portal as portals
from tests.factories import CarrierFactory, MigrantOrganisationFactory, NoticeFactory, ProgrammeFactory, UserFactory
from tests.listings.proposing import propose
from vielfalt.listings import actions, publishing
from vielfalt.listings.models import State
from vielfalt.notices.actions import end

READERS = 6
"""So many connections that both processes answer some of them."""


@dataclass(frozen=True)
class Answered:
    """When a question was asked, and whether the answer had the word in it."""

    asked_at: float
    tells: bool


@pytest.fixture(scope="module")
def portal(shared, worker_id):
    with portals.running(shared, f"{worker_id}_answers", WEB_CONCURRENCY="2") as running:
        yield running


@pytest.fixture(autouse=True)
def _same_database(portal, django_db_blocker):
    """Let this test write into the database of the running portal, as another of its processes would."""
    with django_db_blocker.unblock(), _connected_to(portal.database):
        yield


@contextmanager
def _connected_to(database: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    _connect_to(database)
    try:
        yield
    finally:
        _connect_to(before)


def _connect_to(database: str) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = database
    # Their numbers are others there.
    ContentType.objects.clear_cache()


def ask(portal: portals.Portal, path: str, word: str, enough: Callable[[], bool]) -> list[Answered]:
    """Ask again and again until ``enough``, each time over a connection of its own, so that either process answers."""
    answers = []
    while not enough():
        with closing(HTTPConnection(urlsplit(portal.address).netloc, timeout=30)) as asking:
            asked_at = monotonic()
            asking.request("GET", path)
            content = asking.getresponse().read()
        answers.append(Answered(asked_at, word.encode() in content))
    return answers


def after_so_many(number: int) -> Callable[[], bool]:
    """Return what says "enough" after ``number`` questions."""
    left = iter([False] * number)
    return lambda: next(left, True)


def around(portal: portals.Portal, path: str, word: str, change: Callable[[], object]) -> tuple[list[bool], list[bool]]:
    """Return what readers found before ``change``, and what those found who asked after it."""
    before = [answer.tells for _reader in range(READERS) for answer in ask(portal, path, word, after_so_many(4))]
    changed = Event()
    with ThreadPoolExecutor(READERS) as pool:
        running = [pool.submit(ask, portal, path, word, changed.is_set) for _reader in range(READERS)]
        try:
            change()
            at = monotonic()
            after = ask(portal, path, word, after_so_many(20))
        finally:
            # Or they would ask for ever.
            changed.set()
        after += [answer for reader in running for answer in reader.result() if answer.asked_at >= at]
    return before, [answer.tells for answer in after]


def staff():
    return UserFactory(is_staff=True, is_superuser=True)


def rest_carrier():
    entry = CarrierFactory(name="Ruhender Träger", slug="ruhend")
    ProgrammeFactory(carrier=entry)
    by = staff()
    return "/traeger/", entry.name, lambda: publishing.make_dormant(entries=[entry], by=by)


def publish_carrier():
    entry = CarrierFactory(name="Neuer Träger", state=State.DRAFT)
    return "/traeger/", entry.name, lambda: Carrier.objects.filter(pk=entry.pk).update(state=State.PUBLISHED)


def accept_change():
    entry = CarrierFactory(name="Alter Name", slug="alter-name")
    request, by = propose(entry, UserFactory(), name="Ganz neuer Name"), staff()
    return f"/traeger/{entry.slug}/", "Alter Name", lambda: actions.accept(request=request, by=by)


def take_consent_back():
    entry = MigrantOrganisationFactory(slug="zustimmung", consented=True, email="verein@example.org")
    path = "/migrantenorganisationen/zustimmung/"
    return path, "verein@example.org", lambda: withdraw_consent(organisation=entry)


def for_the_network_only():
    entry = MigrantOrganisationFactory(name="Verein fürs Netzwerk")

    def hide():
        MigrantOrganisation.objects.filter(pk=entry.pk).update(visibility=Visibility.NETWORK)

    return f"/migrantenorganisationen/eintraege.geojson?id={entry.pk}", entry.name, hide


def end_notice():
    notice = NoticeFactory(title="Raum für Proben")
    return "/sucht-bietet/neues.atom", notice.title, lambda: end(notice=notice)


@pytest.mark.parametrize(
    ("situation", "appears"),
    [
        (rest_carrier, False),
        (publish_carrier, True),
        (accept_change, False),
        (take_consent_back, False),
        (for_the_network_only, False),
        (end_notice, False),
    ],
)
def test_the_next_answer_is_right(portal, situation, appears):
    path, word, change = situation()
    before, after = around(portal, path, word, change)
    assert set(before) == {not appears}
    assert set(after) == {appears}
