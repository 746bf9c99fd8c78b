"""The portal's own texts in the administration."""

from django.contrib import admin
from django.http import HttpRequest

from vielfalt.public.models import Page


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    """The pages are fixed, because other pages link to them; their title and text are the staff's."""

    list_display = ("title", "updated_at")
    fields = ("title", "text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Page | None = None) -> bool:
        return False
