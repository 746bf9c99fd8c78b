"""Pages and files of the Leitfaden."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from leitfaden.models import Picture

A_YEAR = 365 * 24 * 3600


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of a text. Its name is made of its content, so nobody finds one that no text has shown them."""
    found = get_object_or_404(Picture, name=name)
    try:
        with found.file.open() as opened:
            content = opened.read()
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Cache-Control": f"public, max-age={A_YEAR}, immutable"}
    return HttpResponse(content, content_type="image/webp", headers=headers)
