"""The pages of one organisation in "Mein Bereich", for every kind that a ``Keeping`` describes."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from vielfalt.listings import actions, editing, publishing
from vielfalt.listings.editing import for_members
from vielfalt.listings.history import timeline
from vielfalt.listings.models import ChangeRequest, Organisation, State
from vielfalt.listings.public import strand_of
from vielfalt.listings.registry import reviewed
from vielfalt.listings.workspace.completeness import percentage
from vielfalt.listings.workspace.keeping import Keeping, page_url

WISHES = {
    "veroeffentlichen": (State.PUBLISHED, gettext_lazy("Veröffentlichen")),
    "ruhen": (State.DORMANT, gettext_lazy("Ruhen lassen")),
    "archivieren": (State.ARCHIVED, gettext_lazy("Archivieren")),
}
"""The states a member can ask for and their buttons, by their word in the address."""

LAST_SAVED = "rueckgaengig"
"""Where the session keeps what its owner saved last."""


def about(keeping: Keeping, organisation: Organisation) -> dict[str, Any]:
    """Return what every page about an organisation shows."""
    return {"keeping": keeping, "organisation": organisation, "strand": strand_of(organisation)}


def own(request: HttpRequest, keeping: Keeping, slug: str) -> Organisation:
    """Return the organisation if it is the member's to look after; for all others it does not exist."""
    return get_object_or_404(keeping.editable_by(request.user), slug=slug)


def sender(request: HttpRequest) -> actions.Sender:
    """Return who proposes something, with the mark of the form that makes a double click write once."""
    try:
        token = UUID(request.POST.get("form_token", ""))
    except ValueError:
        token = None
    return actions.Sender(user=request.user, form_token=token)


def last_saved(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """Return what this person saved last, if that was in this organisation's entries."""
    last = request.session.get(LAST_SAVED, {})
    return last if last.get("organisation") == [organisation._meta.label_lower, organisation.pk] else None


@for_members
@require_safe
def overview(request: HttpRequest, keeping: Keeping, slug: str) -> HttpResponse:
    """One organisation with all that can be done about it."""
    organisation = get_object_or_404(keeping.editable_by(request.user).for_workspace(), slug=slug)
    items = keeping.items(organisation)
    entries = (organisation, *keeping.parts_of(organisation))
    context = about(keeping, organisation) | {
        "parts": keeping.kept_parts_of(organisation),
        "complete": percentage(items),
        "last_saved": last_saved(request, organisation),
        "missing": [item for item in items if not item.is_there],
        "wishes": [(wish, state, label) for wish, (state, label) in WISHES.items()],
        "requests": ChangeRequest.objects.of(request.user).about(*entries).open(),
    }
    return render(request, "workspace/organisation.html", context)


@for_members
@require_POST
def confirm(request: HttpRequest, keeping: Keeping, slug: str) -> HttpResponse:
    """Say that the entry and its parts are right as they are."""
    organisation = own(request, keeping, slug)
    publishing.confirm(entries=[organisation], by=request.user)
    messages.success(request, _("Danke. „{name}“ ist jetzt als aktuell bestätigt.").format(name=organisation))
    return redirect(page_url(organisation, "mine"))


@for_members
@require_POST
def wish_for_state(request: HttpRequest, keeping: Keeping, slug: str, wish: str, pk: int | None = None) -> HttpResponse:
    """Ask the centre to publish, rest or archive an organisation or one of its parts."""
    organisation = own(request, keeping, slug)
    entry = organisation if pk is None else keeping.part_of(organisation, pk)
    if wish not in WISHES:
        raise Http404
    try:
        actions.submit_change(
            entry=entry, proposed={"state": WISHES[wish][0]}, base={"state": entry.state}, by=sender(request)
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Danke. Das Kompetenzzentrum sieht sich Ihren Antrag an."))
    return redirect(page_url(organisation, "mine"))


@for_members
def new_part(request: HttpRequest, keeping: Keeping, slug: str) -> HttpResponse:
    """Propose another entry that belongs to the organisation, such as a programme."""
    organisation, parts = own(request, keeping, slug), keeping.parts
    kept = editing.kept(request) if request.method == "GET" else None
    data = request.POST if request.method == "POST" else kept
    form = reviewed(parts.model).new_form(data, initial={"municipality": organisation.municipality_id})
    del form.fields[parts.parent]
    setattr(form.instance, parts.parent, organisation)
    if request.method == "POST" and form.is_valid():
        made = actions.submit_new(
            model=parts.model,
            name=form.cleaned_data[parts.name],
            proposed={parts.parent: organisation, **form.cleaned_data},
            by=sender(request),
        )
        messages.success(request, _("Danke. Das Kompetenzzentrum sieht sich Ihren Vorschlag an."))
        return redirect("listings:own_request", made.pk)
    context = {"form": form, "form_token": request.POST.get("form_token") or uuid4()}
    return render(request, "workspace/new_part.html", about(keeping, organisation) | context)


@for_members
@require_safe
def history(request: HttpRequest, keeping: Keeping, slug: str) -> HttpResponse:
    """Who changed what, for the members."""
    organisation = get_object_or_404(keeping.editable_by(request.user).for_workspace(), slug=slug)
    entries = (organisation, *keeping.parts_of(organisation))
    context = {"histories": [(entry, timeline(entry, internal=False)) for entry in entries]}
    return render(request, "workspace/history.html", about(keeping, organisation) | context)
