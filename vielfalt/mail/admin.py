"""The log of mails ("did it go out?") and the previews. Contents are never shown: account mails hold secrets."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from post_office import admin as post_office_admin
from post_office.models import STATUS

from vielfalt.mail import previews
from vielfalt.mail.models import Delivery, ReminderOptOut
from vielfalt.mail.tasks import deliver

STATES = {
    STATUS.sent: ("veroeffentlicht", _("verschickt")),
    STATUS.failed: ("archiviert", _("nicht zugestellt")),
    STATUS.queued: ("in-pruefung", _("wartet")),
    STATUS.requeued: ("in-pruefung", _("wartet auf neuen Versuch")),
}

# The mails of the style "sandbox" may not do anything, but show their own inline styles.
MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"

for model in (
    post_office_admin.Email,
    post_office_admin.Log,
    post_office_admin.EmailTemplate,
    post_office_admin.Attachment,
):
    admin.site.unregister(model)


class StateFilter(admin.SimpleListFilter):
    title = _("Stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(str(number), label) for number, (_style, label) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        known = {str(number): number for number in STATES}
        return queryset.filter(status=known[self.value()]) if self.value() in known else None


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    list_display: ClassVar = ("created", "recipients", "subject", "class_of_mail", "state", "last_change")
    list_filter: ClassVar = (StateFilter, "created")
    search_fields: ClassVar = ("to", "subject")
    search_help_text = _("Nach Adresse oder Betreff suchen.")
    date_hierarchy = "created"
    list_per_page = 50
    fields: ClassVar = (
        "recipients",
        "subject",
        "class_of_mail",
        "state",
        "created",
        "last_change",
        "number_of_retries",
        "mistakes",
    )
    readonly_fields: ClassVar = fields
    actions: ClassVar = ("send_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        return super().get_queryset(request).defer("context")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False

    @admin.display(description=_("an"), ordering="to")
    def recipients(self, mail: Delivery) -> str:
        return ", ".join(mail.to)

    @admin.display(description=_("Art"))
    def class_of_mail(self, mail: Delivery) -> str:
        return str(mail.kind.label)

    @admin.display(description=_("Stand"), ordering="status")
    def state(self, mail: Delivery) -> SafeString:
        return format_html('<span class="badge badge-{}">{}</span>', *STATES[mail.status])

    @admin.display(description=_("seit"), ordering="last_updated")
    def last_change(self, mail: Delivery) -> object:
        return mail.last_updated

    @admin.display(description=_("Fehler"))
    def mistakes(self, mail: Delivery) -> str:
        return "\n".join(f"{log.date:%d.%m.%Y %H:%M} {log.exception_type}: {log.message}" for log in mail.logs.all())

    @admin.action(description=_("Noch einmal versuchen"), permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        failed = queryset.filter(status=STATUS.failed).with_content()
        number = failed.update(status=STATUS.queued, number_of_retries=0, scheduled_time=None)
        deliver.enqueue()
        text = ngettext("%d E-Mail wird noch einmal verschickt.", "%d E-Mails werden noch einmal verschickt.", number)
        self.message_user(request, text % number, messages.SUCCESS if number else messages.WARNING)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("vorschau/", view(self.previews), name="mail_delivery_previews"),
            path("vorschau/<path:name>/", view(self.preview), name="mail_delivery_preview"),
            *super().get_urls(),
        ]

    def previews(self, request: HttpRequest) -> HttpResponse:
        """All mails of the portal as plain text, with sample values."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), "title": _("Vorschau aller E-Mails"), "opts": self.opts}
        return TemplateResponse(request, "admin/mail/previews.html", {**context, "mails": previews.rendered()})

    def preview(self, request: HttpRequest, name: str) -> HttpResponse:
        """One mail as its readers see it; nothing in it can do anything."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        mail = previews.rendered().get(name)
        if mail is None:
            raise Http404
        return HttpResponse(mail.html, headers={"Content-Security-Policy": MAIL_POLICY})


@admin.register(ReminderOptOut)
class ReminderOptOutAdmin(admin.ModelAdmin):
    list_display: ClassVar = ("address", "created_at")
    search_fields: ClassVar = ("address",)

    def has_change_permission(self, request: HttpRequest, obj: ReminderOptOut | None = None) -> bool:
        return False
