"""The public pages of the migrant organisations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from migrantenorgs import structured_data
from migrantenorgs.filters import ask
from migrantenorgs.forms import OrganisationRegistrationForm
from migrantenorgs.geojson import properties
from migrantenorgs.leaflet import Leaflet, leaflet_pdf
from migrantenorgs.models import MigrantOrganisation
from vielfalt.answers.sharing import shared
from vielfalt.documents.pdf import PdfUnavailableError
from vielfalt.listings import geojson, public
from vielfalt.listings.paging import EntryPaginator
from vielfalt.listings.senders import without_cookies

ORGANISATIONS_A_PAGE = 20


@require_safe
@shared
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The directory: the list first, the map beside it. Network members find more than others."""
    search = ask(request.GET, request.user, options=True)
    paginator = EntryPaginator(lambda: search.ordered().for_cards(), ORGANISATIONS_A_PAGE, search.total)
    return render(
        request,
        "migrantenorgs/organisation_list.html",
        {
            "search": search,
            "strand": public.strand_of(MigrantOrganisation),
            "page": paginator.get_page(request.GET.get("seite")),
        },
    )


@require_safe
@shared
def map_data(request: HttpRequest) -> HttpResponse:
    """The organisations of the map as points, narrowed by the same filters as the page."""
    return geojson.answer_points(ask(request.GET, request.user, options=False).qs)


@require_safe
@shared
def map_entries(request: HttpRequest) -> HttpResponse:
    """What the map says of the organisations that somebody looks at."""
    return geojson.answer_details(request.GET, MigrantOrganisation.objects.listed_for(request.user), properties())


@require_safe
@shared
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation. Its staff see it before it is published; former addresses lead here."""
    entry = MigrantOrganisation.objects.visible_to(request.user).for_detail().filter(slug=slug).first()
    if entry is None:
        return public.elsewhere(
            request, MigrantOrganisation.objects.all(), slug, template="migrantenorgs/organisation_hidden.html"
        )
    return render(
        request,
        "migrantenorgs/organisation_detail.html",
        {**public.detail(request, entry), "structured_data": structured_data.organisation(entry, request)},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_cookies
def organisation_register(request: HttpRequest) -> HttpResponse:
    """Ask the centre to include an organisation."""
    return public.register(
        request,
        model=MigrantOrganisation,
        form=OrganisationRegistrationForm,
        template="migrantenorgs/organisation_register.html",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_cookies
def organisation_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell the centre what is wrong with an organisation's entry."""
    entries = MigrantOrganisation.objects.visible_to(request.user).for_readers()
    return public.report(request, get_object_or_404(entries, slug=slug))


@require_safe
@shared
def leaflet(request: HttpRequest) -> HttpResponse:
    """The registration form on paper, for those who are not online and those who help them."""
    try:
        content = leaflet_pdf(Leaflet.current(), on=localdate())
    except PdfUnavailableError:
        return render(request, "migrantenorgs/leaflet_unavailable.html", status=503)
    name = "anmeldebogen-migrantenorganisationen.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
