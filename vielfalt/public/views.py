"""Home, texts and what machines ask for."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lotsen.models import Carrier, Programme
from vielfalt.answers.sharing import shared
from vielfalt.answers.values import kept
from vielfalt.listings.facets import Option
from vielfalt.listings.freshness import fresh_since
from vielfalt.operators.models import Operator
from vielfalt.places.forms import PlaceForm
from vielfalt.places.geometry import VIEW_BOX, svg_position
from vielfalt.places.models import DiversityCentre, Municipality
from vielfalt.public.models import Page
from vielfalt.public.samples import samples


@require_safe
@shared
def home(request: HttpRequest) -> HttpResponse:
    """What the centre is, one question, and what the portal holds."""
    return render(
        request,
        "public/home.html",
        {
            "form": PlaceForm(),
            "languages": kept("languages offered", languages),
            "map": {"view_box": VIEW_BOX, "points": points},
            "figures": kept("figures", figures),
        },
    )


def languages() -> list[Option]:
    """The languages that somebody offers."""
    offered = Programme.objects.published().offered_languages()
    return [Option(language.code, language.name, language.own_name) for language in offered]


def points() -> list[tuple[float, float]]:
    """The places where there is somebody, not how many: so the small map stays as light with many entries."""
    somewhere = Programme.objects.published().order_by().values("municipality")
    places = Municipality.objects.filter(pk__in=somewhere).values_list("latitude", "longitude")
    return [svg_position(*place) for place in places]


def figures() -> list[tuple[str, object]]:
    """The four numbers of the home page, all counted, as pairs of number and label."""
    carriers = Carrier.objects.published().counted(fresh_since=fresh_since())
    share = round(100 * carriers["fresh"] / carriers["all"]) if carriers["all"] else 0
    return [
        (carriers["all"], _("Träger im Verzeichnis")),
        (carriers["districts"], _("Kreise und Städte mit einem Träger")),
        (DiversityCentre.objects.count(), _("WIR-Vielfaltszentren")),
        (
            f"{share} %",
            _("der Einträge in den letzten {months} Monaten bestätigt").format(months=settings.FRESH_MONTHS),
        ),
    ]


@require_safe
@shared
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A text that staff edit, such as the Impressum."""
    page = get_object_or_404(Page, slug=slug)
    context: dict[str, Any] = {"page": page}
    if page.names_operators:
        context["operators"] = Operator.objects.with_strands()
    return render(request, "public/page.html", context)


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """All components with their states, for developers and staff."""
    if not (settings.DEMO or request.user.is_staff):
        raise Http404
    return render(request, "public/style.html", samples())


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines should leave alone, and where the list of pages is."""
    sitemap = request.build_absolute_uri(reverse("public:sitemap"))
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
