"""The ledger of an edition: who achieved what, what was declined and why, and how strong the consensus was."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leitfaden.reading.books import Book
from leitfaden.reading.views import opening_a_book
from leitfaden.rounds.ledger.editions import former_of, rounds_behind
from leitfaden.rounds.ledger.entries import Entry, by_carrier, entries_of
from leitfaden.rounds.models import Outcome
from leitfaden.rounds.outcomes import in_numbers
from leitfaden.trees import Node
from vielfalt.listings.paging import PublicPaginator

ENTRIES_A_PAGE = 40


@dataclass(frozen=True)
class Question:
    """What of the ledger somebody wants to see."""

    outcome: str
    carrier: str
    chapter: str

    @classmethod
    def of(cls, query: Any) -> "Question":
        return cls(query.get("ergebnis", ""), query.get("traeger", ""), query.get("modul", ""))

    @property
    def is_about_all(self) -> bool:
        return not (self.outcome or self.carrier or self.chapter)

    def fits(self, entry: Entry) -> bool:
        chapter = entry.chapter
        return (
            self.outcome in ("", entry.outcome)
            and (not self.carrier or any(one.name == self.carrier for one in entry.participants))
            and (not self.chapter or (chapter is not None and chapter.anchor == self.chapter))
        )


@opening_a_book
def ledger(request: HttpRequest, book: Book) -> HttpResponse:
    """All decisions that led to an edition."""
    rounds = list(rounds_behind(book.edition))
    entries = entries_of(rounds, request.user)
    question = Question.of(request.GET)
    chosen = [entry for entry in entries if question.fits(entry)]
    page = PublicPaginator(chosen, ENTRIES_A_PAGE).get_page(request.GET.get("seite"))
    context = {
        "book": book,
        "canonical": request.build_absolute_uri(request.path),
        "rounds": rounds,
        "former": former_of(book.edition),
        "question": question,
        "outcomes": [outcome for outcome in Outcome if any(entry.outcome == outcome for entry in entries)],
        "carriers": by_carrier(entries),
        "chapters": _chapters(entries),
        "sums": in_numbers(entry.outcome for entry in chosen),
        "number": len(chosen),
        "proposals": len({entry.proposal.pk for entry in chosen}),
        "page": page,
        "groups": _grouped(page.object_list, book),
    }
    return render(request, "rounds/ledger/decisions.html", context)


def _chapters(entries: list[Entry]) -> list[Node]:
    """The modules and chapters about which something was decided, in their order."""
    found = {entry.chapter.anchor: entry.chapter for entry in entries if entry.chapter is not None}
    return list(found.values())


def _grouped(entries: Any, book: Book) -> list[tuple[Node | None, list[tuple[Entry, str]]]]:
    """The entries by chapter, each with the address at which one reads its passage in the edition."""
    groups = groupby(entries, key=lambda entry: entry.chapter.anchor if entry.chapter else "")
    found: list[tuple[Node | None, list[tuple[Entry, str]]]] = []
    for _anchor, group in groups:
        own = list(group)
        found.append((own[0].chapter, [(entry, address_of(entry, book)) for entry in own]))
    return found


def address_of(entry: Entry, book: Book) -> str:
    """Where the passage stands in the edition; empty where it does not."""
    node = book.tree.by_id.get(entry.change.target)
    return book.permanent.passage(node.anchor) if node is not None else ""
