"""Comments: writing, answering, settling, and how they go along when the text changes."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from leitfaden import quotes
from leitfaden.changes import Change, Merge, Split
from leitfaden.models import LONGEST_COMMENT, Block, BlockVersion, Comment, CommentState, Document, Mention, Visibility
from leitfaden.outline import Outline
from leitfaden.permissions import edits
from leitfaden.trees import Tree
from vielfalt.accounts.models import User
from vielfalt.listings.permissions import in_network

LONGEST_QUOTE = 2_000
CONTEXT = 100
"""How many characters around a quote are kept to find it again."""


@transaction.atomic
def comment(
    *,
    version: BlockVersion,
    text: str,
    visibility: Visibility,
    by: User,
    quote: str = "",
    before: str = "",
    after: str = "",
    mentions: Collection[User] = (),
) -> Comment:
    """Comment on a wording that ``by`` read, or on some words of it. If the block is gone by now, nothing is lost."""
    _hold_still(version.block)
    quote = " ".join(quote.split())
    if len(quote) > LONGEST_QUOTE:
        # Too much to be found again: it is about the whole block.
        quote = ""
    written = Comment.objects.create(
        block=version.block,
        version=version,
        author=by,
        text=_clean_text(text),
        visibility=visibility,
        state=CommentState.OPEN if _is_in_head(version.block) else CommentState.ORPHANED,
        quote=quote,
        quote_before=" ".join(before.split())[-CONTEXT:] if quote else "",
        quote_after=" ".join(after.split())[:CONTEXT] if quote else "",
    )
    _mention(written, mentions)
    return written


@transaction.atomic
def reply(*, comment: Comment, text: str, by: User, mentions: Collection[User] = ()) -> Comment:
    """Answer in a thread; the answer is read by those who read the thread."""
    thread = Comment.objects.select_for_update(of=("self",)).get(pk=comment.thread.pk)
    if not Comment.objects.visible_to(by).filter(pk=thread.pk).exists():
        raise PermissionDenied(_("Diesen Kommentar können Sie nicht lesen."))
    written = Comment.objects.create(
        block=thread.block, version=thread.version, parent=thread, author=by, text=_clean_text(text)
    )
    _mention(written, mentions)
    return written


def resolve(*, comment: Comment, by: User) -> None:
    """Say that a thread is settled: editors any, authors their own."""
    _set_state(comment, by, CommentState.RESOLVED, (CommentState.OPEN, CommentState.ORPHANED))


@transaction.atomic
def reopen(*, comment: Comment, by: User) -> None:
    """Take up a settled thread again."""
    thread = comment.thread
    _hold_still(thread.block)
    state = CommentState.OPEN if _is_in_head(thread.block) else CommentState.ORPHANED
    _set_state(thread, by, state, (CommentState.RESOLVED,))


def _set_state(comment: Comment, by: User, state: CommentState, sources: Collection[CommentState]) -> None:
    thread = comment.thread
    if not (edits(by) or thread.author_id == by.pk):
        raise PermissionDenied(_("Das kann nur die Redaktion oder wer den Kommentar geschrieben hat."))
    settled = state == CommentState.RESOLVED
    Comment.objects.threads().filter(pk=thread.pk, state__in=sources).update(
        state=state, settled_by=by if settled else None, settled_at=timezone.now() if settled else None
    )
    thread.refresh_from_db()


def _clean_text(text: str) -> str:
    text = "\n".join(line.rstrip() for line in text.replace("\x00", "").splitlines()).strip()
    if not text:
        raise ValidationError(_("Bitte schreiben Sie etwas."), code="empty")
    if len(text) > LONGEST_COMMENT:
        raise ValidationError(
            _("Dieser Kommentar ist zu lang ({length} Zeichen). Erlaubt sind {most}.").format(
                length=len(text), most=LONGEST_COMMENT
            ),
            code="too_long",
        )
    return text


def _mention(written: Comment, people: Collection[User]) -> None:
    """Note whom to tell, of those who may read the comment at all."""
    readers = [person for person in people if Comment.objects.visible_to(person).filter(pk=written.pk).exists()]
    Mention.objects.bulk_create([Mention(comment=written, user=person) for person in readers], ignore_conflicts=True)


def mentionable(visibility: Visibility, user: User) -> bool:
    """Whether ``user`` could read a comment of this visibility, for offering names."""
    return user.is_active and (
        edits(user) or visibility == Visibility.PUBLIC or (visibility == Visibility.NETWORK and in_network(user))
    )


def _hold_still(block: Block) -> None:
    """Let no revision be saved until this transaction ends, so that a comment is never open on a removed block."""
    Document.objects.select_for_update(of=("self",), no_key=True).get(pk=block.document_id)


def _is_in_head(block: Block) -> bool:
    return Block.objects.filter(pk=block.pk, document__head__entries__block=block).exists()


def follow(*, before: Outline, after: Outline, changes: Sequence[Change]) -> None:
    """Let comments go along with the text, in the transaction that changes it."""
    for change in changes:
        if isinstance(change, Merge):
            # What was about the second block is now about both.
            Comment.objects.filter(block=change.second.block_id).update(block=change.first.block_id)
        elif isinstance(change, Split):
            _follow_split(change)
    gone = [block for block in before if block not in after]
    back = [block for block in after if block not in before]
    threads = Comment.objects.threads()
    threads.filter(block__in=gone, state=CommentState.OPEN).update(state=CommentState.ORPHANED)
    threads.filter(block__in=back, state=CommentState.ORPHANED).update(state=CommentState.OPEN)


def _follow_split(change: Split) -> None:
    """Let comments go to the part in which the words they quote stand exactly once, and in no other part."""
    parts: dict[UUID, str] = {change.seen.block_id: change.contents[0].plain}
    parts |= {block: content.plain for block, content in zip(change.blocks, change.contents[1:], strict=True)}
    for thread in Comment.objects.threads().filter(block=change.seen.block_id).exclude(quote=""):
        found = [block for block, plain in parts.items() if locate(thread, plain) is not None]
        if len(found) == 1 and found[0] != change.seen.block_id:
            Comment.objects.filter(Q(pk=thread.pk) | Q(parent=thread)).update(block=found[0])


def locate(comment: Comment, plain: str) -> quotes.Span | None:
    """Return where in a block's plain text the comment's quote stands; ``None``: it is on the whole block."""
    return quotes.find(plain, exact=comment.quote, before=comment.quote_before, after=comment.quote_after)


def in_tree(tree: Tree, comments: Collection[Comment]) -> dict[UUID, list[Comment]]:
    """Return comments by the block of ``tree`` under which they are shown; the others have no place there."""
    shown: dict[UUID, list[Comment]] = {}
    for one in comments:
        if one.block_id in tree.by_id:
            shown.setdefault(one.block_id, []).append(one)
    return shown
