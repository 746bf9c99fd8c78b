"""Places are read-only: they come from official data. Only the contact of a WIR-Vielfaltszentrum is edited."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vielfalt.places.models import District, DiversityCentre, Municipality, PostalCode
from vielfalt.text import match_key


class SpellingSearch(admin.ModelAdmin):
    """Searches by match keys, so that "Ruesselsheim" and "russelsheim" find Rüsselsheim.

    Name the ``search_fields`` with ``__match_key``.
    """

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        words = match_key(search_term.replace("\x00", " "))
        if search_term.strip() and not words:
            return queryset.none(), False
        return super().get_search_results(request, queryset, words)


class ReadOnly(admin.ModelAdmin):
    """For everything that is loaded from files."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(District)
class DistrictAdmin(ReadOnly, SpellingSearch):
    list_display: ClassVar = ("label", "kind", "ags")
    list_filter: ClassVar = ("kind",)
    search_fields: ClassVar = ("match_key", "kind__match_key", "ags")
    fields: ClassVar = ("name", "kind", "ags", "latitude", "longitude")

    @admin.display(description=_("Name"), ordering="sort_key")
    def label(self, district: District) -> str:
        return district.label


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnly, SpellingSearch):
    list_display: ClassVar = ("name", "district", "ags")
    list_filter: ClassVar = ("district",)
    search_fields: ClassVar = ("match_key", "former_names__match_key", "ags")
    fields: ClassVar = ("name", "district", "ags", "former_names", "latitude", "longitude")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Municipality]:
        return super().get_queryset(request).select_related("district").defer("outline", "district__outline")


@admin.register(PostalCode)
class PostalCodeAdmin(ReadOnly, SpellingSearch):
    list_display: ClassVar = ("code", "places")
    search_fields: ClassVar = ("code__startswith", "municipalities__match_key")
    fields: ClassVar = ("code", "municipalities", "latitude", "longitude")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PostalCode]:
        return super().get_queryset(request).prefetch_related("municipalities")

    @admin.display(description=_("Gemeinden"))
    def places(self, postal_code: PostalCode) -> str:
        return ", ".join(town.name for town in postal_code.municipalities.all())


@admin.register(DiversityCentre)
class DiversityCentreAdmin(SpellingSearch):
    list_display: ClassVar = ("name", "district", "website", "email", "phone")
    list_filter: ClassVar = (("email", admin.EmptyFieldListFilter), ("phone", admin.EmptyFieldListFilter))
    search_fields: ClassVar = ("name__match_key", "district__match_key")
    fields: ClassVar = ("name", "district", "municipality", "website", "email", "phone")
    readonly_fields: ClassVar = ("name", "district", "municipality")

    def get_queryset(self, request: HttpRequest) -> QuerySet[DiversityCentre]:
        return super().get_queryset(request).select_related("district", "municipality").defer("district__outline")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
