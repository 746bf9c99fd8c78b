from vielfalt.listings.models.entries import (
    AccessibilityFeature,
    Answer,
    Entry,
    FormerSlug,
    FormerSlugQuerySet,
    InternalDetails,
    Language,
    Organisation,
    State,
    Term,
)
from vielfalt.listings.models.requests import ChangeRequest, InternalNote, RequestState, Step

__all__ = [
    "AccessibilityFeature",
    "Answer",
    "ChangeRequest",
    "Entry",
    "FormerSlug",
    "FormerSlugQuerySet",
    "InternalDetails",
    "InternalNote",
    "Language",
    "Organisation",
    "RequestState",
    "State",
    "Step",
    "Term",
]
