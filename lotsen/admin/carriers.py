"""Carriers with everything that belongs to them on one page."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import ForeignKey, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lotsen.models import Accessibility, Carrier, CarrierInternal, CarrierPicture, Programme
from lotsen.pictures import CarrierPictureForm
from lotsen.spreadsheets.carriers import CARRIERS
from vielfalt.listings.admin import (
    CompletenessFilter,
    FreshnessFilter,
    HistoryPages,
    NamedFields,
    PublishingActions,
    QuestionFilter,
    RefusableForm,
    SpellingSearch,
    SpreadsheetViews,
    TeamViews,
    TwinViews,
    WorkFilter,
    freshness,
    missing,
    preview,
    state_badge,
)
from vielfalt.pictures.admin import PictureInline


class ProgrammeInline(NamedFields):
    """The programmes in short; the full form is one link away."""

    model = Programme
    extra = 0
    show_change_link = True
    fields: ClassVar = ("title", "municipality", "state", "confirmed_on", "active_volunteers")
    autocomplete_fields: ClassVar = ("municipality",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return super().get_queryset(request).defer("search")


class AccessibilityInline(NamedFields):
    model = Accessibility
    extra = 0


class CarrierPictureInline(PictureInline):
    model = CarrierPicture
    form = CarrierPictureForm


class CarrierInternalInline(admin.StackedInline):
    model = CarrierInternal
    form = RefusableForm
    verbose_name = _("Intern – erscheint nie öffentlich")
    verbose_name_plural = _("Intern – erscheint nie öffentlich")
    classes: ClassVar = ("internal",)
    fields: ClassVar = (
        ("contact_name", "contact_email", "contact_phone"),
        ("deputy_name", "deputy_email", "deputy_phone"),
        "note",
    )


@admin.register(Carrier)
class CarrierAdmin(HistoryPages, SpreadsheetViews, TeamViews, TwinViews, PublishingActions, SpellingSearch):
    importance = 1
    sheet = CARRIERS
    list_display: ClassVar = (
        "name",
        "carrier_type",
        "municipality",
        state_badge,
        "programme_count",
        freshness,
        missing,
        preview,
    )
    list_filter: ClassVar = (
        WorkFilter,
        "state",
        CompletenessFilter,
        FreshnessFilter,
        QuestionFilter,
        "carrier_type",
        "umbrella",
        "municipality__district",
        "programmes__languages",
    )
    list_per_page = 50
    search_fields: ClassVar = (
        "match_key",
        "short_name__match_key",
        "municipality__match_key",
        "programmes__match_key",
        "email__match_key",
    )
    autocomplete_fields: ClassVar = ("municipality", "postal_code")
    inlines: ClassVar = (ProgrammeInline, AccessibilityInline, CarrierPictureInline, CarrierInternalInline)
    readonly_fields: ClassVar = ("created_at", "updated_at")
    fieldsets: ClassVar = (
        (None, {"fields": ("name", "short_name", ("carrier_type", "umbrella"), ("state", "confirmed_on"))}),
        (_("Anschrift"), {"fields": ("street", "postal_code", "municipality", ("latitude", "longitude"))}),
        (_("Öffentlicher Kontakt"), {"fields": ("phone", "email", "website", "opening_hours", "by_appointment")}),
        (_("Texte"), {"fields": ("description", "description_easy")}),
        (_("Adresse der Seite und Verlauf"), {"fields": ("slug", ("created_at", "updated_at"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Carrier]:
        programmes = Programme.objects.defer("search").prefetch_related("offered_languages", "fields_of_work")
        return (
            super()
            .get_queryset(request)
            .select_related("carrier_type", "municipality")
            .prefetch_related(Prefetch("programmes", programmes))
            .defer("search", "municipality__outline")
        )

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "umbrella":
            kwargs["empty_label"] = _("keiner")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def view_on_site(self, carrier: Carrier) -> str:
        return carrier.get_absolute_url()

    @admin.display(description=_("Programme"))
    def programme_count(self, carrier: Carrier) -> int:
        return len(carrier.programmes.all())
