"""The pages in "Mein Bereich" on which organisations publish, change and end their notices."""

from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vielfalt.listings import editing
from vielfalt.listings.editing import for_members
from vielfalt.notices import actions
from vielfalt.notices.forms import NewNoticeForm, NoticeForm
from vielfalt.notices.models import Notice


@for_members
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All notices of one's organisations, the running ones first."""
    notices = list(Notice.objects.editable_by(request.user).for_cards().order_by("-ends_on", "pk"))
    context = {
        "running": [notice for notice in notices if notice.is_running],
        "ended": [notice for notice in notices if not notice.is_running],
        "may_publish": bool(actions.organisations_of(request.user)),
    }
    return render(request, "notices/mine.html", context)


@for_members
def new(request: HttpRequest) -> HttpResponse:
    """Publish a notice; there is nothing to wait for, because the centre knows everybody who may."""
    organisations = actions.organisations_of(request.user)
    if not organisations:
        return redirect("notices:mine")
    kept = editing.kept(request) if request.method == "GET" else None
    data = request.POST if request.method == "POST" else kept
    first = {"municipality": organisations[0].municipality_id, "organisation": request.GET.get("fuer")}
    form = NewNoticeForm(data, organisations=organisations, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            notice = actions.publish(notice=form.instance, organisation=form.organisation, form_token=_token(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("„{title}“ ist jetzt öffentlich.").format(title=notice.title))
            return redirect("notices:mine")
    context = {"form": form, "form_token": request.POST.get("form_token") or uuid4()}
    return render(request, "notices/new.html", context)


@for_members
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a notice or give it a new end."""
    notice = get_object_or_404(Notice.objects.editable_by(request.user), pk=pk)
    status = HTTPStatus.OK
    if request.method == "POST":
        attempt = editing.save_section(notice, NoticeForm, request.POST)
        if attempt.is_saved:
            messages.success(request, _("„{title}“ ist gespeichert.").format(title=attempt.form.instance.title))
            return redirect("notices:mine")
        status = HTTPStatus.CONFLICT if attempt.conflicts else HTTPStatus.OK
    else:
        attempt = editing.reopened(request, NoticeForm, notice)
    context = {"notice": notice, "attempt": attempt, "form": attempt.form}
    return render(request, "notices/edit.html", context, status=status)


@for_members
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a notice from the public pages at once."""
    notice = get_object_or_404(Notice.objects.editable_by(request.user), pk=pk)
    actions.end(notice=notice)
    messages.success(
        request, _("„{title}“ ist beendet. Sie können es jederzeit verlängern.").format(title=notice.title)
    )
    return redirect("notices:mine")


def _token(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("form_token", ""))
    except ValueError:
        return None
