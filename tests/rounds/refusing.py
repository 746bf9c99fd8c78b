"""What the database refuses, whoever asks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction


def refused(action: Callable[[], Any]) -> bool:
    """Fail unless the database refuses ``action``."""
    with pytest.raises(DatabaseError), transaction.atomic():
        action()
    return True
