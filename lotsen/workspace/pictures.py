"""Logo and pictures of a carrier."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotsen.models import Carrier
from lotsen.pictures import OwnPictureForm
from vielfalt.listings.editing import for_members
from vielfalt.pictures.actions import save_picture


@for_members
@require_safe
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """What is there."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    found = list(carrier.pictures.order_by("slot"))
    context = {
        "carrier": carrier,
        "logo": next((picture for picture in found if picture.is_logo), None),
        "pictures": [picture for picture in found if not picture.is_logo],
    }
    return render(request, "workspace/pictures.html", context)


@for_members
def new_picture(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Upload a logo or a picture."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    form = OwnPictureForm(request.POST or None, request.FILES or None, organisation=carrier, is_logo=kind == "logo")
    if request.method == "POST" and save_picture(form):
        messages.success(request, _("Das Bild ist gespeichert."))
        return redirect("lotsen:pictures", slug)
    title = _("Logo hochladen") if kind == "logo" else _("Bild hochladen")
    return render(request, "workspace/picture.html", {"carrier": carrier, "form": form, "title": title})


@for_members
def edit_picture(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what is said of a picture, replace its file or remove it."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    picture = get_object_or_404(carrier.pictures, pk=pk)
    if request.method == "POST" and "entfernen" in request.POST:
        picture.delete()
        messages.success(request, _("Das Bild ist entfernt."))
        return redirect("lotsen:pictures", slug)
    form = OwnPictureForm(request.POST or None, request.FILES or None, instance=picture)
    if request.method == "POST" and save_picture(form):
        messages.success(request, _("Das Bild ist gespeichert."))
        return redirect("lotsen:pictures", slug)
    context = {"carrier": carrier, "form": form, "picture": picture, "title": _("Bild ändern")}
    return render(request, "workspace/picture.html", context)
