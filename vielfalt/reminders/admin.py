"""Quiet times, and the record of reminders to look at."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from vielfalt.reminders.models import QuietTime, Reminder


@admin.register(QuietTime)
class QuietTimeAdmin(admin.ModelAdmin):
    list_display: ClassVar = ("starts_on", "ends_on", "reason")


@admin.register(Reminder)
class ReminderAdmin(admin.ModelAdmin):
    list_display: ClassVar = ("sent_on", "address", "kind", "object_id", "said_gone_on")
    search_fields: ClassVar = ("address",)
    date_hierarchy = "sent_on"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Reminder | None = None) -> bool:
        return False
