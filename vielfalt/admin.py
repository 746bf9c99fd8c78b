"""The portal's admin site."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    site_header = _("Kompetenzzentrum Vielfalt Hessen")
    site_title = _("Verwaltung")
    index_title = _("Schreibtisch")


class PortalAdminConfig(AdminConfig):
    default_site = "vielfalt.admin.PortalAdminSite"
