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
from vielfalt.listings.admin.publishing import (
    CompletenessFilter,
    PublishingActions,
    QuestionFilter,
    missing,
    preview,
)
from vielfalt.listings.admin.requests import ChangeRequestAdmin
from vielfalt.listings.admin.spreadsheets import SpreadsheetViews
from vielfalt.listings.admin.teams import TeamViews
from vielfalt.listings.admin.twins import TwinViews
from vielfalt.places.admin import SpellingSearch

__all__ = [
    "ChangeRequestAdmin",
    "CompletenessFilter",
    "FormerSlugAdmin",
    "FreshnessFilter",
    "GuardedForms",
    "HistoryPages",
    "LanguageAdmin",
    "NamedFields",
    "PublishingActions",
    "QuestionFilter",
    "RefusableForm",
    "RefusalError",
    "SpellingSearch",
    "SpreadsheetViews",
    "TeamViews",
    "TermAdmin",
    "TwinViews",
    "WorkFilter",
    "freshness",
    "missing",
    "name_fields",
    "preview",
    "state_badge",
]
