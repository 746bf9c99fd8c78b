"""Accounts: log-in by e-mail, passwords through Django's own forms."""

from typing import ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as DjangoUserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vielfalt.accounts.models import User

RIGHTS = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


class UserChangeForm(DjangoUserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    list_display: ClassVar = ("email", "name", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter: ClassVar = ("is_active", "is_staff", "is_superuser", "groups")
    search_fields: ClassVar = ("email", "name")
    ordering: ClassVar = ("email",)
    readonly_fields: ClassVar = ("last_login", "created_at")
    fieldsets: ClassVar = (
        (None, {"fields": ("email", "name", "password", "gets_reminders")}),
        (_("Rechte"), {"fields": RIGHTS}),
        (_("Zeiten"), {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets: ClassVar = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "name", "usable_password", "password1", "password2"),
                "description": _("Die meisten Konten stehen für eine Stelle, nicht für eine Person."),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Rights are given by administrators only, so that nobody can raise their own."""
        rights = () if request.user.is_superuser else RIGHTS
        return (*super().get_readonly_fields(request, obj), *rights)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request: HttpRequest, obj: User | None) -> bool:
        return obj is None or request.user.is_superuser or not obj.is_superuser
