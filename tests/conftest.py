"""What every test needs: settings like production's on the local PostgreSQL, and no way to other hosts."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

VAR_TESTS = Path(__file__).resolve().parent.parent / "var" / "tests"

# Set before Django reads them. DEBUG=1 only chooses the local PostgreSQL and unhashed static files here:
# pytest-django turns settings.DEBUG off, so error pages and templates behave as in production.
os.environ.update(
    DJANGO_SETTINGS_MODULE="tests.settings",
    DEBUG="1",
    DEMO="0",
    STATIC_ROOT=str(VAR_TESTS / "static"),
    MEDIA_ROOT=str(VAR_TESTS / "media"),
)
(VAR_TESTS / "static").mkdir(parents=True, exist_ok=True)


def pytest_configure(config: pytest.Config) -> None:
    """Load the settings: pytest-django sets Django up only if they are loaded by now.

    Where workers run the tests, the database that they copy is made while they look for them.
    """
    from django.conf import settings

    from tests import databases

    assert settings.DATABASES
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        Thread(target=databases.with_reference).start()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of this run that all its workers share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_keepdb: bool) -> None:
    """Let each worker's database be a copy, unless one is kept and used again."""
    from django.db import connection

    from tests import databases

    if not django_db_keepdb:
        connection.settings_dict["TEST"]["TEMPLATE"] = databases.with_reference()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> Iterator[None]:
    """Places, languages and vocabularies are there for every test: the copied database has them, and they stay."""
    from django.core.management import call_command

    from tests import databases

    if django_db_keepdb:
        with django_db_blocker.unblock():
            call_command("load_reference", verbosity=0)
    with databases.left_as_found(django_db_blocker):
        yield


@pytest.fixture(scope="session")
def reference_data(django_db_setup: None) -> None:
    """For what is made once for several tests, and needs places, languages and vocabularies."""


@pytest.fixture
def editor(client: Any) -> Any:
    """Alice, who runs the centre's admin, logged in."""
    from tests.factories import UserFactory

    user = UserFactory(email="alice@example.org", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def clock(settings: Any) -> None:
    """Events of one test share its transaction, hence its time: let them have times of their own."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE prosrc LIKE '%pgh_created_at%NOW()%'")
        names = [name for name, _ in cursor.fetchall()]
        assert names
        for name in names:
            cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [name])
            definition = cursor.fetchone()[0].replace("NOW()", "clock_timestamp()")
            cursor.execute(definition)


@pytest.fixture(autouse=True)
def _no_second_factor_for_staff(settings: Any) -> None:
    """Staff in tests log in without a second factor; the tests of this rule switch it on again."""
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def queue(settings: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """The real queue in front of a mailbox in memory; call it to do what happens after a commit."""
    from django.core import mail

    settings.MAILERS = {
        "default": {"BACKEND": "vielfalt.mail.backends.QueueBackend"},
        "delivery": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }
    mail.outbox.clear()
    return lambda: django_capture_on_commit_callbacks(execute=True)
