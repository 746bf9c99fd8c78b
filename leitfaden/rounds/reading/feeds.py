"""What is new in rounds, for feed readers: what everybody may read, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitfaden.rounds.cards import carriers_of, with_authors
from leitfaden.rounds.models import Decision, Proposal

MOST = 50


@dataclass(frozen=True)
class News:
    """That a proposal was admitted, or what was decided about it."""

    proposal: Proposal
    at: datetime
    decisions: tuple[Decision, ...] = ()


class RoundFeed(Feed):
    """Never depends on who asks: feed readers pass on what they fetched."""

    feed_type = Atom1Feed
    title = gettext_lazy("Runden zum Leitfaden – Kompetenzzentrum Vielfalt Hessen")
    subtitle = gettext_lazy("Zugelassene Vorschläge und Entscheidungen.")
    link = reverse_lazy("rounds:rounds")
    language = "de"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer without the newest item's date: it stays the same when an older one is withdrawn.

        Who asks again by that date would hear "unchanged" and keep what was taken back; the ETag tells.
        """
        response = super().__call__(request, *args, **kwargs)
        del response.headers["Last-Modified"]
        return response

    def items(self) -> list[News]:
        readable = with_authors(Proposal.objects.visible_to(AnonymousUser()).exclude(admitted_at=None))
        admitted = list(readable.order_by("-admitted_at", "-pk")[:MOST])
        decided = list(readable.filter(state="entschieden").order_by("-round__concluded_at", "number")[:MOST])
        return sorted([*map(_admission, admitted), *_decided(decided)], key=lambda one: one.at, reverse=True)[:MOST]

    def item_title(self, item: News) -> str:
        what = _("entschieden") if item.decisions else _("zugelassen")
        return _("{proposal} {what}: {title}").format(proposal=item.proposal, what=what, title=item.proposal.title)

    def item_description(self, item: News) -> str:
        if item.decisions:
            told = [f"{one.get_outcome_display()}: {one.reason}" for one in item.decisions]
            return "\n".join(dict.fromkeys(told))
        reason = item.proposal.current.reason if item.proposal.current else ""
        return f"{carriers_of(item.proposal)}: {reason}"

    def item_link(self, item: News) -> str:
        """An address of its own for the decision: by it readers know that this is another item."""
        return item.proposal.get_absolute_url() + ("#entscheidung" if item.decisions else "")

    def item_pubdate(self, item: News) -> datetime:
        return item.at

    item_updateddate = item_pubdate


def _admission(proposal: Proposal) -> News:
    assert proposal.admitted_at is not None  # noqa: S101 - asked before
    return News(proposal, proposal.admitted_at)


def _decided(proposals: list[Proposal]) -> list[News]:
    rows = Decision.objects.filter(change__version__in=[one.current_id for one in proposals]).select_related("change")
    by_version: dict[int, list[Decision]] = {}
    for decision in rows:
        by_version.setdefault(decision.change.version_id, []).append(decision)
    return [
        News(one, max(decision.at for decision in found), tuple(found))
        for one in proposals
        if (found := by_version.get(one.current_id or 0))
    ]
