"""Who opens the pages for editing, and which document they are about."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from leitfaden.loading import SLUG
from leitfaden.models import Document
from leitfaden.permissions import edits
from vielfalt.accounts.permissions import lacks_second_factor
from vielfalt.listings.editing import for_members


def the_document() -> Document:
    """Return the Leitfaden with its head; not found as long as nobody has imported it."""
    return get_object_or_404(Document.objects.with_head(), slug=SLUG)


type View = Callable[..., HttpResponse]


def for_staff(allows: Callable[[Any], bool], hint: Any) -> Callable[[View], View]:
    """Let in those whom ``allows`` names; for others there is no page. Without a second factor ``hint`` asks for one.

    What was sent after a session had ended comes back after the log-in.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not allows(request.user):
                raise Http404
            if lacks_second_factor(request.user):
                messages.warning(request, hint)
                return redirect("mfa_index")
            return view(request, *args, **kwargs)

        return for_members(wrapped)

    return decorate


for_editors = for_staff(
    edits, _("Den Leitfaden bearbeiten Sie, sobald Sie einen Passkey oder eine App mit Codes eingerichtet haben.")
)
"""Let in who edits the text."""
