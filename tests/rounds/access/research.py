from typing import Any

from tests.rounds.access import NOBODY

RESEARCH = (302, 404, 404, 404, 404, 404, 200, 200)
"""Those who conduct rounds are not those who evaluate them; superusers may do everything."""

ROWS: dict[str, Any] = {
    "rounds:research": ("/leitfaden/runden/{round}/forschung/", RESEARCH),
    "rounds:research (in preparation)": (
        "/leitfaden/runden/{planned}/forschung/",
        (302, 404, 404, 404, 404, 404, 404, 200),
    ),
    "rounds:codebook": ("/leitfaden/runden/{round}/forschung/codebuch/", RESEARCH),
    "rounds:csv_export": ("/leitfaden/runden/{round}/forschung/daten.zip", RESEARCH),
    "rounds:json_export": ("/leitfaden/runden/{round}/forschung/daten.json", RESEARCH),
    "rounds:codes": ("/leitfaden/runden/{round}/forschung/codes/", RESEARCH),
    "rounds:code": ("/leitfaden/runden/{round}/forschung/codes/{code}/", RESEARCH),
    "rounds:code (none)": ("/leitfaden/runden/{round}/forschung/codes/999999/", (302, *NOBODY[1:])),
    "rounds:coded_proposals": ("/leitfaden/runden/{round}/forschung/vorschlaege/", RESEARCH),
    "rounds:coded_proposal": ("/leitfaden/runden/{round}/forschung/vorschlaege/{admitted}/", RESEARCH),
    "rounds:coded_proposal (draft)": (
        "/leitfaden/runden/{round}/forschung/vorschlaege/{draft}/",
        (302, *NOBODY[1:]),
    ),
    "rounds:coded_proposal (submitted)": (
        "/leitfaden/runden/{round}/forschung/vorschlaege/{submitted}/",
        (302, *NOBODY[1:]),
    ),
}
