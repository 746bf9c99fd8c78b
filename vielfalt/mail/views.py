"""Switching reminders off, and the test mailbox of the demo."""

from django.conf import settings
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from vielfalt.mail.models import Delivery
from vielfalt.mail.preferences import address_of, stop_reminders, wants_reminders

SHOWN = 50


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Switch reminders off with one button, without log-in.

    Mail programs press the button themselves (RFC 8058): they bring no CSRF token, for which the
    signed token stands in, and they follow no redirect.
    """
    try:
        address = address_of(token)
    except BadSignature as error:
        raise Http404 from error
    if request.method == "POST":
        stop_reminders(address)
    return render(request, "mail/unsubscribe.html", {"address": address, "done": not wants_reminders(address)})


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """What the demo has sent, for people who try it out; a real portal has no such page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "mail/mailbox.html", {"mails": Delivery.objects.all()[:SHOWN]})
