"""The portal's admin site."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import get_nonce
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override

from vielfalt.listings import desk

APPS = ("lotsen", "migrantenorgs", "leitfaden", "events", "public", "listings", "places", "accounts", "auth")
"""The order on the start page: what is worked on daily comes first."""


class PortalAdminSite(admin.AdminSite):
    """Django's admin with a desk as its start page."""

    site_header = _("Kompetenzzentrum Vielfalt Hessen")
    site_title = _("Verwaltung")
    index_title = _("Schreibtisch")
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().index(request, {"panels": desk.panels(request), **(extra_context or {})})

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


class PortalAdminConfig(AdminConfig):
    default_site = "vielfalt.admin.PortalAdminSite"
