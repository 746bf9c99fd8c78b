"""How many admitted proposals of the running round there are for each passage: for the margin of the Leitfaden."""

from django.db.models import Count, Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from leitfaden.margins import Note, Notes
from leitfaden.rounds.models import Proposal, ProposedChange


def are_there() -> Exists:
    """Whether there are any about the document of an edition."""
    running = Proposal.objects.admitted().filter(round__state="laeuft", round__document=OuterRef("document"))
    return Exists(running)


def beside_passages(document: int) -> Notes:
    """Return links to the proposals of each passage; a new one stands at that which it is to follow. One query."""
    admitted = Proposal.objects.admitted().filter(round__state="laeuft", round__document=document)
    changes = ProposedChange.objects.filter(version__proposal__in=admitted, version__proposal__current=F("version"))
    anchor = Coalesce("block__anchor", "after__anchor", "parent__anchor")
    placed = changes.order_by().annotate(place=Coalesce("block", "after", "parent"), anchor=anchor).exclude(place=None)
    rows = placed.values_list("place", "anchor", "version__proposal__round__number")
    return {
        place: _note(name, number, count)
        for place, name, number, count in rows.annotate(Count("version", distinct=True))
    }


def _note(anchor: str, number: int, count: int) -> Note:
    label = ngettext("%d Vorschlag", "%d Vorschläge", count) % count
    return Note(label, f"{reverse('rounds:proposals', args=[number])}?absatz={anchor}")
