"""What the admin of every public entry shares, and the vocabularies of the listings."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.admin.guarding import RefusableForm
from vielfalt.listings.freshness import fresh_since, no_longer_fresh, still_shown
from vielfalt.listings.models import AccessibilityFeature, Entry, FormerSlug, Language, State
from vielfalt.places.admin import SpellingSearch


def name_fields(form: type[ModelForm]) -> None:
    """Give the fields of a table the names that only its column heads show."""
    for field in form.base_fields.values():
        widget = getattr(field.widget, "widget", field.widget)
        widget.attrs["aria-label"] = field.label


class NamedFields(admin.TabularInline):
    """A table of forms whose fields have names of their own for screen readers."""

    form = RefusableForm

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[BaseModelFormSet]:
        formset = super().get_formset(request, obj, **kwargs)
        name_fields(formset.form)
        return formset


class FreshnessFilter(admin.SimpleListFilter):
    """Entries that somebody has confirmed lately, and those that nobody has."""

    title = _("Aktualität")
    parameter_name = "aktualitaet"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("frisch", _("aktuell")),
            ("veraltet", _("nicht mehr aktuell")),
            ("ausgeblendet", _("ausgeblendet, weil zu alt")),
            ("nie", _("noch nie bestätigt")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        match self.value():
            case "frisch":
                return queryset.exclude(no_longer_fresh())
            case "veraltet":
                return queryset.filter(no_longer_fresh())
            case "ausgeblendet":
                return queryset.exclude(still_shown())
            case "nie":
                return queryset.filter(confirmed_on=None)
        return None


class WorkFilter(admin.SimpleListFilter):
    """What still waits: drafts and entries in review in one list."""

    title = _("Bearbeitung")
    parameter_name = "bearbeitung"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("offen", _("Entwürfe und in Prüfung"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.filter(state__in=[State.DRAFT, State.IN_REVIEW]) if self.value() == "offen" else None


@admin.display(description=_("Status"), ordering="state")
def state_badge(entry: Entry) -> SafeString:
    """Return the state as a badge, for ``list_display``."""
    return format_html('<span class="badge badge-{}">{}</span>', entry.state, entry.get_state_display())


@admin.display(description=_("bestätigt"), ordering="confirmed_on")
def freshness(entry: Entry) -> SafeString:
    """Return when an entry was confirmed and, in words, whether that is too long ago."""
    if entry.confirmed_on is None:
        return format_html('<span class="stale">{}</span>', _("noch nie"))
    day = format_html('<span class="day">{}</span>', date_format(entry.confirmed_on, "j. F Y"))
    if entry.confirmed_on < fresh_since():
        return format_html('<span class="stale">{} {}</span>', day, _("bitte nachfragen"))
    return day


class TermAdmin(SpellingSearch):
    """A vocabulary: its order and its synonyms are edited in the list."""

    list_display: ClassVar = ("name", "position", "synonyms", "slug")
    list_editable: ClassVar = ("position", "synonyms")
    search_fields: ClassVar = ("name__match_key", "synonyms__match_key")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    list_per_page = 50

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> type[BaseModelFormSet]:
        formset = super().get_changelist_formset(request, **kwargs)
        name_fields(formset.form)
        return formset


admin.site.register(AccessibilityFeature, TermAdmin)


@admin.register(Language)
class LanguageAdmin(TermAdmin):
    list_display: ClassVar = ("name", "own_name", "code", "tag", "right_to_left", "synonyms")
    list_editable: ClassVar = ("synonyms",)
    list_filter: ClassVar = ("right_to_left",)
    search_fields: ClassVar = ("name__match_key", "synonyms__match_key", "own_name__match_key", "code")
    prepopulated_fields: ClassVar = {}


@admin.register(FormerSlug)
class FormerSlugAdmin(admin.ModelAdmin):
    """Old addresses; they arise by themselves, lead on for ever and must not be changed by hand."""

    list_display: ClassVar = ("slug", "kind", "object_id")
    search_fields: ClassVar = ("slug",)

    def has_delete_permission(self, request: HttpRequest, obj: FormerSlug | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: FormerSlug | None = None) -> bool:
        return False
