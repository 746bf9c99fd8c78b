"""Taking over a text from a file: upload, look at what would happen, confirm."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from leitfaden.actions import HeadMovedError
from leitfaden.editing import saving
from leitfaden.editing.access import for_editors, the_document
from leitfaden.editing.forms import NoteForm
from leitfaden.editing.seen import NAME, Seen
from leitfaden.importing import Plan, RefusedError, import_text, plan_import
from leitfaden.importing.reading import MOST_UPLOAD
from leitfaden.models import Document, Revision
from vielfalt.accounts.models import User
from vielfalt.listings.models import PendingImport

KIND = "leitfaden.document"


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Datei"),
        help_text=gettext_lazy("Word (.docx) oder Markdown (.md), mit Überschriften gegliedert, höchstens 25 MB."),
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        # One byte more than allowed is enough to see that a file is too large.
        self.content = upload.read(MOST_UPLOAD + 1)
        if len(self.content) > MOST_UPLOAD:
            raise ValidationError(_("Diese Datei ist zu groß. Erlaubt sind 25 MB."))
        return upload


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file; if it can be read it is kept for the confirmation."""
    document = the_document()
    form = UploadForm(request.POST or None, request.FILES or None)
    mistakes: list[str] = []
    if request.method == "POST" and form.is_valid():
        plan = _planned(form, document.head)
        if plan is not None and not plan.mistakes:
            return redirect("leitfaden:confirm_import", _keep(form, request.user).pk)
        mistakes = plan.mistakes if plan else []
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"form": form, "mistakes": mistakes, "document": document}
    return render(request, "leitfaden/editing/import.html", context, status=status)


def _planned(form: UploadForm, base: Revision) -> Plan | None:
    try:
        return plan_import(content=form.content, base=base)
    except RefusedError as error:
        form.add_error("file", str(error))
        return None


def _keep(form: UploadForm, by: User) -> PendingImport:
    PendingImport.objects.forgotten().delete()
    name = form.cleaned_data["file"].name[:200]
    return PendingImport.objects.create(kind=KIND, uploaded_by=by, file_name=name, content=form.content)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Show everything that would change and what cannot be taken; on confirmation do it."""
    document = the_document()
    pending = PendingImport.objects.filter(pk=number, kind=KIND).first()
    if pending is None:
        # A second click, or the way back in the browser: what was wanted is done.
        messages.info(request, _("Diese Datei ist schon übernommen oder abgebrochen."))
        return redirect("leitfaden:outline")
    get_object_or_404(PendingImport, pk=number, uploaded_by=request.user)
    if "abbrechen" in request.POST:
        pending.delete()
        messages.info(request, _("Nichts wurde übernommen."))
        return redirect("leitfaden:outline")
    form = NoteForm(request.POST or None, initial={"note": _("Übernommen aus {name}").format(name=pending.file_name)})
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        saved = _import(request, document, pending, form.cleaned_data["note"])
        if saved is not None:
            pending.delete()
            return redirect("leitfaden:revision", saved.number)
        status = HTTPStatus.CONFLICT
        document = the_document()
    plan = plan_import(content=bytes(pending.content), base=document.head)
    context = {"pending": pending, "plan": plan, "form": form, "seen": Seen.of(document.head)}
    return render(request, "leitfaden/editing/confirm_import.html", context, status=status)


def _import(request: HttpRequest, document: Document, pending: PendingImport, note: str) -> Revision | None:
    """Import onto the text that the plan was shown for; ``None`` where that is not the text any more."""
    seen = Seen.read(request.POST.get(NAME, ""), document)
    try:
        if seen is None:
            raise ValidationError(_("Diese Seite war zu alt. Bitte prüfen Sie den Plan noch einmal."))
        plan = plan_import(content=bytes(pending.content), base=seen.base)
        saved = import_text(document=document, plan=plan, note=note, by=request.user)
    except HeadMovedError:
        messages.warning(
            request,
            _("Inzwischen hat jemand anderes gespeichert. Das ist der neue Plan: Bitte prüfen Sie ihn noch einmal."),
        )
        return None
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return None
    saving.tell(request, saved, seen.base)
    return saved
