"""The pages behind the links of a reminder. Opening one changes nothing: mail scanners open links, too."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vielfalt.accounts.models import User
from vielfalt.listings import publishing
from vielfalt.listings.models import Organisation
from vielfalt.listings.public import strand_of
from vielfalt.reminders import actions, sources, tokens
from vielfalt.reminders.people import people_of
from vielfalt.reminders.sources import Asked


@dataclass(frozen=True)
class Answer:
    """What the link of a mail lets in: somebody who answers for one entry."""

    asked: Asked
    entry: Organisation
    address: str
    token: str
    reader: User | AnonymousUser
    """Who has opened the link, which needs no log-in."""

    @property
    def finds_public_page(self) -> bool:
        """Whether the reader may open the entry's public page: some entries are not for everybody."""
        return self.asked.model._default_manager.visible_to(self.reader).filter(pk=self.entry.pk).exists()

    @property
    def shown(self) -> dict[str, Any]:
        """What every page shows."""
        return {"answer": self, "entry": self.entry, "token": self.token, "strand": strand_of(self.entry)}


def with_answer(view: Callable[[HttpRequest, Answer], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Let in whom a token lets in, and say when it is too old.

    A token that is no longer right (somebody left, the entry is not to be public any more) is as
    unknown as one that never was.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        try:
            ticket = tokens.read(token)
        except SignatureExpired:
            return render(request, "reminders/link_expired.html", status=HTTPStatus.GONE)
        except BadSignature as error:
            raise Http404 from error
        asked = sources.asked(ticket.kind)
        if asked is None:
            raise Http404
        entry = get_object_or_404(asked.entries(asked.maintained()), pk=ticket.object_id)
        address = ticket.holder_among(people_of([entry]).get(entry.pk, ()))
        if address is None:
            raise Http404
        return view(request, Answer(asked, entry, address, token, request.user))

    return never_cache(wrapped)


@require_http_methods(["GET", "HEAD", "POST"])
@with_answer
def confirm_entry(request: HttpRequest, answer: Answer) -> HttpResponse:
    """ "Stimmt noch": show the entry, and confirm it with one button, without log-in."""
    if request.method == "POST":
        by = User.objects.filter(email__iexact=answer.address).first()
        publishing.confirm(entries=[answer.entry], by=by)
        return redirect("reminders:confirm_entry", answer.token)
    done = answer.entry.confirmed_on == timezone.localdate()
    context = answer.shown | answer.asked.shown(answer.entry) | {"done": done}
    return render(request, "reminders/confirm_entry.html", context)


@require_safe
@with_answer
def change_entry(request: HttpRequest, answer: Answer) -> HttpResponse:
    """ "Bearbeiten": where to change the entry. Editing needs a log-in, so the token opens nothing else."""
    return render(request, "reminders/change_entry.html", answer.shown)


@require_http_methods(["GET", "HEAD", "POST"])
@with_answer
def report_gone(request: HttpRequest, answer: Answer) -> HttpResponse:
    """ "Gibt es nicht mehr": tell the staff with one button; the entry stays public until they decide."""
    if request.method == "POST":
        actions.report_gone(entry=answer.entry, address=answer.address)
        return redirect("reminders:report_gone", answer.token)
    done = answer.asked.maintained().filter(pk=answer.entry.pk).said_to_be_gone().exists()
    return render(request, "reminders/report_gone.html", answer.shown | {"done": done})
