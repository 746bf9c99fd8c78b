"""Further pages of an entry in the admin, and the buttons that lead to them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise


class EntryPages(admin.ModelAdmin):
    """An admin whose entries have more pages than their form; mixins add them to ``entry_pages``."""

    def entry_pages(self) -> list[tuple[str, str | Promise]]:
        """The further pages, each with the name of its address and what its button says."""
        return []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Show the buttons to those who may use them."""
        if obj and self.has_change_permission(request, obj):
            context["entry_pages"] = [
                (reverse(f"admin:{name}", args=[obj.pk]), label) for name, label in self.entry_pages()
            ]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def page_name(self, page: str) -> str:
        """Return the name of an address of this admin, as Django forms it for its own pages."""
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def entry_for(self, request: HttpRequest, number: int) -> Model:
        """Return the entry that a further page is about, for those who may change it."""
        entry = get_object_or_404(self.model, pk=number)
        if not self.has_change_permission(request, entry):
            raise PermissionDenied
        return entry
