import pytest
from django.core.management import call_command


@pytest.fixture(scope="session")
def reference_data(django_db_setup, django_db_blocker):
    """Places, languages and vocabularies, loaded once; every test that is rolled back sees them."""
    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)
