"""Who may open which address of a round: each module has the rows of one part (``leitfaden/rounds/…``).

A row is the name of the URL (perhaps with a word in brackets), its address, and a status for each role.
"""

ROLES = ("anonymous", "charlie", "network", "editor", "manager", "staff", "researcher", "superuser")
"""Charlie has an account and works for nobody. The network works for a carrier that takes no part in the round.
Editor and manager are of the carrier whose proposals these are. The staff conduct rounds; the researcher evaluates."""

OPEN = (200,) * 8
NOBODY = (404,) * 8
