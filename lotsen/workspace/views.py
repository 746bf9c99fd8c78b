"""The pages of one carrier in "Mein Bereich"."""

from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lotsen.actions import confirm
from lotsen.models import Carrier, Programme
from lotsen.workspace.completeness import items, percentage
from lotsen.workspace.forms import NewProgrammeForm
from lotsen.workspace.sections import CARRIER_SECTIONS, PROGRAMME_SECTIONS, Section
from vielfalt.listings import actions, editing
from vielfalt.listings.editing import for_members
from vielfalt.listings.history import timeline
from vielfalt.listings.models import ChangeRequest, State
from vielfalt.listings.proposals import plain, values_of

WISHES = {
    "veroeffentlichen": (State.PUBLISHED, gettext_lazy("Veröffentlichen")),
    "ruhen": (State.DORMANT, gettext_lazy("Ruhen lassen")),
    "archivieren": (State.ARCHIVED, gettext_lazy("Archivieren")),
}
"""The states a member can ask for and their buttons, by their word in the address."""

Entry = Carrier | Programme


@for_members
@require_safe
def my_carrier(request: HttpRequest, slug: str) -> HttpResponse:
    """One carrier with all that can be done about it."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user).for_workspace(), slug=slug)
    parts = items(carrier)
    return render(
        request,
        "workspace/carrier.html",
        {
            "carrier": carrier,
            "programmes": [one for one in carrier.programmes.all() if one.state != State.ARCHIVED],
            "carrier_sections": CARRIER_SECTIONS.values(),
            "programme_sections": PROGRAMME_SECTIONS.values(),
            "complete": percentage(parts),
            "missing": [part for part in parts if not part.is_there],
            "wishes": [(wish, state, label) for wish, (state, label) in WISHES.items()],
            "requests": ChangeRequest.objects.of(request.user).about(carrier, *carrier.programmes.all()).open(),
        },
    )


@for_members
@require_POST
def confirm_carrier(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the entry and its programmes are right as they are."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    confirm(entries=[carrier], by=request.user)
    messages.success(request, _("Danke. „{name}“ ist jetzt als aktuell bestätigt.").format(name=carrier))
    return redirect("lotsen:my_carrier", slug)


@for_members
def edit_carrier(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """One section of a carrier."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    return _edit(request, carrier, carrier, _section(CARRIER_SECTIONS, section))


@for_members
def edit_programme(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """One section of a programme."""
    programme = get_object_or_404(Programme.objects.editable_by(request.user).select_related("carrier"), pk=pk)
    return _edit(request, programme, programme.carrier, _section(PROGRAMME_SECTIONS, section))


def _section(sections: dict[str, Section], slug: str) -> Section:
    if slug not in sections:
        raise Http404
    return sections[slug]


def _edit(request: HttpRequest, entry: Entry, carrier: Carrier, section: Section) -> HttpResponse:
    if request.method == "POST":
        if section.is_reviewed:
            return _propose(request, entry, carrier, section)
        attempt = editing.save_section(entry, section.form, request.POST)
        if attempt.is_saved:
            _tell_saved(request, entry, section, attempt)
            return redirect("lotsen:my_carrier", carrier.slug)
        status = HTTPStatus.CONFLICT if attempt.conflicts else HTTPStatus.OK
        return _show(request, entry, carrier, section, attempt=attempt, status=status)
    form = section.form(instance=entry)
    base = editing.sign(form.values())
    kept = editing.kept(request)
    if kept is not None:
        messages.info(request, _("Ihre Eingaben sind noch da. Bitte speichern Sie sie jetzt."))
        form, base = section.form(kept, instance=entry), kept.get(editing.BASE, base)
    return _show(request, entry, carrier, section, attempt=editing.Attempt(form, base))


def _show(
    request: HttpRequest,
    entry: Entry,
    carrier: Carrier,
    section: Section,
    *,
    attempt: editing.Attempt,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "entry": entry,
        "carrier": carrier,
        "section": section,
        "attempt": attempt,
        "form": attempt.form,
        "form_token": request.POST.get("form_token") or uuid4(),
    }
    return render(request, "workspace/section.html", context, status=status)


def _tell_saved(request: HttpRequest, entry: Entry, section: Section, attempt: editing.Attempt) -> None:
    """Say what happened, with a way back for what really changed."""
    if not attempt.has_changed:
        messages.info(request, _("„{section}“ war schon so gespeichert.").format(section=section.title))
        return
    messages.success(request, _("„{section}“ ist gespeichert und öffentlich.").format(section=section.title))
    request.session["rueckgaengig"] = {
        "entry": [entry._meta.model_name, entry.pk],
        "section": section.slug,
        "title": str(section.title),
        "before": attempt.before,
        "after": attempt.after,
    }


@for_members
@require_POST
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back what this person saved last, unless somebody has changed it again since."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    last = request.session.pop("rueckgaengig", None)
    if last is None:
        messages.info(request, _("Hier gibt es nichts mehr rückgängig zu machen."))
        return redirect("lotsen:my_carrier", slug)
    kind, pk = last["entry"]
    is_carrier = kind == Carrier._meta.model_name
    entries = Carrier.objects.filter(pk=carrier.pk) if is_carrier else Programme.objects.of(carrier)
    entry = get_object_or_404(entries, pk=pk)
    section = (CARRIER_SECTIONS if is_carrier else PROGRAMME_SECTIONS)[last["section"]]
    data = editing.as_data(section.form(instance=entry), last["before"])
    data[editing.BASE] = editing.sign(last["after"])
    attempt = editing.save_section(entry, section.form, data)
    if attempt.is_saved:
        messages.success(request, _("„{section}“ ist wieder wie vorher.").format(section=section.title))
        return redirect("lotsen:my_carrier", slug)
    return _show(request, entry, carrier, section, attempt=attempt, status=HTTPStatus.CONFLICT)


def _propose(request: HttpRequest, entry: Entry, carrier: Carrier, section: Section) -> HttpResponse:
    """Send risky values to the centre; the public entry stays as it is."""
    base = editing.unsign(request.POST.get(editing.BASE, "")) or values_of(entry, section.form.base_fields)
    form = section.form(request.POST, instance=type(entry)._base_manager.get(pk=entry.pk))
    attempt = editing.Attempt(form, editing.sign(base))
    if not form.is_valid():
        return _show(request, entry, carrier, section, attempt=attempt)
    try:
        made = actions.submit_change(entry=entry, proposed=plain(form.cleaned_data), base=base, by=_sender(request))
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return _show(request, entry, carrier, section, attempt=attempt)
    messages.success(request, _("Danke. Das Kompetenzzentrum sieht sich Ihren Antrag an."))
    return redirect("listings:own_request", made.pk)


def _sender(request: HttpRequest) -> actions.Sender:
    try:
        token = UUID(request.POST.get("form_token", ""))
    except ValueError:
        token = None
    return actions.Sender(user=request.user, form_token=token)


@for_members
@require_POST
def wish_for_state(request: HttpRequest, slug: str, wish: str, pk: int | None = None) -> HttpResponse:
    """Ask the centre to publish, rest or archive a carrier or one of its programmes."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    entry = carrier if pk is None else get_object_or_404(carrier.programmes, pk=pk)
    if wish not in WISHES:
        raise Http404
    try:
        actions.submit_change(
            entry=entry, proposed={"state": WISHES[wish][0]}, base={"state": entry.state}, by=_sender(request)
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Danke. Das Kompetenzzentrum sieht sich Ihren Antrag an."))
    return redirect("lotsen:my_carrier", slug)


@for_members
def new_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose another programme."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    kept = editing.kept(request) if request.method == "GET" else None
    data = request.POST if request.method == "POST" else kept
    form = NewProgrammeForm(data, carrier=carrier)
    if request.method == "POST" and form.is_valid():
        made = actions.submit_new(
            model=Programme,
            name=form.cleaned_data["title"],
            proposed={"carrier": carrier, **form.cleaned_data},
            by=_sender(request),
        )
        messages.success(request, _("Danke. Das Kompetenzzentrum sieht sich Ihren Vorschlag an."))
        return redirect("listings:own_request", made.pk)
    context = {"carrier": carrier, "form": form, "form_token": request.POST.get("form_token") or uuid4()}
    return render(request, "workspace/new_programme.html", context)


@for_members
@require_safe
def carrier_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what, for the members."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    entries = [carrier, *carrier.programmes.order_by("sort_key")]
    histories = [(entry, timeline(entry, internal=False)) for entry in entries]
    return render(request, "workspace/history.html", {"carrier": carrier, "histories": histories})
