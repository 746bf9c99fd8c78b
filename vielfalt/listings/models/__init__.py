from vielfalt.listings.models.entries import (
    AccessibilityFeature,
    Answer,
    Entry,
    FormerSlug,
    FormerSlugQuerySet,
    InternalDetails,
    Language,
    Organisation,
    PublicAddress,
    PublicContact,
    Term,
)
from vielfalt.listings.models.imports import PendingImport
from vielfalt.listings.models.requests import ChangeRequest, InternalNote, RequestState, Step
from vielfalt.listings.models.twins import Twin, organisation_models
from vielfalt.listings.states import State

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
    "PendingImport",
    "PublicAddress",
    "PublicContact",
    "RequestState",
    "State",
    "Step",
    "Term",
    "Twin",
    "organisation_models",
]
