"""Programmes: the full form, reached from the list or from their carrier."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lotsen.models import AnnualFigures, Programme, ProgrammeLanguage
from vielfalt.listings.admin import (
    CompletenessFilter,
    FreshnessFilter,
    HistoryPages,
    NamedFields,
    PublishingActions,
    SpellingSearch,
    WorkFilter,
    freshness,
    missing,
    state_badge,
)


class ProgrammeLanguageInline(NamedFields):
    model = ProgrammeLanguage
    extra = 0
    autocomplete_fields: ClassVar = ("language",)


class AnnualFiguresInline(NamedFields):
    model = AnnualFigures
    extra = 0
    fields: ClassVar = ("year", "state", "active", "course_units")
    show_change_link = True


@admin.register(Programme)
class ProgrammeAdmin(HistoryPages, PublishingActions, SpellingSearch):
    importance = 2
    list_display: ClassVar = ("title", "carrier", "municipality", state_badge, "language_names", freshness, missing)
    list_filter: ClassVar = (
        WorkFilter,
        "state",
        CompletenessFilter,
        FreshnessFilter,
        "carrier__carrier_type",
        "municipality__district",
        "languages",
        "fields_of_work",
    )
    list_per_page = 50
    search_fields: ClassVar = ("match_key", "carrier__match_key", "municipality__match_key")
    autocomplete_fields: ClassVar = (
        "carrier",
        "municipality",
        "covered_municipalities",
        "covered_districts",
        "fields_of_work",
        "target_groups",
    )
    inlines: ClassVar = (ProgrammeLanguageInline, AnnualFiguresInline)
    readonly_fields: ClassVar = ("created_at", "updated_at")
    fieldsets: ClassVar = (
        (None, {"fields": ("carrier", "title", ("state", "confirmed_on"), "description", "description_easy")}),
        (_("Wo"), {"fields": ("municipality", "covered_municipalities", "covered_districts")}),
        (_("Wobei und für wen"), {"fields": ("fields_of_work", "target_groups", "specialisation", "limits")}),
        (
            _("So fragt man an"),
            {"fields": ("request_channels", ("response_time", "costs"), "coordination")},
        ),
        (
            _("Über das Programm"),
            {"fields": ("fundings", "started_on", ("active_volunteers", "seeks_volunteers"))},
        ),
        (_("Verlauf"), {"fields": (("created_at", "updated_at"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return (
            super()
            .get_queryset(request)
            .select_related("carrier", "municipality")
            .prefetch_related("offered_languages__language", "fields_of_work")
            .defer("search", "carrier__search", "municipality__outline")
        )

    def view_on_site(self, programme: Programme) -> str:
        return programme.get_absolute_url()

    @admin.display(description=_("Sprachen"))
    def language_names(self, programme: Programme) -> str:
        return ", ".join(offer.language.name for offer in programme.offered_languages.all())
