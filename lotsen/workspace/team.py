"""The team of a carrier: managers invite, change roles and remove; everybody can leave."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotsen.models import Carrier
from vielfalt.accounts import actions
from vielfalt.accounts.forms import InviteForm
from vielfalt.accounts.models import Role
from vielfalt.accounts.permissions import manages, require_manager
from vielfalt.listings import editing
from vielfalt.listings.editing import for_members


@for_members
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """Who looks after the carrier, and the form that invites somebody."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    may_manage = manages(request.user, carrier)
    data = request.POST if request.method == "POST" else editing.kept(request)
    form = InviteForm(data, organisation=carrier)
    if request.method == "POST":
        require_manager(request.user, carrier)
        if form.is_valid():
            invitation = form.save(by=request.user)
            messages.success(request, _("Die Einladung ist unterwegs an {email}.").format(email=invitation.email))
            return redirect("lotsen:team", slug)
    context = {
        "carrier": carrier,
        "may_manage": may_manage,
        "form": form,
        "members": carrier.memberships.select_related("user"),
        "invitations": carrier.invitations.filter(used_at=None),
        "other_role": {Role.MANAGER: Role.EDITOR, Role.EDITOR: Role.MANAGER},
        "Role": Role,
    }
    return render(request, "workspace/team.html", context)


@for_members
@require_POST
def change_member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a role or end a membership."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    membership = get_object_or_404(carrier.memberships.select_related("organisation"), pk=pk)
    try:
        if "entfernen" in request.POST:
            actions.remove_member(by=request.user, membership=membership)
            messages.success(request, _("{member} gehört nicht mehr zum Team.").format(member=membership.user))
        else:
            role = request.POST.get("role", "")
            if role not in Role.values:
                raise ValidationError(_("Diese Rolle gibt es nicht."))
            actions.change_role(by=request.user, membership=membership, role=role)
            messages.success(request, _("Die Rolle ist geändert."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    mine = carrier.memberships.filter(user=request.user).exists()
    return redirect("lotsen:team", slug) if mine or request.user.is_staff else redirect("listings:workspace")


@for_members
@require_POST
def withdraw_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make the link of an invitation worthless."""
    carrier = get_object_or_404(Carrier.objects.editable_by(request.user), slug=slug)
    actions.withdraw(by=request.user, invitation=get_object_or_404(carrier.invitations, pk=pk, used_at=None))
    messages.success(request, _("Die Einladung gilt nicht mehr."))
    return redirect("lotsen:team", slug)
