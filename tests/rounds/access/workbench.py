from typing import Any

STAFF = (302, 404, 404, 404, 404, 200, 404, 200)
"""Who is not logged in is asked to; staff and superusers decide."""

NOWHERE = (302, 404, 404, 404, 404, 404, 404, 404)

ROWS: dict[str, Any] = {
    "rounds:workbench": ("/leitfaden/runden/{round}/entscheiden/", STAFF),
    "rounds:workbench (in preparation)": ("/leitfaden/runden/{planned}/entscheiden/", STAFF),
    "rounds:postpone_rest": ("/leitfaden/runden/{round}/entscheiden/rest-verschieben/", STAFF),
    "rounds:decide": ("/leitfaden/runden/{round}/entscheiden/{disputed}/", STAFF),
    "rounds:decide (nothing proposed)": ("/leitfaden/runden/{round}/entscheiden/{passage}/", NOWHERE),
    "rounds:decide (none)": ("/leitfaden/runden/{round}/entscheiden/zzz9/", NOWHERE),
    "rounds:conclude": ("/leitfaden/runden/{round}/abschliessen/", STAFF),
    "rounds:conclude (none)": ("/leitfaden/runden/99/abschliessen/", NOWHERE),
}
