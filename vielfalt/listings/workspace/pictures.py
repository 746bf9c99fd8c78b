"""Logo and pictures of an organisation."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vielfalt.listings.editing import for_members
from vielfalt.listings.workspace.keeping import Keeping, page_url
from vielfalt.listings.workspace.views import about, own
from vielfalt.pictures.actions import save_picture

TITLES = {"logo": gettext_lazy("Logo hochladen"), "bild": gettext_lazy("Bild hochladen")}
"""What can be uploaded, by its word in the address."""


@for_members
@require_safe
def pictures(request: HttpRequest, keeping: Keeping, slug: str) -> HttpResponse:
    """What is there."""
    organisation = own(request, keeping, slug)
    found = list(organisation.pictures.order_by("slot"))
    context = about(keeping, organisation) | {
        "logo": next((picture for picture in found if picture.is_logo), None),
        "pictures": [picture for picture in found if not picture.is_logo],
    }
    return render(request, "workspace/pictures.html", context)


@for_members
def new_picture(request: HttpRequest, keeping: Keeping, slug: str, kind: str) -> HttpResponse:
    """Upload a logo or a picture."""
    organisation = own(request, keeping, slug)
    if kind not in TITLES:
        raise Http404
    form = keeping.picture_form(
        request.POST or None, request.FILES or None, organisation=organisation, is_logo=kind == "logo"
    )
    if request.method == "POST" and save_picture(form):
        messages.success(request, _("Das Bild ist gespeichert."))
        return redirect(page_url(organisation, "pictures"))
    context = {"form": form, "title": TITLES[kind]}
    return render(request, "workspace/picture.html", about(keeping, organisation) | context)


@for_members
def edit_picture(request: HttpRequest, keeping: Keeping, slug: str, pk: int) -> HttpResponse:
    """Change what is said of a picture, replace its file or remove it."""
    organisation = own(request, keeping, slug)
    picture = get_object_or_404(organisation.pictures, pk=pk)
    if request.method == "POST" and "entfernen" in request.POST:
        picture.delete()
        messages.success(request, _("Das Bild ist entfernt."))
        return redirect(page_url(organisation, "pictures"))
    form = keeping.picture_form(request.POST or None, request.FILES or None, instance=picture)
    if request.method == "POST" and save_picture(form):
        messages.success(request, _("Das Bild ist gespeichert."))
        return redirect(page_url(organisation, "pictures"))
    context = {"form": form, "picture": picture, "title": _("Bild ändern")}
    return render(request, "workspace/picture.html", about(keeping, organisation) | context)
