"""The pages behind the links of a reminder. Opening one changes nothing: mail scanners open links, too."""

from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lotsen.actions import confirm
from lotsen.models import Carrier, Programme
from lotsen.reminders import people_of
from vielfalt.accounts.models import User
from vielfalt.reminders import tokens
from vielfalt.reminders.actions import report_gone as note_gone


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_entry(request: HttpRequest, token: str) -> HttpResponse:
    """ "Stimmt noch": show the entry, and confirm it with one button, without log-in."""
    try:
        carrier, address = _allowed(token)
    except SignatureExpired:
        return _expired(request)
    if request.method == "POST":
        confirm(entries=[carrier], by=User.objects.filter(email__iexact=address).first())
        return redirect("lotsen:confirm_entry", token)
    programmes = Programme.objects.of(carrier).maintained().for_detail()
    done = carrier.confirmed_on == timezone.localdate()
    return render(
        request,
        "lotsen/confirm_entry.html",
        {"carrier": carrier, "programmes": programmes, "done": done, "token": token},
    )


@never_cache
@require_safe
def change_entry(request: HttpRequest, token: str) -> HttpResponse:
    """ "Bearbeiten": where to change the entry. Editing needs a log-in, so the token opens nothing else."""
    try:
        carrier, _address = _allowed(token)
    except SignatureExpired:
        return _expired(request)
    return render(request, "lotsen/change_entry.html", {"carrier": carrier, "token": token})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_gone(request: HttpRequest, token: str) -> HttpResponse:
    """ "Gibt es nicht mehr": tell the staff with one button; the entry stays public until they decide."""
    try:
        carrier, address = _allowed(token)
    except SignatureExpired:
        return _expired(request)
    if request.method == "POST":
        note_gone(entry=carrier, address=address)
        return redirect("lotsen:report_gone", token)
    done = Carrier.objects.filter(pk=carrier.pk).said_to_be_gone().exists()
    return render(request, "lotsen/report_gone.html", {"carrier": carrier, "done": done, "token": token})


def _allowed(token: str) -> tuple[Carrier, str]:
    """Return the carrier of ``token`` and the address it was sent to.

    Raises ``SignatureExpired``; a token that is no longer right (somebody left, the entry is not
    to be public any more) is as unknown as one that never was.
    """
    try:
        ticket = tokens.read(token, Carrier)
    except SignatureExpired:
        raise
    except BadSignature as error:
        raise Http404 from error
    carriers = Carrier.objects.maintained().select_related("carrier_type", "municipality__district")
    carrier = get_object_or_404(carriers, pk=ticket.object_id)
    address = ticket.holder_among(people_of([carrier]).get(carrier.pk, ()))
    if address is None:
        raise Http404
    return carrier, address


def _expired(request: HttpRequest) -> HttpResponse:
    return render(request, "lotsen/link_expired.html", status=410)
