"""The portal's admin site."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csp import get_nonce
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.csp import CSP
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override

from vielfalt.accounts.permissions import lacks_second_factor, may
from vielfalt.listings import desk

APPS = (
    "lotsen",
    "migrantenorgs",
    "leitfaden",
    "events",
    "public",
    "operators",
    "listings",
    "places",
    "accounts",
    "auth",
)
"""The order on the start page: what is worked on daily comes first."""


class PortalAdminSite(admin.AdminSite):
    """Django's admin with a desk as its start page."""

    site_header = _("Kompetenzzentrum Vielfalt Hessen")
    site_title = _("Verwaltung")
    index_title = _("Schreibtisch")
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLResolver | URLPattern]:
        others = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        view = self.admin_view(self.view_on_site)
        return [path("r/<int:content_type_id>/<int:object_id>/", view, name="view_on_site"), *others]

    def view_on_site(self, request: HttpRequest, content_type_id: int, object_id: int) -> HttpResponse:
        """Lead to an entry's own page, as Django does, but tell its address only to those who may see the entry."""
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        if model is None or not may(request.user, "view", model):
            raise Http404
        return shortcut(request, content_type_id, object_id)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().index(request, {"panels": desk.panels(request), **(extra_context or {})})

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Log in where everybody does, and lead staff without a second factor to setting one up."""
        target = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
            target = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(target)
        if not (request.user.is_active and request.user.is_staff):
            raise PermissionDenied(_("Die Verwaltung ist nur für das Kompetenzzentrum."))
        if lacks_second_factor(request.user):
            messages.warning(
                request,
                _("Die Verwaltung öffnet sich, sobald Sie einen Passkey oder eine App mit Codes eingerichtet haben."),
            )
            return redirect("mfa_index")
        return redirect(target)

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        """Allow one thing more than on public pages: the inline style that Django marks with a nonce."""
        policy = {**settings.SECURE_CSP, "style-src": [CSP.SELF, CSP.NONCE]}
        return csp_override(policy)(super().admin_view(view, cacheable))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "csp_nonce": get_nonce(request)}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Sort apps by ``APPS``, and models by the ``importance`` of their admin (1 is first), then by name."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: getattr(self.get_model_admin(model["model"]), "importance", 50))
        return sorted(apps, key=lambda app: APPS.index(app["app_label"]) if app["app_label"] in APPS else len(APPS))
