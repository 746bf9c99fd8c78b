"""What is written about changes, apart from what the triggers write."""

from datetime import date

from django.db import connection

FOLDED = 0
"""The row into which old ones are added up; no transaction has this number."""


def fold(_day: date) -> str:
    """Add all changes up into one row, so that counting them stays quick. Their number stays the same."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM answers_change WHERE transaction <> %(folded)s RETURNING number) "
            "INSERT INTO answers_change (transaction, number) SELECT %(folded)s, coalesce(sum(number), 0) FROM gone "
            "ON CONFLICT (transaction) DO UPDATE SET number = answers_change.number + EXCLUDED.number",
            {"folded": FOLDED},
        )
    return "Änderungen an öffentlichen Seiten zusammengezählt."
