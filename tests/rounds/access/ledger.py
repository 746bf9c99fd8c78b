from typing import Any

from tests.rounds.access import NOBODY, OPEN

EDITORS = (404, 404, 404, 404, 404, 200, 404, 200)
"""An edition to come: only who edits the text sees it."""

ROWS: dict[str, Any] = {
    "rounds:ledger": ("/leitfaden/2026-1/entscheidungen/", OPEN),
    "rounds:ledger (to come)": ("/leitfaden/2026-2/entscheidungen/", EDITORS),
    "rounds:ledger (none)": ("/leitfaden/2031-1/entscheidungen/", NOBODY),
    "rounds:news (of the first)": ("/leitfaden/2026-1/neu/", NOBODY),
    "rounds:news (to come)": ("/leitfaden/2026-2/neu/", EDITORS),
}
