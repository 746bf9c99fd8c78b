"""Annual figures and the rules they are checked against."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lotsen.models import AnnualFigures, FundingRules, MissionCount
from vielfalt.listings.admin import NamedFields, SpellingSearch


class MissionCountInline(NamedFields):
    model = MissionCount
    extra = 0


@admin.register(AnnualFigures)
class AnnualFiguresAdmin(SpellingSearch):
    importance = 3
    list_display: ClassVar = ("programme", "carrier", "year", "state", "release", "active", "course_units")
    list_select_related: ClassVar = ("programme__carrier",)
    list_filter: ClassVar = ("year", "state", "release")
    search_fields: ClassVar = ("programme__match_key", "programme__carrier__match_key")
    autocomplete_fields: ClassVar = ("programme",)
    inlines: ClassVar = (MissionCountInline,)
    fieldsets: ClassVar = (
        (None, {"fields": ("programme", ("year", "state", "release"))}),
        (
            _("Lots*innen"),
            {
                "fields": (
                    ("active", "coordinating", "new", "left"),
                    ("women", "men", "diverse", "gender_unknown"),
                    "with_migration_history",
                )
            },
        ),
        (_("Einsatz"), {"fields": ("hours", ("people_reached", "people_reached_estimated"))}),
        (
            _("Qualifizierung"),
            {
                "fields": (
                    ("courses", "course_units", "course_participants", "course_certificates"),
                    ("course_format", "advanced_seminars", "reflection_talks"),
                )
            },
        ),
        (None, {"fields": ("comment",)}),
    )

    @admin.display(description=_("Träger"), ordering="programme__carrier__sort_key")
    def carrier(self, figures: AnnualFigures) -> str:
        return figures.programme.carrier.name


@admin.register(FundingRules)
class FundingRulesAdmin(admin.ModelAdmin):
    importance = 4
    list_display: ClassVar = ("valid_from", "min_units", "max_units", "euros_per_unit", "euros_per_hour", "source")
