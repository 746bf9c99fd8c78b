"""Puts the portal's admin site in the place of Django's; apart from it, because apps load before models."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "vielfalt.admin.PortalAdminSite"

    def ready(self) -> None:
        """Leave out what django-allauth shows: it belongs to the people, and what staff need is with the accounts."""
        super().ready()
        hidden = [model for model in admin.site._registry if model.__module__.startswith("allauth.")]
        admin.site.unregister(hidden)
