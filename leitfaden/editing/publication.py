"""The pages on which a revision becomes an edition: proposed, read by two people, published, perhaps withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from leitfaden import editions
from leitfaden.editing.access import for_editors, the_document
from leitfaden.editing.forms import Words
from leitfaden.files.tasks import publish
from leitfaden.history.comparisons import Comparison
from leitfaden.models import Document, Edition, EditionState
from leitfaden.permissions import publishes
from vielfalt.accounts.models import User
from vielfalt.listings.paging import PublicPaginator

CHANGES_A_PAGE = 40


class EditionForm(forms.Form):
    """What an edition is called and what is new in it."""

    label = Words(
        label=gettext_lazy("Bezeichnung"), help_text=gettext_lazy("Jahr und Nummer, zum Beispiel 2026.1"), max_length=20
    )
    revision = forms.IntegerField(label=gettext_lazy("Stand"), min_value=1)
    note = Words(
        label=gettext_lazy("Was ist neu?"),
        help_text=gettext_lazy("Zwei, drei Sätze für alle, die die vorige Ausgabe kennen."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(forms.Form):
    reason = Words(
        label=gettext_lazy("Warum?"),
        help_text=gettext_lazy("Das steht dann unter der Adresse der Ausgabe, für alle lesbar."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@dataclass(frozen=True)
class Step:
    """What one can do with an edition, and why not at the moment."""

    slug: str
    button: Any
    question: Any
    consequence: Any
    reason_not: str = ""


@dataclass(frozen=True)
class _Move:
    button: Any
    question: Any
    consequence: Any
    done: Any
    act: Callable[..., Any]
    name: str
    """How ``leitfaden.editions`` calls it."""
    asks_reason: bool = False


MOVES: dict[str, _Move] = {
    "freigeben": _Move(
        gettext_lazy("Freigeben"),
        gettext_lazy("Diese Ausgabe freigeben?"),
        gettext_lazy("Sie sagen damit: Ich habe die Ausgabe gelesen, sie kann so erscheinen."),
        gettext_lazy("Danke, Ihre Freigabe ist eingetragen."),
        editions.approve,
        "approve",
    ),
    "zurueckgeben": _Move(
        gettext_lazy("Zurückgeben"),
        gettext_lazy("Diese Ausgabe zurückgeben?"),
        gettext_lazy("Alle Freigaben verfallen. Die Ausgabe ist dann wieder ein Entwurf."),
        gettext_lazy("Die Ausgabe ist wieder ein Entwurf."),
        editions.reject,
        "reject",
    ),
    "veroeffentlichen": _Move(
        gettext_lazy("Veröffentlichen"),
        gettext_lazy("Diese Ausgabe jetzt veröffentlichen?"),
        gettext_lazy(
            "Alle können sie sofort lesen. Sie ändert sich nie mehr; die bisherige Ausgabe gilt als abgelöst."
        ),
        gettext_lazy("Die Ausgabe ist veröffentlicht."),
        publish,
        "publish",
    ),
    "zurueckziehen": _Move(
        gettext_lazy("Zurückziehen"),
        gettext_lazy("Diese Ausgabe zurückziehen?"),
        gettext_lazy("Niemand kann sie mehr lesen. Unter ihrer Adresse steht, warum. Das lässt sich nicht umkehren."),
        gettext_lazy("Die Ausgabe ist zurückgezogen."),
        editions.withdraw,
        "withdraw",
        asks_reason=True,
    ),
}


def steps(edition: Edition, user: User) -> list[Step]:
    """Return all that can be done with an edition; where it cannot be, with the reason."""
    return [
        Step(slug, move.button, move.question, move.consequence, _why_not(edition, move, user))
        for slug, move in MOVES.items()
        if move.name != "reject" or edition.state == EditionState.APPROVED or edition.approvals.exists()
    ]


def _why_not(edition: Edition, move: _Move, user: User) -> str:
    if not publishes(user):
        return _("Dafür sind in der Redaktion andere zuständig.")
    if move.name == "publish" and edition.state == EditionState.DRAFT:
        missing = editions.NEEDED_APPROVALS - edition.approvals.count()
        return (
            _("Noch fehlen Freigaben von {number} Personen.").format(number=missing)
            if missing > 1
            else _("Noch fehlt die Freigabe einer zweiten Person.")
        )
    if move.name == "approve" and edition.state == EditionState.DRAFT and edition.approvals.filter(by=user).exists():
        return _("Sie haben diese Ausgabe schon freigegeben. Jetzt braucht es eine zweite Person.")
    return editions.why_not(edition, move.name)


@for_editors
@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """All editions with their states."""
    document = the_document()
    listed = Edition.objects.filter(document=document).select_related("revision").prefetch_related("approvals__by")
    context = {"document": document, "editions": listed, "may_publish": publishes(request.user)}
    return render(request, "leitfaden/editing/editions.html", context)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def new_edition(request: HttpRequest) -> HttpResponse:
    """Propose a revision as an edition."""
    document = the_document()
    if not publishes(request.user):
        raise PermissionDenied(_("Ausgaben legt an, wer in der Redaktion dafür zuständig ist."))
    form = EditionForm(request.POST or None, initial=_proposal(document, request.GET.get("stand", "")))
    if request.method == "POST" and form.is_valid():
        edition = _create(form, document, request.user)
        if edition is not None:
            messages.success(request, _("Die Ausgabe ist angelegt. Jetzt lesen und freigeben: zwei Personen."))
            return redirect("leitfaden:review_edition", edition.slug)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "leitfaden/editing/new_edition.html", {"form": form, "document": document}, status=status)


def _proposal(document: Document, number: str) -> dict[str, Any]:
    year = timezone.localdate().year
    taken = document.editions.filter(label__startswith=f"{year}.").count()
    return {
        "label": f"{year}.{taken + 1}",
        "revision": number if number.isdecimal() else document.head.number,
    }


def _create(form: EditionForm, document: Document, by: User) -> Edition | None:
    cleaned = form.cleaned_data
    revision = document.revisions.filter(number=cleaned["revision"]).first()
    if revision is None:
        form.add_error("revision", _("Diesen Stand gibt es nicht."))
        return None
    try:
        return editions.create_edition(
            document=document, label=cleaned["label"], revision=revision, note=cleaned["note"], by=by
        )
    except ValidationError as error:
        form.add_error("label", " ".join(error.messages))
        return None


@for_editors
@require_safe
def review_edition(request: HttpRequest, slug: str) -> HttpResponse:
    """An edition with what changed since the one published before it, and what can be done with it."""
    edition = _edition(slug)
    former = _former(edition)
    comparison = Comparison(former.revision if former else None, edition.revision)
    context = {
        "edition": edition,
        "former": former,
        "comparison": comparison,
        "page": PublicPaginator(comparison.changes if former else [], CHANGES_A_PAGE).get_page(
            request.GET.get("seite")
        ),
        "is_side_by_side": "nebeneinander" in request.GET,
        "steps": steps(edition, request.user),
        "may_delete": publishes(request.user) and edition.state == EditionState.DRAFT,
    }
    return render(request, "leitfaden/editing/review_edition.html", context)


def _edition(slug: str) -> Edition:
    editions_of_it = Edition.objects.select_related("document__head", "revision").prefetch_related("approvals__by")
    return get_object_or_404(editions_of_it, document=the_document(), slug=slug)


def _former(edition: Edition) -> Edition | None:
    """The edition that readers knew before this one."""
    public = Edition.objects.public().filter(document=edition.document_id).exclude(pk=edition.pk)
    if edition.published_at:
        public = public.filter(published_at__lt=edition.published_at)
    former: Edition | None = public.select_related("revision").order_by("-published_at").first()
    return former


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def move_edition(request: HttpRequest, slug: str, move: str) -> HttpResponse:
    """Ask once more, then do one of ``MOVES`` with an edition."""
    edition = _edition(slug)
    chosen = MOVES[move]
    reason_not = _why_not(edition, chosen, request.user)
    form = ReasonForm(request.POST or None) if chosen.asks_reason else None
    if request.method == "POST" and not reason_not and (form is None or form.is_valid()):
        try:
            chosen.act(edition=edition, by=request.user, **(form.cleaned_data if form else {}))
        except ValidationError as error:
            reason_not = " ".join(error.messages)
        else:
            messages.success(request, chosen.done)
            return redirect("leitfaden:review_edition", slug)
    if request.method == "POST" and reason_not:
        # Somebody was faster, or the same button was pressed twice.
        messages.warning(request, reason_not)
        return redirect("leitfaden:review_edition", slug)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"edition": edition, "move": chosen, "form": form, "reason_not": reason_not}
    return render(request, "leitfaden/editing/move_edition.html", context, status=status)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def delete_edition(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a draft of an edition."""
    edition = _edition(slug)
    if edition.state != EditionState.DRAFT or not publishes(request.user):
        raise Http404
    if request.method == "POST":
        editions.delete(edition=edition, by=request.user)
        messages.success(request, _("Der Entwurf der Ausgabe ist gelöscht."))
        return redirect("leitfaden:editions")
    return render(request, "leitfaden/editing/delete_edition.html", {"edition": edition})
