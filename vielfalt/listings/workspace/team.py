"""The team of an organisation: managers invite, change roles and remove; everybody can leave."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vielfalt.accounts import actions
from vielfalt.accounts.forms import InviteForm
from vielfalt.accounts.models import AbstractMembership, Role
from vielfalt.accounts.permissions import manages, require_manager
from vielfalt.listings import editing
from vielfalt.listings.editing import for_members
from vielfalt.listings.workspace.keeping import Keeping, page_url
from vielfalt.listings.workspace.views import about, own


@for_members
def team(request: HttpRequest, keeping: Keeping, slug: str) -> HttpResponse:
    """Who looks after the organisation, and the form that invites somebody."""
    organisation = own(request, keeping, slug)
    data = request.POST if request.method == "POST" else editing.kept(request)
    form = InviteForm(data, organisation=organisation)
    if request.method == "POST":
        require_manager(request.user, organisation)
        if form.is_valid():
            invitation = form.save(by=request.user)
            messages.success(request, _("Die Einladung ist unterwegs an {email}.").format(email=invitation.email))
            return redirect(page_url(organisation, "team"))
    context = about(keeping, organisation) | {
        "may_manage": manages(request.user, organisation),
        "form": form,
        "members": organisation.memberships.select_related("user"),
        "invitations": organisation.invitations.filter(used_at=None),
        "twins": organisation.twins,
    }
    return render(request, "workspace/team.html", context)


@for_members
@require_POST
def change_member(request: HttpRequest, keeping: Keeping, slug: str, pk: int) -> HttpResponse:
    """Change a role or end a membership."""
    organisation = own(request, keeping, slug)
    membership = get_object_or_404(organisation.memberships.select_related("organisation"), pk=pk)
    try:
        _change(request, membership)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    stays = keeping.editable_by(request.user).filter(pk=organisation.pk).exists()
    return redirect(page_url(organisation, "team") if stays else "listings:workspace")


def _change(request: HttpRequest, membership: AbstractMembership) -> None:
    if "entfernen" in request.POST:
        actions.remove_member(by=request.user, membership=membership)
        messages.success(request, _("{member} gehört nicht mehr zum Team.").format(member=membership.user))
        return
    role = request.POST.get("role", "")
    if role not in Role.values:
        raise ValidationError(_("Diese Rolle gibt es nicht."))
    actions.change_role(by=request.user, membership=membership, role=role)
    messages.success(request, _("Die Rolle ist geändert."))


@for_members
@require_POST
def withdraw_invitation(request: HttpRequest, keeping: Keeping, slug: str, pk: int) -> HttpResponse:
    """Make the link of an invitation worthless."""
    organisation = own(request, keeping, slug)
    actions.withdraw(by=request.user, invitation=get_object_or_404(organisation.invitations, pk=pk, used_at=None))
    messages.success(request, _("Die Einladung gilt nicht mehr."))
    return redirect(page_url(organisation, "team"))
