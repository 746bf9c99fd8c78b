"""Home, texts and what machines ask for."""

from django.conf import settings
from django.contrib.auth.decorators import user_passes_test
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from lotsen.models import Carrier, Programme
from vielfalt.listings.models import Language
from vielfalt.places.geometry import VIEW_BOX, point
from vielfalt.places.models import DiversityCentre
from vielfalt.public.models import Page


def home(request: HttpRequest) -> HttpResponse:
    """What the centre is, one question, and what the portal holds."""
    programmes = Programme.objects.published().with_point()
    points = [point(latitude, longitude) for latitude, longitude in programmes.values_list("latitude", "longitude")]
    return render(
        request,
        "public/home.html",
        {
            "languages": Language.objects.offered_in(programmes),
            "view_box": VIEW_BOX,
            "points": sorted(set(points)),
            "figures": Carrier.objects.published().figures(timezone.localdate()),
            "centres": DiversityCentre.objects.count(),
        },
    )


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A text that staff edit, such as the Impressum."""
    return render(request, "public/page.html", {"page": get_object_or_404(Page, slug=slug)})


def style(request: HttpRequest) -> HttpResponse:
    """All components with their states, for developers and staff."""
    if not (settings.DEMO or request.user.is_staff):
        raise Http404
    return render(request, "public/style.html", {"components": STYLE_SAMPLES})


@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines should leave alone, and where the list of pages is."""
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
