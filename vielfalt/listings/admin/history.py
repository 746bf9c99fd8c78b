"""The history of an entry in the admin, and the way back to an earlier state."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.history import changes_to, restore, sees_internal, timeline


class HistoryPages(admin.ModelAdmin):
    """Shows what the database recorded of an entry, with a way back for those who may change it."""

    object_history_template = "admin/timeline.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.restore_view)
        return [
            path("<path:object_id>/history/<str:slug>/", view, name=self._address("restore").partition(":")[2]),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        entry = self.get_object(request, object_id)
        own: dict[str, Any] = {}
        if entry is not None and self.has_view_or_change_permission(request, entry):
            own = {
                "title": _("Verlauf"),
                "moments": timeline(entry, internal=self._internal(request)),
                "restore_pk": entry.pk,
            }
            if self.has_change_permission(request, entry):
                own["restore_view"] = self._address("restore")
        return super().history_view(request, object_id, {**own, **(extra_context or {})})

    def restore_view(self, request: HttpRequest, object_id: str, slug: str) -> HttpResponse:
        """Show what going back to an earlier state would change; on confirmation do it."""
        entry = self.get_object(request, object_id)
        if entry is None:
            raise Http404
        if not self.has_change_permission(request, entry):
            raise PermissionDenied
        errors: list[str] = []
        try:
            if request.method == "POST":
                restore(entry=entry, slug=slug, internal=self._internal(request), by=request.user)
                self.log_change(request, entry, _("Früheren Stand wiederhergestellt."))
                self.message_user(request, _("Der frühere Stand ist wiederhergestellt."), messages.SUCCESS)
                return redirect(self._address("history"), entry.pk)
        except ValidationError as error:
            errors = error.messages
        except ObjectDoesNotExist as error:
            raise Http404 from error
        return self._restore_page(request, entry, slug, errors)

    def _restore_page(self, request: HttpRequest, entry: Model, slug: str, errors: list[str]) -> HttpResponse:
        try:
            changes = changes_to(entry, slug, internal=self._internal(request))
        except ObjectDoesNotExist as error:
            raise Http404 from error
        return TemplateResponse(
            request,
            "admin/restore.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Früheren Stand wiederherstellen"),
                "opts": self.opts,
                "entry": entry,
                "changes": changes,
                "errors": errors,
                "entry_url": reverse(self._address("change"), args=[entry.pk]),
                "history_url": reverse(self._address("history"), args=[entry.pk]),
            },
        )

    def _internal(self, request: HttpRequest) -> bool:
        return sees_internal(request.user, self.model)

    def _address(self, page: str) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
