"""The public pages of the carrier network."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lotsen import geojson, structured_data
from lotsen.area import area_map
from lotsen.filters import ProgrammeFilter
from lotsen.forms import CarrierRegistrationForm
from lotsen.models import Carrier, Programme
from lotsen.paging import PublicPaginator
from vielfalt.listings.actions import report_error, submit_new
from vielfalt.listings.forms import ErrorReportForm
from vielfalt.listings.models import FormerSlug, State
from vielfalt.listings.senders import without_cookies
from vielfalt.listings.views import receive
from vielfalt.places.models import DiversityCentre

PROGRAMMES_A_PAGE = 20
CARRIERS_A_PAGE = 50


@require_safe
def carrier_map(request: HttpRequest) -> HttpResponse:
    """Who accompanies people where, in which language: the list first, the map beside it."""
    search = ProgrammeFilter(request.GET, Programme.objects.published(), options=True)
    paginator = PublicPaginator(search.ordered().for_cards(), PROGRAMMES_A_PAGE, total=search.total)
    page = paginator.get_page(request.GET.get("seite"))
    programmes = list(page)
    return render(
        request,
        "lotsen/carrier_map.html",
        {
            "search": search,
            "page": page,
            "answer": answer_for(search, programmes) if page.number == 1 else None,
            "page_has_others": any(not programme.responsible for programme in programmes) if search.place else False,
        },
    )


def answer_for(search: ProgrammeFilter, programmes: list[Programme]) -> dict[str, Any] | None:
    """Answer "Wer ist für meinen Ort zuständig?" from the first ``programmes`` of the list.

    Where none of them covers the place, the WIR-Vielfaltszentrum does, and programmes that cover
    it but fall out by the other filters are named.
    """
    if not search.place:
        return None
    responsible = [programme for programme in programmes if programme.responsible]
    if responsible:
        return {"responsible": responsible}
    municipality = search.place.municipality
    return {
        "centre": DiversityCentre.objects.responsible_for(municipality).first(),
        "others": list(Programme.objects.published().covering(municipality).select_related("carrier")[:3]),
    }


@require_safe
def map_data(request: HttpRequest) -> HttpResponse:
    """The programmes of the map as GeoJSON, narrowed by the same filters as the page."""
    search = ProgrammeFilter(request.GET, Programme.objects.published(), options=False)
    return HttpResponse(geojson.feature_collection(search.qs), content_type="application/geo+json")


@require_safe
def carrier_list(request: HttpRequest) -> HttpResponse:
    """The directory: all carriers from A to Z, or those based in one district."""
    carriers = Carrier.objects.published()
    districts = list(carriers.by_district())
    wanted = request.GET.get("kreis", "")
    district = next((district for district in districts if district.ags == wanted), None)
    if district:
        carriers = carriers.filter(municipality__district=district)
    paginator = PublicPaginator(carriers.for_cards(), CARRIERS_A_PAGE)
    return render(
        request,
        "lotsen/carrier_list.html",
        {
            "page": paginator.get_page(request.GET.get("seite")),
            "districts": districts,
            "district": district,
            "unknown_district": wanted if wanted and not district else "",
        },
    )


@require_safe
def carrier_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One carrier with its programmes. Staff see it before it is published; former addresses lead here."""
    carrier = Carrier.objects.visible_to(request.user).for_detail().filter(slug=slug).first()
    if carrier is None:
        return hidden_carrier(request, slug) or redirect_to_present_address(slug)
    programmes = list(Programme.objects.visible_to(request.user).of(carrier).for_detail())
    return render(
        request,
        "lotsen/carrier_detail.html",
        {
            "carrier": carrier,
            "programmes": programmes,
            "map": area_map(carrier, programmes),
            "structured_data": structured_data.carrier(carrier, programmes, request),
            "is_preview": carrier.state != State.PUBLISHED or carrier.is_hidden,
        },
    )


def hidden_carrier(request: HttpRequest, slug: str) -> HttpResponse | None:
    """Say why an entry that nobody confirmed is not shown any more, and whom to ask; ``None`` for any other slug.

    The status 410 lets search engines forget what may be wrong; once confirmed, the entry is back.
    """
    carrier = Carrier.objects.hidden().select_related("municipality__district").filter(slug=slug).first()
    if carrier is None:
        return None
    centre = DiversityCentre.objects.responsible_for(carrier.municipality).first()
    return render(request, "lotsen/carrier_hidden.html", {"carrier": carrier, "centre": centre}, status=410)


def redirect_to_present_address(slug: str) -> HttpResponse:
    """Redirect from a former slug of a published carrier; raise 404 if nobody ever had it."""
    former = get_object_or_404(FormerSlug.objects.of(Carrier), slug=slug)
    carrier = get_object_or_404(Carrier.objects.maintained(), pk=former.object_id)
    return HttpResponsePermanentRedirect(carrier.get_absolute_url())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_cookies
def carrier_register(request: HttpRequest) -> HttpResponse:
    """Ask the centre to include a carrier."""
    return receive(
        request,
        form=CarrierRegistrationForm(request.POST or None, user=request.user),
        submit=lambda form, sender: submit_new(
            model=Carrier,
            name=form.cleaned_data["name"],
            proposed=form.proposed,
            message=form.cleaned_data["message"],
            by=sender,
        ),
        template="lotsen/carrier_register.html",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_cookies
def carrier_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell the centre what is wrong with a carrier's entry."""
    carrier = get_object_or_404(Carrier.objects.visible_to(request.user), slug=slug)
    return receive(
        request,
        form=ErrorReportForm(request.POST or None, user=request.user),
        submit=lambda form, sender: report_error(entry=carrier, message=form.cleaned_data["message"], by=sender),
        template="lotsen/carrier_report.html",
        carrier=carrier,
    )
