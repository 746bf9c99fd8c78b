from vielfalt.listings.admin.entries import (
    FormerSlugAdmin,
    FreshnessFilter,
    LanguageAdmin,
    NamedFields,
    TermAdmin,
    WorkFilter,
    freshness,
    name_fields,
    state_badge,
)
from vielfalt.listings.admin.guarding import GuardedForms, RefusableForm, RefusalError
from vielfalt.listings.admin.history import HistoryPages
from vielfalt.listings.admin.requests import ChangeRequestAdmin
from vielfalt.places.admin import SpellingSearch

__all__ = [
    "ChangeRequestAdmin",
    "FormerSlugAdmin",
    "FreshnessFilter",
    "GuardedForms",
    "HistoryPages",
    "LanguageAdmin",
    "NamedFields",
    "RefusableForm",
    "RefusalError",
    "SpellingSearch",
    "TermAdmin",
    "WorkFilter",
    "freshness",
    "name_fields",
    "state_badge",
]
