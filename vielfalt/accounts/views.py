"""What people do with their own account, and how they get one."""

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from vielfalt.accounts import actions
from vielfalt.accounts.forms import LeaveForm, NameForm, NewAccountForm
from vielfalt.accounts.models import AbstractInvitation, AbstractMembership, User, memberships_of
from vielfalt.accounts.own_data import own_data

GONE = 410


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Who I am here, and for whom I work."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Gespeichert."))
        return redirect("accounts:overview")
    return render(request, "accounts/overview.html", {"form": form, "memberships": memberships_of(request.user)})


@login_required
def data(request: HttpRequest) -> HttpResponse:
    """What the portal holds about me, and how to leave."""
    return render(request, "accounts/data.html")


@never_cache
@login_required
@reauthentication_required()
def download(request: HttpRequest) -> HttpResponse:
    """Everything the portal holds about me, as a file."""
    response = JsonResponse(own_data(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="meine-daten.json"'
    return response


@login_required
@reauthentication_required()
def leave(request: HttpRequest) -> HttpResponse:
    """Delete my account, after saying what stays."""
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = request.user
        logout(request)
        actions.pseudonymise(user=user, by=user)
        return redirect("accounts:left")
    managed = [membership.organisation for membership in memberships_of(request.user) if is_last_manager(membership)]
    return render(request, "accounts/leave.html", {"form": form, "managed": managed})


def is_last_manager(membership: AbstractMembership) -> bool:
    """Whether nobody would manage the organisation without this member."""
    managers = {member.user_id for team in membership.organisation.teams for member in team.managers()}
    return managers == {membership.user_id}


def left(request: HttpRequest) -> HttpResponse:
    """The account is gone."""
    return render(request, "accounts/left.html")


@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what an invitation is about; the button accepts it, so a mail scanner that opens the link does not."""
    found = actions.find_invitation(token)
    if found is None or not found.is_open:
        return _gone(request, token, found)
    if request.user.is_authenticated:
        return _accept_as(request, token, found)
    has_account = User.objects.filter(email=found.email, is_active=True).exists()
    form = NewAccountForm(request.POST or None, email=found.email)
    if request.method == "POST" and not has_account and form.is_valid():
        return _accept_with_new_account(request, token, form)
    context = {"invitation": found, "form": form, "has_account": has_account, "token": token}
    return render(request, "accounts/invitation.html", context)


def _accept_as(request: HttpRequest, token: str, found: AbstractInvitation) -> HttpResponse:
    if request.method != "POST":
        return render(request, "accounts/invitation.html", {"invitation": found, "token": token})
    try:
        membership = actions.accept(token=token, user=request.user)
    except actions.InvitationGoneError:
        return _gone(request, token, found)
    return _welcome(request, membership)


def _accept_with_new_account(request: HttpRequest, token: str, form: NewAccountForm) -> HttpResponseBase:
    password = form.cleaned_data["password"]
    try:
        membership = actions.accept_with_new_account(token=token, name=form.cleaned_data["name"], password=password)
    except actions.InvitationGoneError:
        return _gone(request, token, None)
    except actions.AccountExistsError:
        return redirect("accounts:invitation", token)
    after = settings.LOGIN_REDIRECT_URL if password else "mfa_add_webauthn"
    _welcome(request, membership)
    return perform_login(request, membership.user, redirect_url=reverse(after))


def _welcome(request: HttpRequest, membership: AbstractMembership) -> HttpResponse:
    messages.success(request, _("Willkommen im Team von {organisation}.").format(organisation=membership.organisation))
    return redirect(settings.LOGIN_REDIRECT_URL)


def _gone(request: HttpRequest, token: str, found: AbstractInvitation | None) -> HttpResponse:
    """Give one answer for links that are unknown, too old or used – except to the person who used it."""
    if found and request.user.is_authenticated and found.used_by_id == request.user.pk:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/invitation_gone.html", {"token": token}, status=GONE)


@require_POST
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """Pass on the wish for a new invitation; the answer is the same whether the link was ever known."""
    actions.ask_for_new_link(token=token)
    return render(request, "accounts/new_link_wanted.html")
