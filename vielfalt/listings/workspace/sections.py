"""Editing an organisation or one of its parts section by section, and taking the last step back."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vielfalt.listings import actions, editing
from vielfalt.listings.editing import for_members
from vielfalt.listings.models import Entry, Organisation
from vielfalt.listings.proposals import plain, values_of
from vielfalt.listings.workspace.keeping import Keeping, Section, page_url
from vielfalt.listings.workspace.views import LAST_SAVED, about, last_saved, own, sender


@dataclass(frozen=True)
class Target:
    """The section that a page is about, and whose it is."""

    keeping: Keeping
    organisation: Organisation
    entry: Entry
    """The organisation or one of its parts."""
    section: Section

    @classmethod
    def find(cls, keeping: Keeping, organisation: Organisation, entry: Entry, slug: str) -> "Target":
        sections = keeping.sections_of(entry)
        if slug not in sections:
            raise Http404
        return cls(keeping, organisation, entry, sections[slug])


@for_members
def edit(request: HttpRequest, keeping: Keeping, slug: str, section: str) -> HttpResponse:
    """One section of an organisation."""
    organisation = own(request, keeping, slug)
    return _edit(request, Target.find(keeping, organisation, organisation, section))


@for_members
def edit_part(request: HttpRequest, keeping: Keeping, pk: int, section: str) -> HttpResponse:
    """One section of a part."""
    part = get_object_or_404(keeping.parts.editable_by(request.user), pk=pk)
    return _edit(request, Target.find(keeping, getattr(part, keeping.parts.parent), part, section))


def _edit(request: HttpRequest, target: Target) -> HttpResponse:
    form_class = target.section.form
    if request.method != "POST":
        return _show(request, target, editing.reopened(request, form_class, target.entry))
    if target.section.is_reviewed:
        return _propose(request, target)
    attempt = editing.save_section(target.entry, form_class, request.POST)
    if attempt.is_saved:
        _tell_saved(request, target, attempt)
        return redirect(page_url(target.organisation, "mine"))
    return _show(request, target, attempt, HTTPStatus.CONFLICT if attempt.conflicts else HTTPStatus.OK)


def _show(
    request: HttpRequest, target: Target, attempt: editing.Attempt, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = about(target.keeping, target.organisation) | {
        "entry": target.entry,
        "section": target.section,
        "attempt": attempt,
        "form": attempt.form,
        "form_token": request.POST.get("form_token") or uuid4(),
    }
    return render(request, "workspace/section.html", context, status=status)


def _tell_saved(request: HttpRequest, target: Target, attempt: editing.Attempt) -> None:
    """Say what happened, with a way back for what really changed."""
    section = target.section
    if not attempt.has_changed:
        messages.info(request, _("„{section}“ war schon so gespeichert.").format(section=section.title))
        return
    messages.success(request, _outcome(target, attempt))
    if not section.can_be_undone:
        request.session.pop(LAST_SAVED, None)
        return
    request.session[LAST_SAVED] = {
        "organisation": [target.organisation._meta.label_lower, target.organisation.pk],
        "part": None if target.entry == target.organisation else target.entry.pk,
        "section": section.slug,
        "title": str(section.title),
        "before": attempt.before,
        "after": attempt.after,
    }


def _outcome(target: Target, attempt: editing.Attempt) -> str:
    """Say who sees now what was saved."""
    entry, section = attempt.form.instance, target.section
    if section.outcome:
        return section.outcome(entry)
    is_public = type(entry).objects.published().filter(pk=entry.pk).exists()
    sentence = _("„{section}“ ist gespeichert und öffentlich.") if is_public else _("„{section}“ ist gespeichert.")
    return sentence.format(section=section.title)


@for_members
@require_POST
def undo(request: HttpRequest, keeping: Keeping, slug: str) -> HttpResponse:
    """Take back what this person saved last, unless somebody has changed it again since."""
    organisation = own(request, keeping, slug)
    last = last_saved(request, organisation)
    if last is None:
        messages.info(request, _("Hier gibt es nichts mehr rückgängig zu machen."))
        return redirect(page_url(organisation, "mine"))
    del request.session[LAST_SAVED]
    entry = organisation if last["part"] is None else keeping.part_of(organisation, last["part"])
    target = Target.find(keeping, organisation, entry, last["section"])
    data = editing.as_data(target.section.form(instance=entry), last["before"])
    data[editing.BASE] = editing.sign(last["after"])
    attempt = editing.save_section(entry, target.section.form, data)
    if attempt.is_saved:
        messages.success(request, _("„{section}“ ist wieder wie vorher.").format(section=target.section.title))
        return redirect(page_url(organisation, "mine"))
    return _show(request, target, attempt, HTTPStatus.CONFLICT)


def _propose(request: HttpRequest, target: Target) -> HttpResponse:
    """Send risky values to the centre; the public entry stays as it is."""
    entry, form_class = target.entry, target.section.form
    base = editing.unsign(request.POST.get(editing.BASE, "")) or values_of(entry, form_class.base_fields)
    form = form_class(request.POST, instance=type(entry)._base_manager.get(pk=entry.pk))
    attempt = editing.Attempt(form, editing.sign(base))
    if not form.is_valid():
        return _show(request, target, attempt)
    try:
        made = actions.submit_change(entry=entry, proposed=plain(form.cleaned_data), base=base, by=sender(request))
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return _show(request, target, attempt)
    messages.success(request, _("Danke. Das Kompetenzzentrum sieht sich Ihren Antrag an."))
    return redirect("listings:own_request", made.pk)
