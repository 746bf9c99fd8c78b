"""No demo data in a real portal; apart from their other tests, which begin with the data loaded."""

import pytest
from django.core.management import CommandError, call_command

from lotsen.models import Carrier
from vielfalt.accounts.models import User


@pytest.mark.django_db
def test_never_in_a_real_portal(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")
    assert not Carrier.objects.exists()
    assert not User.objects.exists()
