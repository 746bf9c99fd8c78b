"""What the staff open to conduct rounds; for everybody else it is not there."""

STAFF = (302, 404, 404, 404, 404, 200, 404, 200)
"""Who is not logged in is asked to; staff and superusers conduct."""

ROWS = {
    "rounds:manage_rounds": ("/leitfaden/runden/verwalten/", STAFF),
    "rounds:new_round": ("/leitfaden/runden/verwalten/neu/", STAFF),
    "rounds:manage_round": ("/leitfaden/runden/verwalten/{round}/", STAFF),
    "rounds:manage_round (planned)": ("/leitfaden/runden/verwalten/{planned}/", STAFF),
    "rounds:edit_round": ("/leitfaden/runden/verwalten/{planned}/bearbeiten/", STAFF),
    "rounds:delete_round": ("/leitfaden/runden/verwalten/{planned}/loeschen/", STAFF),
    "rounds:start_round": ("/leitfaden/runden/verwalten/{planned}/starten/", STAFF),
    "rounds:prolong_round": ("/leitfaden/runden/verwalten/{round}/verlaengern/", STAFF),
    "rounds:cancel_round": ("/leitfaden/runden/verwalten/{round}/abbrechen/", STAFF),
    "rounds:review_queue": ("/leitfaden/runden/{round}/pruefen/", STAFF),
    "rounds:review": ("/leitfaden/runden/{round}/pruefen/{submitted}/", STAFF),
    "rounds:review (draft)": (
        "/leitfaden/runden/{round}/pruefen/{draft}/",
        (302, 404, 404, 404, 404, 404, 404, 404),
    ),
    "rounds:on_behalf": ("/leitfaden/runden/{round}/im-auftrag/", STAFF),
    "rounds:enter_proposal": ("/leitfaden/runden/{round}/im-auftrag/vorschlag/", STAFF),
    "rounds:enter_positions": ("/leitfaden/runden/{round}/im-auftrag/{participant}/positionen/", STAFF),
}
