"""The texts of the portal itself: Impressum, Datenschutz, Erklärung zur Barrierefreiheit."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from vielfalt.places.admin import SpellingSearch
from vielfalt.public.models import Page


@admin.register(Page)
class PageAdmin(SpellingSearch):
    """Pages are linked from the footer by their slug, so they are edited here but neither made nor deleted."""

    list_display: ClassVar = ("title", "slug", "updated_at")
    search_fields: ClassVar = ("title__match_key", "text__match_key")
    fields: ClassVar = ("title", "text", "updated_at")
    readonly_fields: ClassVar = ("updated_at",)

    def view_on_site(self, page: Page) -> str:
        return page.get_absolute_url()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return False
