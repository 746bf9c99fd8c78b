"""Pictures for the text."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from leitfaden.editing.access import for_editors
from leitfaden.editing.drafts import wants_json
from leitfaden.editing.forms import PictureForm
from leitfaden.models import Picture
from leitfaden.pictures import keep_picture


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def upload_picture(request: HttpRequest) -> HttpResponse:
    """Take in a picture and say how a text shows it; the editor's script puts it there by itself."""
    form = PictureForm(request.POST or None, request.FILES or None)
    picture = _keep(request, form) if request.method == "POST" and form.is_valid() else None
    if wants_json(request):
        return _answer(form, picture)
    html = figure(picture, form.cleaned_data["alt"]) if picture else ""
    status = 422 if request.method == "POST" and not picture else 200
    return render(request, "leitfaden/editing/picture.html", {"form": form, "html": html}, status=status)


def _keep(request: HttpRequest, form: PictureForm) -> Picture | None:
    try:
        upload = form.cleaned_data["picture"].read()
        return keep_picture(upload=upload, by=request.user, author=form.cleaned_data["author"])
    except ValidationError as error:
        form.add_error("picture", error)
        return None


def _answer(form: PictureForm, picture: Picture | None) -> HttpResponse:
    if picture is None:
        message = " ".join(sentence for errors in form.errors.values() for sentence in errors)
        return JsonResponse({"message": message}, status=422)
    return JsonResponse({"src": picture.get_absolute_url(), "width": picture.width, "height": picture.height})


def figure(picture: Picture, alt: str) -> str:
    """The HTML with which a text shows a picture."""
    return format_html(
        '<figure><img src="{}" alt="{}" width="{}" height="{}"></figure>',
        picture.get_absolute_url(),
        alt,
        picture.width,
        picture.height,
    )
