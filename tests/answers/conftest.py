"""Tests in which answers are kept; what changes them is really committed."""

import pytest
from django.test import Client


@pytest.fixture
def reader(settings):
    """Somebody who is not logged in, at a portal that keeps its answers."""
    settings.KEEP_ANSWERS = True
    return Client()
