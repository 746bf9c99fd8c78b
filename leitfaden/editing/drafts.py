"""Drafts of one's own while one writes: what is kept, and what is shown when somebody comes back."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from leitfaden import actions
from leitfaden.editing.forms import BlockForm
from leitfaden.editing.places import Place
from leitfaden.editing.seen import Seen
from leitfaden.models import Document, Draft


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's script asks, not a person who pressed a button."""
    return request.headers.get("Accept", "").startswith("application/json")


def keep(request: HttpRequest, document: Document, form: BlockForm, seen: Seen, place: Place | None = None) -> str:
    """Keep what is in the form as a draft; return a sentence about it, or raise ``ValidationError``."""
    content = form.cleaned_content()
    if seen.version is not None:
        actions.save_draft(document=document, base=seen.base, content=content, seen=seen.version, by=request.user)
    else:
        actions.save_draft(
            document=document,
            base=seen.base,
            content=content,
            kind=form.kind,
            by=request.user,
            **blocks(document, place),
        )
    return _("Entwurf gesichert um {time} Uhr.").format(time=time_format(timezone.localtime()))


def blocks(document: Document, place: Place | None) -> dict[str, object]:
    """The blocks of a place, as drafts name it."""
    place = place or Place()
    found = document.blocks.in_bulk([pk for pk in (place.parent, place.after) if pk])
    return {"parent": found.get(place.parent), "after": found.get(place.after)}


def answer(request: HttpRequest, document: Document, form: BlockForm, seen: Seen, place: Place | None) -> HttpResponse:
    """Keep a draft for the page's script and say how that went."""
    try:
        return JsonResponse({"message": keep(request, document, form, seen, place)})
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=422)


def find(request: HttpRequest, document: Document, *, block: object = None, place: Place | None = None) -> Draft | None:
    """Return one's own draft about a block, or for a new block in a place."""
    own = Draft.objects.of(request.user).filter(document=document).select_related("base", "seen__block")
    if block is not None:
        return own.filter(block=block).first()
    place = place or Place()
    return own.filter(block=None, parent=place.parent, after=place.after).first()


def drop(request: HttpRequest, draft: Draft | None) -> None:
    if draft is not None:
        actions.drop_draft(draft=draft, by=request.user)


def presence(request: HttpRequest, document: Document) -> dict[object, list[str]]:
    """Who else writes at this moment, by block."""
    writing: dict[object, list[str]] = {}
    for draft in Draft.objects.presence(document, but=request.user).select_related("parent"):
        key = draft.block_id or draft.after_id or draft.parent_id
        writing.setdefault(key, []).append(str(draft.user))
    return writing
