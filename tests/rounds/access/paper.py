from typing import Any

from tests.rounds.access import NOBODY, OPEN

STAFF = (404, 404, 404, 404, 404, 200, 404, 200)

ROWS: dict[str, Any] = {
    "rounds:paper": ("/leitfaden/runden/{round}/papier.pdf", OPEN),
    "rounds:paper (in preparation)": ("/leitfaden/runden/{planned}/papier.pdf", STAFF),
    "rounds:paper (none)": ("/leitfaden/runden/99/papier.pdf", NOBODY),
    "rounds:paper (no chapter)": ("/leitfaden/runden/{round}/papier.pdf?teil={passage}", NOBODY),
}
