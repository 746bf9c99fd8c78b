"""Comments under a block, and the list of all that one may read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leitfaden import commenting
from leitfaden.discussion import taking
from leitfaden.discussion.forms import READERS, CommentForm, ReplyForm
from leitfaden.discussion.mentions import candidates
from leitfaden.history.visibility import blocks_visible_to, versions_visible_to
from leitfaden.models import Block, BlockVersion, Comment, CommentState, Visibility
from leitfaden.permissions import edits
from vielfalt.listings.editing import keep, kept
from vielfalt.listings.paging import PublicPaginator

THREADS_A_PAGE = 30
LONGEST_QUESTION = 100


@dataclass
class Thread:
    """A comment with its answers as a page shows it to somebody."""

    comment: Comment
    quote: str
    """The words it is about; empty where that wording is not public."""
    is_found: bool
    """Whether they still stand in the text, exactly once."""
    may_settle: bool
    replies: list[Comment] = field(default_factory=list)
    form: ReplyForm | None = None

    @property
    def readers(self) -> str:
        return str(READERS[Visibility(self.comment.visibility)])


@dataclass
class Refused:
    """A form that could not be taken, with what was typed, and the thread it belongs to."""

    form: ReplyForm
    thread: int | None = None

    @property
    def status(self) -> HTTPStatus:
        return HTTPStatus.TOO_MANY_REQUESTS if self.form.is_too_fast else HTTPStatus.UNPROCESSABLE_ENTITY


def discussion(request: HttpRequest, block: Block, version: BlockVersion, refused: Refused | None) -> dict[str, Any]:
    """What the page of a block needs for its comments."""
    user = request.user
    if refused is None and user.is_authenticated:
        refused = _kept(request, version)
    threads = _threads(user, block, version)
    form: ReplyForm | None = None
    if user.is_authenticated:
        own = refused.form if refused and refused.thread is None else None
        form = own or CommentForm(user=user, initial={"visibility": Visibility.EDITORS, "version": version.pk})
        for thread in threads:
            is_this = refused is not None and refused.thread == thread.comment.pk
            thread.form = refused.form if is_this and refused else ReplyForm(prefix=f"antwort-{thread.comment.pk}")
    return {
        "threads": threads,
        "comment_form": form,
        "may_comment": user.is_authenticated,
        "people": candidates(block, user) if user.is_authenticated else [],
    }


def _kept(request: HttpRequest, version: BlockVersion) -> Refused | None:
    """What somebody wrote whose session had ended."""
    if (sent := kept(request)) is None:
        return None
    thread = sent.get("thread", "")
    messages.info(request, _("Ihr Text ist noch da. Bitte schicken Sie ihn jetzt ab."))
    if thread.isdecimal():
        return Refused(ReplyForm(sent, prefix=f"antwort-{thread}"), int(thread))
    return Refused(CommentForm(sent, user=request.user))


def _threads(user: Any, block: Block, version: BlockVersion) -> list[Thread]:
    comments = list(Comment.objects.visible_to(user).on(block).select_related("parent"))
    about = {one.version_id for one in comments}
    readable = set(versions_visible_to(user).filter(pk__in=about).values_list("pk", flat=True))
    threads: dict[int, Thread] = {}
    for one in comments:
        if one.parent_id is None:
            found = bool(one.quote) and commenting.locate(one, version.plain) is not None
            may_settle = edits(user) or (user.is_authenticated and one.author_id == user.pk)
            threads[one.pk] = Thread(one, one.quote if one.version_id in readable else "", found, may_settle)
        elif one.parent_id in threads:
            threads[one.parent_id].replies.append(one)
    return sorted(threads.values(), key=lambda thread: thread.comment.state == CommentState.RESOLVED)


def take_comment(request: HttpRequest, block: Block, versions: Sequence[BlockVersion]) -> HttpResponse | Refused:
    """Do what a button under a block says: comment, answer, settle, take up again."""
    here = reverse("leitfaden:block", args=[block.anchor])
    if not request.user.is_authenticated:
        keep(request)
        return redirect_to_login(here)
    action = request.POST.get("aktion", "kommentieren")
    if action == "kommentieren":
        return _comment(request, block, versions, here)
    pk = request.POST.get("thread", "")
    visible = Comment.objects.visible_to(request.user).threads().filter(block=block).select_related("version", "block")
    thread = get_object_or_404(visible, pk=int(pk) if pk.isdecimal() and len(pk) < 18 else 0)  # noqa: PLR2004
    if action == "antworten":
        return _answer(request, thread, here)
    try:
        (commenting.reopen if action == "oeffnen" else commenting.resolve)(comment=thread, by=request.user)
    except PermissionDenied as error:
        messages.error(request, str(error))
    return redirect(f"{here}#kommentar-{thread.pk}")


def _comment(request: HttpRequest, block: Block, versions: Sequence[BlockVersion], here: str) -> HttpResponse | Refused:
    form = CommentForm(request.POST, user=request.user)
    written = taking.write(form, block=block, versions=versions, by=request.user) if form.is_valid() else None
    if written is None:
        return Refused(form)
    messages.success(request, taking.told(request, written))
    return redirect(f"{here}#kommentar-{written.pk}")


def _answer(request: HttpRequest, thread: Comment, here: str) -> HttpResponse | Refused:
    form = ReplyForm(request.POST, prefix=f"antwort-{thread.pk}")
    written = taking.answer(form, thread=thread, by=request.user) if form.is_valid() else None
    if written is None:
        return Refused(form, thread.pk)
    messages.success(request, taking.told(request, written))
    return redirect(f"{here}#kommentar-{written.pk}")


STATES = {
    "offen": (gettext_lazy("Offen"), [CommentState.OPEN]),
    "verwaist": (gettext_lazy("Abschnitt entfernt"), [CommentState.ORPHANED]),
    "erledigt": (gettext_lazy("Erledigt"), [CommentState.RESOLVED]),
    "alle": (gettext_lazy("Alle"), list(CommentState)),
}


@never_cache
@require_safe
def comments(request: HttpRequest) -> HttpResponse:
    """All comments that one may read, by state and words."""
    chosen = request.GET.get("stand", "offen")
    chosen = chosen if chosen in STATES else "offen"
    question = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    readable = Comment.objects.visible_to(request.user).filter(block__in=blocks_visible_to(request.user))
    found = readable.threads().filter(state__in=STATES[chosen][1])
    if question:
        answers = readable.filter(text__icontains=question).exclude(parent=None).values("parent")
        found = found.filter(text__icontains=question) | found.filter(pk__in=answers)
    listed = found.select_related("author", "block", "settled_by").order_by("-pk")
    context = {
        "page": PublicPaginator(listed, THREADS_A_PAGE).get_page(request.GET.get("seite")),
        "states": [(name, label) for name, (label, _states) in STATES.items()],
        "chosen": chosen,
        "question": question,
        "readers": READERS,
        "is_editor": edits(request.user),
    }
    return render(request, "leitfaden/discussion/comments.html", context)
