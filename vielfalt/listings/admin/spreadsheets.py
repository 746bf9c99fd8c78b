"""Import and export of entries in the admin: upload, look at what would happen, confirm."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.models import PendingImport
from vielfalt.listings.spreadsheets.checking import check
from vielfalt.listings.spreadsheets.exporting import CONTENT_TYPES, table, template, write_file
from vielfalt.listings.spreadsheets.importing import import_file
from vielfalt.listings.spreadsheets.plan import Plan
from vielfalt.listings.spreadsheets.reading import MAX_BYTES, RefusedError, read_rows
from vielfalt.listings.spreadsheets.spreadsheet import Spreadsheet


class UploadForm(forms.Form):
    file = forms.FileField(label=_("Tabelle"), help_text=_("CSV oder XLSX, höchstens 5 MB und 10.000 Zeilen."))
    publish = forms.BooleanField(
        label=_("Neue Einträge gleich veröffentlichen"),
        help_text=_("Nur vollständige. Sonst entstehen Entwürfe. Der Status vorhandener Einträge ändert sich nie."),
        required=False,
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        try:
            # One byte more than allowed is enough to see that a file is too large.
            self.content = upload.read(MAX_BYTES + 1)
            self.rows = read_rows(self.content)
        except RefusedError as error:
            raise forms.ValidationError(str(error)) from error
        return upload


class SpreadsheetViews(admin.ModelAdmin):
    """Adds import, export and template to the list of entries; ``sheet`` says how they look in a table."""

    sheet: Spreadsheet
    change_list_template = "admin/listings/spreadsheets/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        views = {
            "import/": (self.upload_view, "import"),
            "import/<int:number>/": (self.confirm_view, "import_confirm"),
            "export/<slug:kind>/": (self.export_view, "export"),
            "vorlage/<slug:kind>/": (self.template_view, "template"),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=f"{self.opts.app_label}_{self.opts.model_name}_{name}")
            for route, (view, name) in views.items()
        ]
        return own + super().get_urls()

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_import = {"has_import_permission": self.has_import_permission(request)}
        return super().changelist_view(request, {**may_import, **(extra_context or {})})

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Take a file; without a mistake it is kept for the confirmation."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        plan = None
        if request.method == "POST" and form.is_valid():
            try:
                plan = check(self.sheet, form.rows, publish=form.cleaned_data["publish"])
            except RefusedError as error:
                form.add_error("file", str(error))
            if plan and not plan.mistakes:
                return redirect(admin_urlname(self.opts, "import_confirm"), self._keep(request, form).pk)
        title = gettext("{entries} importieren").format(entries=self.sheet.title)
        return self._page(request, "upload.html", title, form=form, plan=plan, sheet=self.sheet)

    def _keep(self, request: HttpRequest, form: UploadForm) -> PendingImport:
        PendingImport.objects.forgotten().delete()
        return PendingImport.objects.create(
            kind=self.sheet.kind,
            uploaded_by=request.user,
            file_name=form.cleaned_data["file"].name[:200],
            content=form.content,
            publish=form.cleaned_data["publish"],
        )

    def confirm_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show what the import would do; on confirmation check again and do it."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        pending = PendingImport.objects.filter(pk=number, kind=self.sheet.kind).first()
        if pending is None:
            # A second click, or the way back in the browser: what was wanted is done.
            text = _("Diese Tabelle ist schon importiert oder abgebrochen.")
            self.message_user(request, text, messages.INFO)
            return self._to_list()
        if pending.uploaded_by_id != request.user.pk:
            raise Http404
        if request.method == "POST":
            if "cancel" in request.POST:
                pending.delete()
                self.message_user(request, _("Nichts wurde importiert."), messages.INFO)
                return self._to_list()
            content = bytes(pending.content)
            plan = import_file(self.sheet, content=content, publish=pending.publish, by=request.user)
            if not plan.mistakes:
                pending.delete()
                self.message_user(request, _success(plan), messages.SUCCESS)
                return self._to_list()
        else:
            plan = check(self.sheet, read_rows(bytes(pending.content)), publish=pending.publish)
        return self._page(request, "confirm.html", gettext("Import bestätigen"), pending=pending, plan=plan)

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Send the entries of the list as it is filtered now."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            shown = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return self._to_list()
        entries = self.sheet.entries().filter(pk__in=shown.order_by().values("pk"))
        rows = table(self.sheet, entries, with_internal=request.user.has_perm(self.sheet.internal_permission))
        return self._download(rows, kind, f"{self.sheet.file_name}-{timezone.localdate():%Y-%m-%d}")

    def template_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._download(template(self.sheet), kind, f"vorlage-{self.sheet.file_name}", comments=True)

    def _to_list(self) -> HttpResponse:
        return redirect(admin_urlname(self.opts, "changelist"))

    def _page(self, request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
        return TemplateResponse(
            request,
            f"admin/listings/spreadsheets/{name}",
            {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **context},
        )

    def _download(self, rows: list[list[str]], kind: str, name: str, *, comments: bool = False) -> HttpResponse:
        if kind not in CONTENT_TYPES:
            raise Http404
        return HttpResponse(
            write_file(rows, kind, title=self.sheet.title, comments=comments),
            content_type=CONTENT_TYPES[kind],
            headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"},
        )


def _success(plan: Plan) -> str:
    if plan.changes_nothing:
        return gettext("Die Tabelle stimmt mit dem Bestand überein, alles ist unverändert.")
    return gettext("Importiert. {parts}.").format(parts="; ".join(plan.summary))
