"""The pages of a book: the edition in force, and every edition under its own name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from leitfaden import appendices
from leitfaden.discussion.counts import comments_by_block
from leitfaden.margins import Margins
from leitfaden.models import EditionFile
from leitfaden.offers import Offers
from leitfaden.permissions import edits
from leitfaden.reading.books import Book, find_book
from leitfaden.reading.citing import Citation
from leitfaden.reading.rendering import Page, place_of, render_page
from leitfaden.reading.searching import LONGEST_QUESTION, MOST_HITS, Question, search_in
from leitfaden.trees import Node
from vielfalt.answers.sharing import shared

type View = Callable[..., HttpResponse]


def opening_a_book(view: View) -> View:
    """Let a view show an edition: 410 where it was withdrawn; what only editors see stays out of caches."""

    @require_safe
    @shared
    @wraps(view)
    def opening(request: HttpRequest, *, edition: str = "", **names: str) -> HttpResponse:
        book = find_book(edition, request.user)
        if book is None:
            if edition or names:
                raise Http404
            return render(request, "leitfaden/reading/none.html")
        if book.is_withdrawn and not edits(request.user):
            return render(request, "leitfaden/reading/withdrawn.html", {"book": book}, status=410)
        response = view(request, book, **names)
        if book.is_of_editors:
            response["X-Robots-Tag"] = "noindex"
            response["Cache-Control"] = "private, no-store"
        return response

    return opening


@opening_a_book
def start(request: HttpRequest, book: Book) -> HttpResponse:
    """The first page: what the book is, its contents, its files."""
    files = list(EditionFile.objects.visible_to(request.user).listed().filter(edition=book.edition))
    for file in files:
        # Their names are made of the edition's.
        file.edition = book.edition
    page = _shown(book, book.tree.introduction, top=2)
    more = {"files": files, "citation": _citation(request, book), "appendices": appendices.of(book.edition)}
    return _show(request, "start", book, page=page, **more)


@opening_a_book
def everything(request: HttpRequest, book: Book) -> HttpResponse:
    """The whole text on one page: for printing, and for the browser's own search."""
    return _show(request, "everything", book, page=_shown(book, book.tree.roots, top=2), one_page=True)


@opening_a_book
def page(request: HttpRequest, book: Book, anchor: str) -> HttpResponse:
    """A chapter or a module."""
    chapter = next((chapter for chapter in book.chapters if chapter.anchor == anchor), None)
    if chapter is None:
        raise Http404
    before, after = book.around(chapter)
    page = _shown(book, [chapter.node])
    return _show(request, "page", book, page=page, node=chapter.node, before=before, after=after)


@opening_a_book
def passage(request: HttpRequest, book: Book, anchor: str) -> HttpResponse:
    """The short address of a passage leads to where it stands."""
    return redirect(place_of(_passage(book, anchor), book.addresses))


@opening_a_book
def search(request: HttpRequest, book: Book) -> HttpResponse:
    """Where words stand in this edition."""
    question = Question(request.GET.get("q", "").strip()[:LONGEST_QUESTION])
    groups, number = search_in(book.tree, question, book.addresses)
    return _show(request, "search", book, question=question, groups=groups, number=number, most=MOST_HITS)


@opening_a_book
def cite(request: HttpRequest, book: Book, anchor: str = "") -> HttpResponse:
    """How the edition or a passage of it is cited."""
    if not anchor:
        return _show(request, "cite", book, citation=_citation(request, book))
    cited = _passage(book, anchor)
    shown = _rendered(book, [cited]).passages[0]
    citation = _citation(request, book, cited)
    return _show(request, "cite", book, citation=citation, cited=shown, place=place_of(cited, book.addresses))


def _show(request: HttpRequest, template: str, book: Book, **context: Any) -> HttpResponse:
    canonical = request.build_absolute_uri(book.canonical(request.path, context.get("node")))
    # Only pages that show passages ask for them.
    counts = SimpleLazyObject(lambda: comments_by_block(request.user, book.edition.document_id))
    offers = None if book.is_superseded else Offers(request.user, book.edition.document_id)
    margins = None if book.is_superseded else Margins(book.edition)
    aside = {"counts": counts, "passage_offers": offers, "margins": margins}
    shown = {"book": book, "canonical": canonical, **aside, **context}
    return render(request, f"leitfaden/reading/{template}.html", shown)


def _rendered(book: Book, roots: list[Node], *, top: int = 1) -> Page:
    return render_page(book.tree, book.addresses, roots, permanent=book.permanent, top=top)


def _shown(book: Book, roots: list[Node], *, top: int = 1) -> Page:
    """Return a page that is rendered once it is needed: readers mostly get its text as it was kept."""
    page: Any = SimpleLazyObject(lambda: _rendered(book, roots, top=top))
    return page


def _passage(book: Book, anchor: str) -> Node:
    node = book.tree.by_anchor.get(anchor)
    if node is None:
        raise Http404
    return node


def _citation(request: HttpRequest, book: Book, node: Node | None = None) -> Citation:
    return Citation(book.edition, request.build_absolute_uri("/").rstrip("/"), node)
