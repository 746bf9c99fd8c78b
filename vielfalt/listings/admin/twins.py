"""A page on which the staff say that an organisation has an entry in the other strand, too."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vielfalt.listings.admin.pages import EntryPages
from vielfalt.listings.models import Organisation, organisation_models
from vielfalt.listings.twins import join, part

SHOWN = 20


class TwinViews(EntryPages):
    """Adds the page to an organisation. Who joins two entries gives two teams to both, so they need both rights."""

    def entry_pages(self) -> list[tuple[str, str | Promise]]:
        return [*super().entry_pages(), (self.page_name("twin"), _("Gleiche Organisation"))]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.twin_view)
        return [path("<int:number>/gleiche-organisation/", view, name=self.page_name("twin")), *super().get_urls()]

    def twin_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show the twin, or look for one by its name; a form of its own for every step."""
        entry: Any = self.entry_for(request, number)
        if request.method == "POST":
            try:
                self._change_twin(request, entry)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect(f"admin:{self.page_name('twin')}", number)
        wanted = request.GET.get("q", entry.name)
        kinds = self._other_kinds(request)
        twins = entry.twins
        listed = entry.twins_listed_for(request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Gleiche Organisation: {entry}").format(entry=entry),
            "opts": self.opts,
            "entry": entry,
            # Staff of one strand know of the other's entries what readers do.
            "twins": [(twin if type(twin) in kinds or twin in listed else None, type(twin) in kinds) for twin in twins],
            "kinds": kinds,
            "wanted": wanted,
            "found": [] if twins else _found(kinds, wanted),
        }
        return TemplateResponse(request, "admin/listings/twin.html", context)

    def _other_kinds(self, request: HttpRequest) -> list[type[Organisation]]:
        """The kinds of the other strands that this person may change."""
        kinds = [kind for kind in organisation_models() if kind is not self.model]
        return [kind for kind in kinds if self.admin_site.get_model_admin(kind).has_change_permission(request)]

    def _change_twin(self, request: HttpRequest, entry: Organisation) -> None:
        kinds = {kind._meta.label_lower: kind for kind in self._other_kinds(request)}
        if "part" in request.POST:
            if not all(twin._meta.label_lower in kinds for twin in entry.twins):
                raise PermissionDenied
            part(entry=entry, by=request.user)
            self.message_user(request, _("Die Einträge sind wieder getrennt."), messages.SUCCESS)
            return
        label, _colon, number = request.POST.get("join", "").partition(":")
        if label not in kinds or not number.isdecimal():
            raise PermissionDenied
        other = get_object_or_404(kinds[label], pk=number)
        join(first=entry, second=other, by=request.user)
        self.log_change(request, entry, _("Verbunden mit „{other}“.").format(other=other))
        text = _("„{entry}“ und „{other}“ sind jetzt eine Organisation: Beide Teams pflegen beide Einträge.")
        self.message_user(request, text.format(entry=entry, other=other), messages.SUCCESS)


def _found(kinds: list[type[Organisation]], wanted: str) -> list[tuple[str, Organisation]]:
    """Return what the name ``wanted`` may mean in each kind, each with the word that its button sends."""
    return [
        (f"{kind._meta.label_lower}:{one.pk}", one)
        for kind in kinds
        for one in kind.objects.search(wanted).select_related("municipality")[:SHOWN]
    ]
