"""A carrier's team in the admin: who belongs to it, who is invited, and inviting."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from lotsen.models import Carrier
from vielfalt.accounts.actions import change_role, remove_member, withdraw
from vielfalt.accounts.forms import InviteForm
from vielfalt.accounts.models import Role


class TeamViews(admin.ModelAdmin):
    """Adds the page of the team to a carrier."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.team_view)
        return [path("<int:number>/team/", view, name="lotsen_carrier_team"), *super().get_urls()]

    def team_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show the team; a form of its own for every step."""
        carrier = get_object_or_404(Carrier, pk=number)
        if not self.has_change_permission(request, carrier):
            raise PermissionDenied
        step = request.POST.get("step", "")
        form = InviteForm(request.POST if step == "invite" else None, organisation=carrier)
        if step == "invite" and form.is_valid():
            form.save(by=request.user)
            self.message_user(request, _("Die Einladung ist unterwegs."), messages.SUCCESS)
            return redirect("admin:lotsen_carrier_team", number)
        if request.method == "POST" and step != "invite":
            try:
                self._take(request, carrier, step)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect("admin:lotsen_carrier_team", number)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Team von {carrier}").format(carrier=carrier),
            "opts": self.opts,
            "carrier": carrier,
            "form": form,
            "members": carrier.memberships.select_related("user"),
            "invitations": carrier.invitations.open().select_related("invited_by"),
            "roles": Role.choices,
        }
        return TemplateResponse(request, "admin/lotsen/carrier/team.html", context)

    def _take(self, request: HttpRequest, carrier: Carrier, step: str) -> None:
        """Do one of the steps that concern a member or an invitation."""
        if step == "withdraw":
            withdraw(by=request.user, invitation=get_object_or_404(carrier.invitations, pk=request.POST.get("pk")))
            self.message_user(request, _("Die Einladung gilt nicht mehr."), messages.SUCCESS)
            return
        membership = get_object_or_404(carrier.memberships, pk=request.POST.get("pk"))
        if step == "remove":
            remove_member(by=request.user, membership=membership)
            self.message_user(request, _("{member} gehört nicht mehr zum Team.").format(member=membership.user))
        elif step == "role" and request.POST.get("role") in Role:
            change_role(by=request.user, membership=membership, role=request.POST["role"])
            self.message_user(request, _("Die Rolle ist geändert."), messages.SUCCESS)
