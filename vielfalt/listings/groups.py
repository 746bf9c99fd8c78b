"""What everybody on the staff needs who looks after entries, of whatever strand.

Domains put ``CURATING`` into the group of those who curate them (``vielfalt.accounts.groups``). Requests are
everybody's, but each sees and decides only those about entries that they may change.
"""

_SHARED_WORDS = ("language", "accessibilityfeature")
_PLACES = ("district", "municipality", "postalcode", "diversitycentre")

CURATING = (
    "listings.view_changerequest",
    "listings.change_changerequest",
    *(f"listings.{action}_{word}" for action in ("view", "add", "change") for word in _SHARED_WORDS),
    *(f"places.view_{place}" for place in _PLACES),
    "places.change_diversitycentre",
    # The administration shows each only those of organisations that they may see.
    "notices.view_notice",
    "notices.change_notice",
    "notices.delete_notice",
    "notices.view_subject",
)
