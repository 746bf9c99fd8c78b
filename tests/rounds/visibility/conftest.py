"""The round with marks."""

import pytest


@pytest.fixture(scope="package")
def marked(reference_data, django_db_blocker):
    """Made once for all tests of this directory, which only read it."""
    from tests.databases import rolled_back
    from tests.rounds.visibility.marks import Marked

    with rolled_back(django_db_blocker):
        yield Marked.make()
