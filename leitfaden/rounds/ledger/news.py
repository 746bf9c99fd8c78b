"""What is new in an edition against the one before it, and what led to that."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from leitfaden.history.comparisons import in_words
from leitfaden.models import BlockVersion, Edition, Origin
from leitfaden.reading.books import Book
from leitfaden.reading.views import opening_a_book
from leitfaden.rounds.changed import ChangedPassage, changed_passages
from leitfaden.rounds.ledger.editions import former_of, rounds_behind
from leitfaden.rounds.ledger.entries import Entry, entries_of
from leitfaden.rounds.models import Operation
from leitfaden.trees import load_tree
from vielfalt.listings.paging import PublicPaginator

CHANGES_A_PAGE = 40


@dataclass(frozen=True)
class News:
    """A passage that is not what it was, with what led to that."""

    passage: ChangedPassage
    entries: list[Entry]
    is_edited: bool
    """Whether the staff have a part in it, without a proposal."""
    url: str
    """Where one reads it in the edition; empty where it is gone."""


@opening_a_book
def news(request: HttpRequest, book: Book) -> HttpResponse:
    """Every passage that is new, changed, moved or gone since the edition before."""
    former = former_of(book.edition)
    if former is None:
        raise Http404
    passages = changed_passages(load_tree(former.revision), book.tree)
    page = PublicPaginator(passages, CHANGES_A_PAGE).get_page(request.GET.get("seite"))
    rounds = list(rounds_behind(book.edition))
    by_target = _taken(entries_of(rounds, request.user) if rounds else [])
    edited = edited_between(former, book.edition)
    context = {
        "book": book,
        "canonical": request.build_absolute_uri(request.path),
        "former": former,
        "has_decisions": bool(rounds),
        "summary": in_words([passage.change for passage in passages]),
        "page": page,
        "news": [_news(passage, by_target, edited, book) for passage in page],
    }
    return render(request, "rounds/ledger/news.html", context)


def _taken(entries: list[Entry]) -> Mapping[UUID, list[Entry]]:
    """What came into the text, by passage."""
    found: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.is_taken:
            found[entry.change.target].append(entry)
    return found


def edited_between(former: Edition, edition: Edition) -> set[UUID]:
    """Return the passages of which there are wordings between two editions that no decision made. One query."""
    numbers = {"revision__number__gt": former.revision.number, "revision__number__lte": edition.revision.number}
    versions = BlockVersion.objects.filter(revision__document=edition.document_id, **numbers)
    return set(versions.exclude(origin=Origin.DECISION).order_by().values_list("block", flat=True))


def _news(passage: ChangedPassage, by_target: Mapping[UUID, list[Entry]], edited: set[UUID], book: Book) -> News:
    node = passage.node
    entries = list(by_target.get(node.id, []))
    if passage.change.new is None and not entries:
        # It went with a passage above it.
        above = [entry for one in node.path for entry in by_target.get(one.id, [])]
        entries = [entry for entry in above if entry.shown.operation == Operation.REMOVE]
    url = book.permanent.passage(node.anchor) if passage.change.new is not None else ""
    return News(passage, entries, not entries or node.id in edited, url)
