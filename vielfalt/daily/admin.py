"""What ``manage.py daily`` did, to look at only."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from vielfalt.daily.models import DailyRun


@admin.register(DailyRun)
class DailyRunAdmin(admin.ModelAdmin):
    list_display: ClassVar = ("day", "step", "succeeded", "result", "finished_at")
    list_filter: ClassVar = ("step", "succeeded")
    date_hierarchy = "day"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: DailyRun | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: DailyRun | None = None) -> bool:
        return False
