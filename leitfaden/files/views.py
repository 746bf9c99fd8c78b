"""Pages and downloads of an edition's files."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_POST, require_safe

from leitfaden.files import tasks
from leitfaden.files.listing import downloads, saved_as
from leitfaden.loading import SLUG
from leitfaden.models import Edition, EditionFile, EditionState, FileKind
from leitfaden.permissions import edits, publishes, require_publisher

A_YEAR = 365 * 24 * 3600
TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.EPUB: "application/epub+zip",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.MARKDOWN: "text/markdown; charset=utf-8",
}


@require_safe
def files(request: HttpRequest, edition: str) -> HttpResponse:
    """All files of an edition with what is needed to check them, and how far those are that are being built."""
    found = _edition(request, edition)
    if _is_gone(found, request):
        return render(request, "leitfaden/files/withdrawn.html", {"edition": found}, status=410)
    listed = downloads(found, request.user)
    context = {
        "edition": found,
        "downloads": listed,
        "is_building": any(download.is_under_way for download in listed),
        "may_build": publishes(request.user) and bool(tasks.missing_kinds(found)),
    }
    response = render(request, "leitfaden/files/files.html", context)
    if found.published_at is None:
        response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def build(request: HttpRequest, edition: str) -> HttpResponse:
    """Build what is missing, again if need be."""
    found = _edition(request, edition)
    require_publisher(request.user)
    tasks.start(found)
    messages.success(request, _("Die fehlenden Dateien werden erzeugt. Das dauert etwa eine Minute."))
    return redirect("leitfaden:files", edition=found.slug)


def _etag(request: HttpRequest, edition: str, name: str) -> str | None:
    file = _file(request, edition, name)
    return f'"{file.sha256}"' if file else None


@require_safe
@condition(etag_func=_etag)
def download(request: HttpRequest, edition: str, name: str) -> HttpResponse:
    """A file as it was built. Of a published edition it never changes."""
    found = _edition(request, edition)
    if _is_gone(found, request):
        return render(request, "leitfaden/files/withdrawn.html", {"edition": found}, status=410)
    file = _file(request, edition, name)
    if file is None:
        raise Http404
    content = EditionFile.objects.values_list("content", flat=True).get(pk=file.pk)
    public = found.published_at is not None
    return HttpResponse(
        bytes(content),
        content_type=TYPES[FileKind(file.kind)],
        headers={
            "Content-Disposition": f'attachment; filename="{saved_as(file)}"',
            "Cache-Control": f"public, max-age={A_YEAR}, immutable" if public else "private, no-cache",
        },
    )


def _is_gone(edition: Edition, request: HttpRequest) -> bool:
    return edition.state == EditionState.WITHDRAWN and not edits(request.user)


def _edition(request: HttpRequest, slug: str) -> Edition:
    editions = Edition.objects.visible_to(request.user).select_related("document", "revision")
    return get_object_or_404(editions, slug=slug, document__slug=SLUG)


def _file(request: HttpRequest, edition: str, name: str) -> EditionFile | None:
    files = EditionFile.objects.visible_to(request.user).listed().select_related("edition__document")
    found = files.filter(edition__slug=edition, edition__document__slug=SLUG, kind=name.rpartition(".")[2]).first()
    return found if found is not None and found.name == name else None
