"""Tests in which answers are kept; what changes them is really committed."""

import pytest
from django.core.management import call_command
from django.test import Client

from tests import databases


@pytest.fixture(scope="module")
def as_found(django_db_setup, django_db_blocker):
    """What carriers need is there, and stays; what a test commits is taken away after it."""
    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)
    with databases.left_as_found(django_db_blocker):
        yield


@pytest.fixture
def reader(settings):
    """Somebody who is not logged in, at a portal that keeps its answers."""
    settings.KEEP_ANSWERS = True
    return Client()
