"""The operators that the portal begins with."""

from pathlib import Path

from vielfalt.operators.models import Operator, Responsibility
from vielfalt.places.loading import read_rows

DATA = Path(__file__).parent / "data"


def load_operators() -> int:
    """Create the operators if there are none, and return their number; afterwards they belong to the staff."""
    if Operator.objects.exists():
        return 0
    rows = read_rows(DATA / "operators.csv")
    for position, row in enumerate(rows, start=1):
        operator = Operator.objects.create(name=row["name"], short_name=row["short_name"], position=10 * position)
        Responsibility.objects.bulk_create(
            Responsibility(operator=operator, strand=strand, role=role)
            for role, strands in (
                (Responsibility.Role.LEADING, row["leads"]),
                (Responsibility.Role.PARTNER, row["supports"]),
            )
            for strand in strands.split()
        )
    return len(rows)
