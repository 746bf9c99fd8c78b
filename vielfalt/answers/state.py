"""What the database says about itself: as long as it says the same, public pages are the same."""

from datetime import date, datetime

from django.db import connection
from django.utils.timezone import get_current_timezone

type State = tuple[str, date]
"""The changes so far; and the day, because some things are shown until a date and then disappear unchanged."""


def read_state() -> State:
    """Ask for the present state. One query; whatever was committed before is part of it."""
    day = datetime.now(get_current_timezone()).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers_state()")
        (changes,) = cursor.fetchone()
    return changes, day
