"""Serves pictures to those who may see the entry they belong to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vielfalt.pictures.models import AbstractPicture, PictureQuerySet

A_YEAR = 365 * 24 * 3600


@require_safe
def picture_file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of a picture: for everybody if its entry is public, otherwise for its team and the staff.

    Names are random and a file never changes, so a browser may keep it. Caches that serve several
    people may not: they would go on showing what is no longer public.
    """
    name = name.replace("\x00", "")
    for kind in AbstractPicture.kinds():
        pictures: PictureQuerySet = kind._default_manager.named(name)
        for allowed, cache in (
            (pictures.of_public(), f"private, max-age={A_YEAR}, immutable"),
            (pictures.of_visible_to(request.user), "private, no-cache"),
        ):
            picture = allowed.first()
            if picture is not None:
                return _answer(picture, name, cache)
    raise Http404


def _answer(picture: AbstractPicture, name: str, cache: str) -> HttpResponse:
    file = picture.file if picture.file.name == name else picture.small
    try:
        with file.open() as opened:
            content = opened.read()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(content, content_type="image/webp", headers={"Cache-Control": cache})
