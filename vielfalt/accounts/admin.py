"""Accounts: rights, and what staff do when somebody lost a key or leaves."""

from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as DjangoUserChangeForm
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vielfalt.accounts.actions import block, pseudonymise
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
    actions: ClassVar = ("reset_factors", "erase")
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
        """Nobody: people are pseudonymised, so that what they did for organisations stays."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save; staff vouch for a new address, and who is blocked is out at once."""
        if change and "is_active" in form.changed_data and not obj.is_active:
            block(user=obj)
        super().save_model(request, obj, form, change)
        if not change or "email" in form.changed_data:
            obj.vouch_for_address()

    @admin.action(description=_("Passkeys und App entfernen, weil das Gerät verloren ist"), permissions=["change"])
    def reset_factors(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Let people in by mail again who lost their device; they set up a new one themselves."""
        if not all(self._may_touch(request, user) for user in queryset):
            raise PermissionDenied
        Authenticator.objects.filter(user__in=queryset).delete()
        self.message_user(request, _("Die Anmeldung geht wieder mit Passwort oder Code per E-Mail."), messages.SUCCESS)

    @admin.action(description=_("Konto löschen (Person wird pseudonymisiert)"), permissions=["erase"])
    def erase(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Forget people; what they did for organisations stays."""
        number = 0
        for user in queryset.exclude(pk=request.user.pk):
            pseudonymise(user=user, by=request.user)
            number += 1
        self.message_user(
            request,
            ngettext("%(n)d Konto gelöscht.", "%(n)d Konten gelöscht.", number) % {"n": number},
            messages.SUCCESS,
        )

    def has_erase_permission(self, request: HttpRequest) -> bool:
        """Deleting somebody's account is for those who lead the administration."""
        return request.user.is_superuser

    def _may_touch(self, request: HttpRequest, obj: User | None) -> bool:
        return obj is None or request.user.is_superuser or not obj.is_superuser
