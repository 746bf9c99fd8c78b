"""Pages for people who write to the centre: sending, confirming the address, following what becomes of it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vielfalt.accounts.models import User
from vielfalt.listings import actions, links
from vielfalt.listings.editing import for_members
from vielfalt.listings.forms import AnswerForm, SenderForm
from vielfalt.listings.models import ChangeRequest
from vielfalt.listings.proposals import differences, target_of
from vielfalt.listings.review import TRANSITIONS, Side, allowed
from vielfalt.listings.senders import network_of, too_many, without_cookies
from vielfalt.listings.workspace import share_of


def receive(
    request: HttpRequest,
    *,
    form: SenderForm,
    submit: Callable[[SenderForm, actions.Sender], ChangeRequest],
    template: str,
    **context: Any,
) -> HttpResponse:
    """Show a form of a domain and take what was sent; every refusal keeps what was typed."""
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        sender = form.sender(network_of(request))
        if too_many(email=sender.email, network=sender.network):
            status = HTTPStatus.TOO_MANY_REQUESTS
            form.add_error(
                None,
                _("Von hier kamen gerade viele Nachrichten. Bitte versuchen Sie es in einer Stunde noch einmal."),
            )
        else:
            made = submit(form, sender)
            return redirect(links.request_path(made) if made.author_id else "listings:sent")
    return render(request, template, {"form": form, **context}, status=status)


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail with a link is on its way."""
    return render(request, "listings/sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_cookies
def confirm_sender(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one click: programs that look into mails open links, but press no buttons."""
    message = links.request_to_confirm(token)
    if message is None:
        return render(request, "listings/link_expired.html", status=HTTPStatus.NOT_FOUND)
    if request.method == "POST" and message.submitted_at is None:
        try:
            message = actions.confirm_sender(request=message)
        except actions.NotAllowedError:
            # A second click was faster; what both wanted is done.
            message.refresh_from_db()
    follow = links.request_path(message) if message.submitted_at else ""
    return render(request, "listings/confirm_sender.html", {"message": message, "follow": follow})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@without_cookies
def sent_request(request: HttpRequest, token: str) -> HttpResponse:
    """Show somebody without an account what became of a message."""
    message = links.request_to_follow(token)
    if message is None or message.submitted_at is None:
        return render(request, "listings/link_expired.html", status=HTTPStatus.NOT_FOUND)
    return _follow(request, message, by=None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_request(request: HttpRequest, number: int) -> HttpResponse:
    """Show a member one of their own requests."""
    return _follow(request, get_object_or_404(ChangeRequest.objects.of(request.user), pk=number), by=request.user)


def _follow(request: HttpRequest, message: ChangeRequest, *, by: User | None) -> HttpResponse:
    form = AnswerForm()
    refusal = ""
    if request.method == "POST":
        form = AnswerForm(request.POST)
        try:
            if "withdraw" in request.POST:
                actions.withdraw(request=message, by=by)
                return redirect(request.path)
            if form.is_valid():
                actions.answer(request=message, reason=form.cleaned_data["reason"], by=by)
                return redirect(request.path)
        except actions.NotAllowedError as error:
            refusal = str(error)
            message.refresh_from_db()
    context = {
        "message": message,
        "changes": differences(message, target_of(message)),
        "steps": [(step, TRANSITIONS[step.action].label, Side(step.side).label) for step in message.steps.all()],
        "allowed": allowed(message, by=by),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "listings/request.html", context)


@for_members
@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    """ "Mein Bereich": what to do first, then what one looks after."""
    return render(request, "workspace/start.html", {"share": share_of(request.user)})
