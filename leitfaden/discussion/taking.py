"""Takes in what people write: once, not too much at a time, and never lost."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from leitfaden import commenting
from leitfaden.discussion.forms import CommentForm, ReplyForm
from leitfaden.discussion.mentions import mentioned
from leitfaden.models import Block, BlockVersion, Comment, Visibility
from vielfalt.accounts.models import User
from vielfalt.locks import lock_for_transaction

WINDOW = timedelta(hours=1)
MOST = 30
"""So many comments one person may write in that time."""

TWICE = timedelta(minutes=10)
"""Who sends the same words within this time has clicked twice."""


@transaction.atomic
def write(form: CommentForm, *, block: Block, versions: Sequence[BlockVersion], by: User) -> Comment | None:
    """Write a comment on the version that its author read; ``None`` with a sentence in the form if that cannot be."""
    cleaned = form.cleaned_data
    read = next((one for one in versions if str(one.pk) == cleaned["version"]), versions[0])
    if (first := _already(form, by, block, None)) or not _in_time(form, by):
        return first
    people = mentioned(cleaned["text"], block=block, visibility=cleaned["visibility"], by=by)
    return _try(
        form,
        lambda: commenting.comment(
            version=read,
            text=cleaned["text"],
            visibility=cleaned["visibility"],
            by=by,
            quote=cleaned["quote"],
            before=cleaned["before"],
            after=cleaned["after"],
            mentions=people,
        ),
    )


@transaction.atomic
def answer(form: ReplyForm, *, thread: Comment, by: User) -> Comment | None:
    """Answer in a thread."""
    if (first := _already(form, by, thread.block, thread)) or not _in_time(form, by):
        return first
    text = form.cleaned_data["text"]
    people = mentioned(text, block=thread.block, visibility=Visibility(thread.visibility), by=by)
    return _try(form, lambda: commenting.reply(comment=thread, text=text, by=by, mentions=people))


def _try(form: ReplyForm, act: Any) -> Comment | None:
    try:
        written: Comment = act()
    except ValidationError as error:
        form.add_error("text", error)
        return None
    return written


def _already(form: ReplyForm, by: User, block: Block, thread: Comment | None) -> Comment | None:
    """The comment that a first click has written. Two clicks at once wait for each other."""
    lock_for_transaction(f"leitfaden: comments of {by.pk}")
    text = "\n".join(line.rstrip() for line in form.cleaned_data["text"].splitlines()).strip()
    since = timezone.now() - TWICE
    mine = Comment.objects.filter(author=by, block=block, parent=thread, text=text, created_at__gte=since)
    return mine.first()


def _in_time(form: ReplyForm, by: User) -> bool:
    if Comment.objects.filter(author=by, created_at__gte=timezone.now() - WINDOW).count() < MOST:
        return True
    form.add_error(None, _("Das waren viele Kommentare in kurzer Zeit. Bitte warten Sie eine Stunde."))
    form.is_too_fast = True
    return False


def told(request: HttpRequest, comment: Comment) -> str:
    """Say who will be told."""
    people = ", ".join(str(mention.user) for mention in comment.mentions.select_related("user"))
    return _("Gespeichert. Per E-Mail erfährt davon: {people}.").format(people=people) if people else _("Gespeichert.")
