from typing import Any

from tests.rounds.access import NOBODY, OPEN

CARRIER = (404, 404, 404, 200, 200, 404, 404, 404)
CARRIER_AND_STAFF = (404, 404, 404, 200, 200, 200, 404, 200)
STAFF = (404, 404, 404, 404, 404, 200, 404, 200)

ROWS: dict[str, Any] = {
    "rounds:rounds": ("/leitfaden/runden/", OPEN),
    "rounds:feed": ("/leitfaden/runden/neues.atom", OPEN),
    "rounds:round": ("/leitfaden/runden/{round}/", OPEN),
    "rounds:round (in preparation)": ("/leitfaden/runden/{planned}/", STAFF),
    "rounds:round (none)": ("/leitfaden/runden/99/", NOBODY),
    "rounds:proposals": ("/leitfaden/runden/{round}/vorschlaege/", OPEN),
    "rounds:proposals (in preparation)": ("/leitfaden/runden/{planned}/vorschlaege/", STAFF),
    "rounds:poll": ("/leitfaden/runden/{round}/streit/{disputed}/", OPEN),
    "rounds:poll (no dispute)": ("/leitfaden/runden/{round}/streit/{calm}/", NOBODY),
    "rounds:proposal": ("/leitfaden/vorschlag/{admitted}/", OPEN),
    "rounds:proposal (draft)": ("/leitfaden/vorschlag/{draft}/", CARRIER),
    "rounds:proposal (submitted)": ("/leitfaden/vorschlag/{submitted}/", CARRIER_AND_STAFF),
    "rounds:proposal (none)": ("/leitfaden/vorschlag/999999/", NOBODY),
}
