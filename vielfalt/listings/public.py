"""What the public pages of every kind of organisation do: hidden entries, old addresses, messages to the centre.

These are parts of views: each domain has its own addresses and says which entries they are about.
"""

from http import HTTPStatus
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from vielfalt.listings.actions import report_error, submit_new
from vielfalt.listings.forms import ErrorReportForm, RegistrationForm
from vielfalt.listings.models import FormerSlug, Organisation, State
from vielfalt.listings.paging import EntryPaginator
from vielfalt.listings.querysets import OrganisationQuerySet
from vielfalt.listings.views import receive
from vielfalt.places.models import District, DiversityCentre

ENTRIES_A_PAGE = 50


def strand_of(entry: Model | type[Model]) -> str:
    """The strand whose colour a page about ``entry`` has."""
    return entry._meta.app_label


def directory(request: HttpRequest, entries: OrganisationQuerySet) -> dict[str, Any]:
    """Return what ``listings/directory.html`` shows: ``entries`` from A to Z, or those based in one district."""
    districts = entries.by_district()
    wanted = request.GET.get("kreis", "")
    district = District.objects.filter(ags=wanted.replace("\0", "")).first() if wanted else None
    if district:
        entries = entries.filter(municipality__district=district)
    return {
        "page": EntryPaginator(entries.for_cards, ENTRIES_A_PAGE, entries.count()).get_page(request.GET.get("seite")),
        "districts": districts,
        "district": district,
        "unknown_district": wanted if wanted and not district else "",
        "strand": strand_of(entries.model),
    }


def is_preview(entry: Organisation) -> bool:
    """Whether only some may see ``entry``, because it is not public yet or any more."""
    return entry.state != State.PUBLISHED or entry.is_hidden


def detail(request: HttpRequest, entry: Organisation) -> dict[str, Any]:
    """Return what ``listings/detail.html`` shows of every kind of organisation, loaded with ``for_detail``."""
    return {
        "entry": entry,
        "strand": strand_of(entry),
        "is_preview": is_preview(entry),
        "twins": entry.twins_listed_for(request.user) if entry.has_twin else [],
    }


def elsewhere(
    request: HttpRequest, entries: OrganisationQuerySet, slug: str, *, template: str = "listings/hidden.html"
) -> HttpResponse:
    """Answer for a slug under which the reader sees no entry: it is hidden, has another address, or 404."""
    known = entries.disclosed_to(request.user)
    return _hidden(request, known.hidden(), slug, template) or _present_address(known.maintained(), slug)


def _hidden(request: HttpRequest, entries: OrganisationQuerySet, slug: str, template: str) -> HttpResponse | None:
    """Say why an entry that nobody confirmed is not shown any more, and whom to ask; ``None`` for any other slug.

    The status 410 lets search engines forget what may be wrong; once confirmed, the entry is back.
    """
    entry = entries.select_related("municipality__district").filter(slug=slug).first()
    if entry is None:
        return None
    centre = DiversityCentre.objects.responsible_for(entry.municipality).first()
    context = {"entry": entry, "centre": centre, "strand": strand_of(entry)}
    return render(request, template, context, status=HTTPStatus.GONE)


def _present_address(entries: OrganisationQuerySet, slug: str) -> HttpResponse:
    """Redirect from a former slug; raise 404 if nobody ever had it."""
    former = get_object_or_404(FormerSlug.objects.of(entries.model), slug=slug)
    entry = get_object_or_404(entries, pk=former.object_id)
    return HttpResponsePermanentRedirect(entry.get_absolute_url())


def register(
    request: HttpRequest, *, model: type[Organisation], form: type[RegistrationForm], template: str
) -> HttpResponse:
    """Ask the centre to include an organisation."""
    return receive(
        request,
        form=form(request.POST or None, user=request.user),
        submit=lambda form, sender: submit_new(
            model=model,
            name=form.cleaned_data["name"],
            proposed=form.proposed,
            message=form.cleaned_data["message"],
            by=sender,
        ),
        template=template,
        strand=strand_of(model),
    )


def report(request: HttpRequest, entry: Organisation, *, template: str = "listings/report.html") -> HttpResponse:
    """Tell the centre what is wrong with an entry."""
    return receive(
        request,
        form=ErrorReportForm(request.POST or None, user=request.user),
        submit=lambda form, sender: report_error(entry=entry, message=form.cleaned_data["message"], by=sender),
        template=template,
        entry=entry,
        strand=strand_of(entry),
    )
