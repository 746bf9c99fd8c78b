"""What every test needs: settings like production's on the local PostgreSQL, and no way to other hosts."""

import os
from pathlib import Path
from typing import Any

import pytest

VAR_TESTS = Path(__file__).resolve().parent.parent / "var" / "tests"

# Set before Django reads them. DEBUG=1 only chooses the local PostgreSQL and unhashed static files here:
# pytest-django turns settings.DEBUG off, so error pages and templates behave as in production.
os.environ.update(
    DJANGO_SETTINGS_MODULE="vielfalt.settings",
    DEBUG="1",
    DEMO="0",
    STATIC_ROOT=str(VAR_TESTS / "static"),
    MEDIA_ROOT=str(VAR_TESTS / "media"),
)
(VAR_TESTS / "static").mkdir(parents=True, exist_ok=True)


def pytest_configure() -> None:
    """Load the settings: pytest-django sets Django up only if they are loaded by now."""
    from django.conf import settings

    assert settings.DATABASES


@pytest.fixture(scope="session")
def reference_data(django_db_setup: None, django_db_blocker: Any) -> None:
    """Places, languages and vocabularies, loaded once; every test that is rolled back sees them."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)


@pytest.fixture
def editor(client: Any) -> Any:
    """Alice, who runs the centre's admin, logged in."""
    from tests.factories import UserFactory

    user = UserFactory(email="alice@example.org", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def _no_second_factor_for_staff(settings: Any) -> None:
    """Staff in tests log in without a second factor; the tests of this rule switch it on again."""
    settings.STAFF_SECOND_FACTOR = False
