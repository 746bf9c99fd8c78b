"""The public pages of the carrier network."""

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lotsen import structured_data
from lotsen.area import area_map
from lotsen.filters import ProgrammeFilter
from lotsen.forms import CarrierRegistrationForm
from lotsen.geojson import properties
from lotsen.models import Carrier, Programme
from vielfalt.answers.sharing import shared
from vielfalt.listings import geojson, public
from vielfalt.listings.paging import EntryPaginator
from vielfalt.listings.senders import without_cookies
from vielfalt.places.models import DiversityCentre

PROGRAMMES_A_PAGE = 20


@require_safe
@shared
def carrier_map(request: HttpRequest) -> HttpResponse:
    """Who accompanies people where, in which language: the list first, the map beside it."""
    search = ProgrammeFilter(request.GET, Programme.objects.published(), options=True, user=request.user)
    paginator = EntryPaginator(lambda: search.ordered().for_cards(), PROGRAMMES_A_PAGE, search.total)
    page = paginator.get_page(request.GET.get("seite"))
    return render(
        request,
        "lotsen/carrier_map.html",
        {
            "search": search,
            "strand": public.strand_of(Programme),
            "page": page,
            "answer": SimpleLazyObject(lambda: answer_for(search, page)),
        },
    )


def answer_for(search: ProgrammeFilter, page: Page) -> dict[str, Any] | None:
    """Answer "Wer ist für meinen Ort zuständig?" from the first page of the list, and whether it shows others as well.

    Where none of its programmes covers the place, the WIR-Vielfaltszentrum does, and programmes that cover
    it but fall out by the other filters are named.
    """
    if not search.place or page.number > 1:
        return None
    programmes = list(page)
    responsible = [programme for programme in programmes if programme.responsible]
    has_others = len(responsible) < len(programmes)
    if responsible:
        return {"responsible": responsible, "has_others": has_others}
    municipality = search.place.municipality
    return {
        "has_others": has_others,
        "centre": DiversityCentre.objects.responsible_for(municipality).first(),
        "others": list(Programme.objects.published().covering(municipality).select_related("carrier")[:3]),
    }


@require_safe
@shared
def map_data(request: HttpRequest) -> HttpResponse:
    """The programmes of the map as points, narrowed by the same filters as the page."""
    search = ProgrammeFilter(request.GET, Programme.objects.published(), options=False)
    return geojson.answer_points(search.qs)


@require_safe
@shared
def map_entries(request: HttpRequest) -> HttpResponse:
    """What the map says of the programmes that somebody looks at."""
    return geojson.answer_details(request.GET, Programme.objects.published(), properties())


@require_safe
@shared
def carrier_list(request: HttpRequest) -> HttpResponse:
    """The directory: all carriers from A to Z, or those based in one district."""
    return render(request, "lotsen/carrier_list.html", public.directory(request, Carrier.objects.published()))


@require_safe
@shared
def carrier_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One carrier with its programmes. Staff see it before it is published; former addresses lead here."""
    carrier = Carrier.objects.visible_to(request.user).for_detail().filter(slug=slug).first()
    if carrier is None:
        return public.elsewhere(request, Carrier.objects.all(), slug, template="lotsen/carrier_hidden.html")
    programmes = list(Programme.objects.visible_to(request.user).of(carrier).for_detail())
    return render(
        request,
        "lotsen/carrier_detail.html",
        {
            **public.detail(request, carrier),
            "programmes": programmes,
            "map": area_map(carrier, programmes),
            "structured_data": structured_data.carrier(carrier, programmes, request),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_cookies
def carrier_register(request: HttpRequest) -> HttpResponse:
    """Ask the centre to include a carrier."""
    return public.register(
        request, model=Carrier, form=CarrierRegistrationForm, template="lotsen/carrier_register.html"
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_cookies
def carrier_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell the centre what is wrong with a carrier's entry."""
    return public.report(request, get_object_or_404(Carrier.objects.visible_to(request.user), slug=slug))
