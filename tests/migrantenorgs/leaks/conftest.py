"""The portal with marks."""

import pytest


@pytest.fixture(scope="package")
def portal(reference_data, django_db_blocker):
    """The marked organisations, made once for all tests of this directory, which roll back what they change."""
    import tempfile

    from django.test import override_settings

    from tests.databases import rolled_back
    from tests.migrantenorgs.leaks.marked import portal_with_marks

    with (
        tempfile.TemporaryDirectory() as media,
        override_settings(MEDIA_ROOT=media),
        rolled_back(django_db_blocker),
    ):
        yield portal_with_marks()
