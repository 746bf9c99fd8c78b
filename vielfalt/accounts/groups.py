"""Groups of the centre's staff: who sees and reviews what.

Each domain registers, in its ``AppConfig.ready``, the group of those who curate it;
``vielfalt.accounts.loading`` makes them. Who belongs to a group is the administrators' decision.
"""

PORTAL = "Redaktion Portal"
"""Those who look after what belongs to no single strand: texts, operators, the log of mails."""

_grants: dict[str, list[str]] = {}


def register(name: str, *grants: str) -> None:
    """Give a group rights: single ones ("places.view_district"), or all there are in an app ("lotsen")."""
    known = _grants.setdefault(name, [])
    known += [grant for grant in grants if grant not in known]


def registered() -> dict[str, list[str]]:
    """Return the rights of all groups by their names."""
    return _grants
