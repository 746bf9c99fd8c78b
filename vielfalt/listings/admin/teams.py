"""An organisation's team in the admin: who belongs to it, who is invited, and inviting."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vielfalt.accounts.actions import change_role, remove_member, withdraw
from vielfalt.accounts.forms import InviteForm
from vielfalt.accounts.models import Role
from vielfalt.listings.admin.pages import EntryPages


class TeamViews(EntryPages):
    """Adds the page of the team to an organisation."""

    def entry_pages(self) -> list[tuple[str, str | Promise]]:
        return [*super().entry_pages(), (self.page_name("team"), _("Team"))]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.team_view)
        return [path("<int:number>/team/", view, name=self.page_name("team")), *super().get_urls()]

    def team_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show the team; a form of its own for every step."""
        organisation: Any = self.entry_for(request, number)
        step = request.POST.get("step", "")
        form = InviteForm(request.POST if step == "invite" else None, organisation=organisation)
        if step == "invite" and form.is_valid():
            form.save(by=request.user)
            self.message_user(request, _("Die Einladung ist unterwegs."), messages.SUCCESS)
            return redirect(f"admin:{self.page_name('team')}", number)
        if request.method == "POST" and step != "invite":
            try:
                self._change_team(request, organisation, step)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect(f"admin:{self.page_name('team')}", number)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Team von {organisation}").format(organisation=organisation),
            "opts": self.opts,
            "entry": organisation,
            "form": form,
            "members": organisation.memberships.select_related("user"),
            "invitations": organisation.invitations.open().select_related("invited_by"),
            "roles": Role.choices,
        }
        return TemplateResponse(request, "admin/listings/team.html", context)

    def _change_team(self, request: HttpRequest, organisation: Any, step: str) -> None:
        """Do one of the steps that concern a member or an invitation."""
        if step == "withdraw":
            withdraw(by=request.user, invitation=get_object_or_404(organisation.invitations, pk=request.POST.get("pk")))
            self.message_user(request, _("Die Einladung gilt nicht mehr."), messages.SUCCESS)
            return
        membership = get_object_or_404(organisation.memberships, pk=request.POST.get("pk"))
        if step == "remove":
            remove_member(by=request.user, membership=membership)
            self.message_user(request, _("{member} gehört nicht mehr zum Team.").format(member=membership.user))
        elif step == "role" and request.POST.get("role") in Role:
            change_role(by=request.user, membership=membership, role=request.POST["role"])
            self.message_user(request, _("Die Rolle ist geändert."), messages.SUCCESS)
