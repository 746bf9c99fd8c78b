"""Suggestions while somebody types a place, and the postal codes as open data."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from vielfalt.places.loading import POSTAL_CODES_FILE
from vielfalt.places.search import suggest_places

ODBL = "https://opendatacommons.org/licenses/odbl/1-0/"


@require_safe
@cache_control(public=True, max_age=300)
def suggest(request: HttpRequest) -> HttpResponse:
    """Suggest places for ``q``.

    ``format=json`` answers with JSON, ``format=html`` with options for ``<auto-complete>``. Without
    ``format`` the Accept header decides, and whoever does not ask for JSON gets the options.
    """
    text = request.GET.get("q", "")
    suggestions = suggest_places(text)
    wanted = request.GET.get("format") or _accepted_format(request)
    if wanted == "json":
        response: HttpResponse = JsonResponse({"orte": [asdict(suggestion) for suggestion in suggestions]})
    else:
        response = render(request, "places/suggestions.html", {"text": text.strip(), "suggestions": suggestions})
    patch_vary_headers(response, ["Accept"])
    return response


def _accepted_format(request: HttpRequest) -> str:
    preferred = request.get_preferred_type(["text/html", "application/json"])
    return "json" if preferred == "application/json" else "html"


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def postal_codes(request: HttpRequest) -> HttpResponse:
    """Hand out the postal codes, a database of its own under the ODbL, with the note that has to go with it."""
    note = _("# Postleitzahlen in Hessen. © OpenStreetMap contributors, Open Database License (ODbL) 1.0, {url}")
    text = note.format(url=ODBL) + "\n" + POSTAL_CODES_FILE.read_text(encoding="utf-8")
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="postleitzahlen-hessen.csv"',
            "Link": f'<{ODBL}>; rel="license"',
        },
    )
