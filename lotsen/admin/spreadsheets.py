"""Import and export of carriers in the admin: upload, look at what would happen, confirm."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lotsen.actions import import_carriers
from lotsen.models import PendingImport
from lotsen.spreadsheets import columns
from lotsen.spreadsheets.checking import check
from lotsen.spreadsheets.existing import with_spreadsheet_columns
from lotsen.spreadsheets.exporting import CONTENT_TYPES, table, template, write_file
from lotsen.spreadsheets.plan import CarrierPlan, Plan, ProgrammePlan, outcome_of
from lotsen.spreadsheets.reading import MAX_BYTES, RefusedError, read_rows

OUTCOMES = {"new": _("neu"), "changed": _("geändert"), "unchanged": _("unverändert")}


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
    """Adds import, export and template to the list of carriers."""

    def get_urls(self) -> list[URLPattern]:
        views = {
            "import/": (self.upload_view, "lotsen_carrier_import"),
            "import/<int:number>/": (self.confirm_view, "lotsen_carrier_import_confirm"),
            "export/<slug:kind>/": (self.export_view, "lotsen_carrier_export"),
            "vorlage/<slug:kind>/": (self.template_view, "lotsen_carrier_template"),
        }
        own = [path(route, self.admin_site.admin_view(view), name=name) for route, (view, name) in views.items()]
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
                plan = check(form.rows, publish=form.cleaned_data["publish"])
            except RefusedError as error:
                form.add_error("file", str(error))
            if plan and not plan.mistakes:
                return redirect("admin:lotsen_carrier_import_confirm", self._keep(request, form).pk)
        return self._page(
            request, "import.html", _("Träger importieren"), form=form, plan=plan, columns=columns.COLUMNS
        )

    def _keep(self, request: HttpRequest, form: UploadForm) -> PendingImport:
        PendingImport.objects.forgotten().delete()
        return PendingImport.objects.create(
            uploaded_by=request.user,
            file_name=form.cleaned_data["file"].name[:200],
            content=form.content,
            publish=form.cleaned_data["publish"],
        )

    def confirm_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show what the import would do; on confirmation check again and do it."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        pending = PendingImport.objects.filter(pk=number).first()
        if pending is None:
            # A second click, or the way back in the browser: what was wanted is done.
            text = _("Diese Tabelle ist schon importiert oder abgebrochen.")
            self.message_user(request, text, messages.INFO)
            return redirect("admin:lotsen_carrier_changelist")
        if pending.uploaded_by_id != request.user.pk:
            raise Http404
        if request.method == "POST":
            if "cancel" in request.POST:
                pending.delete()
                self.message_user(request, _("Nichts wurde importiert."), messages.INFO)
                return redirect("admin:lotsen_carrier_changelist")
            plan = import_carriers(content=bytes(pending.content), publish=pending.publish, by=request.user)
            if not plan.mistakes:
                pending.delete()
                self.message_user(request, _success(plan), messages.SUCCESS)
                return redirect("admin:lotsen_carrier_changelist")
        else:
            plan = check(read_rows(bytes(pending.content)), publish=pending.publish)
        return self._page(
            request, "import_confirm.html", _("Import bestätigen"), pending=pending, plan=plan, parts=_parts(plan)
        )

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Send the carriers of the list as it is filtered now."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            shown = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect("admin:lotsen_carrier_changelist")
        carriers = with_spreadsheet_columns().filter(pk__in=shown.order_by().values("pk"))
        rows = table(carriers, with_notes=request.user.has_perm("lotsen.view_carrierinternal"))
        return _download(rows, kind, f"traeger-{timezone.localdate():%Y-%m-%d}")

    def template_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return _download(template(), kind, "vorlage-traeger", comments=True)

    def _page(self, request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
        return TemplateResponse(
            request,
            f"admin/lotsen/carrier/{name}",
            {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **context},
        )


def _parts(plan: Plan) -> list[dict[str, Any]]:
    """Return one line for each carrier and programme of a plan."""
    return [
        {
            "row": part.row,
            "kind": _("Träger") if isinstance(part, CarrierPlan) else _("Lotsenprogramm"),
            "name": part.name if isinstance(part, CarrierPlan) else part.title,
            "outcome": outcome_of(part),
            "label": OUTCOMES[outcome_of(part)],
            "columns": ", ".join(part.columns) if part.existing else "",
            "publish": part.publish,
        }
        for part in plan.parts
    ]


def _success(plan: Plan) -> str:
    if plan.changes_nothing:
        return gettext("Die Tabelle stimmt mit dem Bestand überein, alles ist unverändert.")
    parts = [
        gettext("{kind}: {new} neu, {changed} geändert, {unchanged} unverändert").format(
            kind=kind, **{outcome: plan.count(model, outcome) for outcome in OUTCOMES}
        )
        for kind, model in ((gettext("Träger"), CarrierPlan), (gettext("Lotsenprogramme"), ProgrammePlan))
    ]
    return gettext("Importiert. {parts}.").format(parts="; ".join(parts))


def _download(rows: list[list[str]], kind: str, name: str, *, comments: bool = False) -> HttpResponse:
    if kind not in CONTENT_TYPES:
        raise Http404
    return HttpResponse(
        write_file(rows, kind, comments=comments),
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"},
    )
