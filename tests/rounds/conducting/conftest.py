from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _logged_in(client: Any, staff: Any, settings: Any) -> None:
    """Whoever conducts the round has the pages open."""
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(staff)
