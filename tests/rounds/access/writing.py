from typing import Any

from tests.rounds.access import NOBODY

TEAM = (302, 404, 404, 200, 200, 404, 404, 404)
"""Who works for the carrier; managers and editors write alike."""

POSTED = (302, 405, 405, 405, 405, 405, 405, 405)

ROWS: dict[str, Any] = {
    "rounds:mine": ("/mein/leitfaden/", (302, *(200,) * 7)),
    "rounds:pick": ("/leitfaden/vorschlagen/absaetze/", TEAM),
    "rounds:pick (draft)": ("/leitfaden/vorschlag/{draft}/schreiben/absaetze/", TEAM),
    "rounds:write": ("/leitfaden/vorschlagen/{passage}/", TEAM),
    "rounds:write (draft)": ("/leitfaden/vorschlag/{draft}/schreiben/{passage}/", TEAM),
    "rounds:write (submitted)": (
        "/leitfaden/vorschlag/{submitted}/schreiben/{passage}/",
        (302, 404, 404, 302, 302, 404, 404, 404),
    ),
    "rounds:write (of others)": ("/leitfaden/vorschlag/{other}/schreiben/{passage}/", (302, *NOBODY[1:])),
    "rounds:add": ("/leitfaden/vorschlagen/neu/nach/{passage}/absatz/", TEAM),
    "rounds:add (draft)": ("/leitfaden/vorschlag/{draft}/schreiben/neu/nach/{passage}/absatz/", TEAM),
    "rounds:rewrite": (
        "/leitfaden/vorschlag/{draft}/schreiben/neues/00000000-0000-4000-8000-000000000000/",
        (302, *NOBODY[1:]),
    ),
    "rounds:operate": ("/leitfaden/vorschlagen/{passage}/streichen/", TEAM),
    "rounds:operate (draft)": ("/leitfaden/vorschlag/{draft}/schreiben/{passage}/verschieben/", TEAM),
    "rounds:draft": ("/leitfaden/vorschlag/{draft}/schreiben/", TEAM),
    "rounds:drop": ("/leitfaden/vorschlag/{draft}/schreiben/weglassen/", POSTED),
    "rounds:submit": ("/leitfaden/vorschlag/{draft}/einreichen/", (302, 404, 404, 302, 200, 404, 404, 404)),
    "rounds:discard": ("/leitfaden/vorschlag/{draft}/verwerfen/", TEAM),
    "rounds:reopen": ("/leitfaden/vorschlag/{submitted}/ueberarbeiten/", POSTED),
    "rounds:own_move": ("/leitfaden/vorschlag/{submitted}/zurueckziehen/", TEAM),
    "rounds:own_move (draft)": ("/leitfaden/vorschlag/{draft}/antworten/", TEAM),
    "rounds:own_move (of others)": ("/leitfaden/vorschlag/{other}/bestaetigen/", (302, *NOBODY[1:])),
}
