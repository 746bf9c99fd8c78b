"""Notices for the staff, who withhold what does not belong there, and the subjects."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.admin import GuardedForms, SpellingSearch, TermAdmin
from vielfalt.listings.holders import held_by
from vielfalt.listings.models import organisation_models
from vielfalt.notices import actions
from vielfalt.notices.models import Notice, Subject

admin.site.register(Subject, TermAdmin)


class StandFilter(admin.SimpleListFilter):
    """Running notices, those that have ended, and those that the centre withholds."""

    title = _("Stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("laeuft", _("läuft")), ("beendet", _("beendet")), ("zurueckgehalten", _("zurückgehalten"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        match self.value():
            case "laeuft":
                return queryset.running().filter(withheld_because="")
            case "beendet":
                return queryset.filter(ends_on__lt=timezone.localdate())
            case "zurueckgehalten":
                return queryset.exclude(withheld_because="")
        return None


@admin.register(Notice)
class NoticeAdmin(GuardedForms, SpellingSearch):
    """Organisations write their notices themselves; the staff withhold or delete them."""

    importance = 3
    list_display: ClassVar = (
        "title",
        "organisation",
        "direction",
        "subject",
        "municipality",
        "ends_on",
        "withheld_because",
    )
    list_filter: ClassVar = (StandFilter, "direction", "subject")
    list_per_page = 50
    search_fields: ClassVar = ("match_key", "municipality__match_key")
    autocomplete_fields: ClassVar = ("municipality",)
    readonly_fields: ClassVar = ("organisation", "created_at", "updated_at")
    fieldsets: ClassVar = (
        (None, {"fields": ("organisation", ("direction", "subject"), "title", "text", "municipality", "ends_on")}),
        (_("Zurückhalten"), {"fields": ("withheld_because",)}),
        (_("Verlauf"), {"fields": (("created_at", "updated_at"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        """Only notices of organisations that this person may see in the administration."""
        seen = {
            one for one in organisation_models() if self.admin_site.get_model_admin(one).has_view_permission(request)
        }
        held = held_by(lambda model: model._default_manager.all() if model in seen else model._default_manager.none())
        return super().get_queryset(request).filter(held).for_cards().defer("search")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Notice, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "withheld_because" in form.changed_data and obj.withheld_because:
            actions.tell_of_withholding(notice=obj)
