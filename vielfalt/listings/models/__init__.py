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

__all__ = [
    "AccessibilityFeature",
    "Answer",
    "Entry",
    "FormerSlug",
    "FormerSlugQuerySet",
    "InternalDetails",
    "Language",
    "Organisation",
    "State",
    "Term",
]
