"""What rounds put on the staff's desk: what waits in the one that runs, or in none."""

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitfaden.loading import SLUG
from leitfaden.rounds.models import Proposal, ProposalState, Round, RoundState
from leitfaden.rounds.permissions import conducts
from vielfalt.listings.desk import Figure, Item, Panel

SHOWN = 6


def panels(request: HttpRequest) -> list[Panel]:
    """Return the panel, for those who conduct rounds. Three queries at most."""
    if not conducts(request.user):
        return []
    open_rounds = list(Round.objects.filter(document__slug=SLUG, state__in=(RoundState.RUNNING, RoundState.PLANNED)))
    running = next((one for one in open_rounds if one.state == RoundState.RUNNING), None)
    planned = Figure(_("in Vorbereitung"), len(open_rounds) - (running is not None), reverse("rounds:manage_rounds"))
    return [_of_round(running, planned) if running else _of_none(planned)]


def _of_none(planned: Figure) -> Panel:
    return Panel(
        slug="rounds",
        strand="leitfaden",
        title=_("Runden zum Leitfaden"),
        hint=_("Zurzeit läuft keine Runde."),
        nothing=_("Nichts wartet. Unter „Runden verwalten“ bereiten Sie eine Runde vor."),
        figures=[planned],
    )


def _of_round(round_: Round, planned: Figure) -> Panel:
    states = {
        ProposalState.SUBMITTED: (_("zu prüfen"), ""),
        ProposalState.QUESTION: (_("Rückfrage offen"), "?zeige=rueckfrage"),
        ProposalState.UNCONFIRMED: (_("noch nicht bestätigt"), "?zeige=unbestaetigt"),
        ProposalState.ADMITTED: (_("zugelassen"), "?zeige=zugelassen"),
    }
    counts = {state.name: Count("pk", filter=Q(state=state)) for state in states}
    numbers = Proposal.objects.filter(round=round_).order_by().aggregate(**counts)
    queue = reverse("rounds:review_queue", args=[round_.number])
    waiting = Proposal.objects.filter(round=round_).awaiting_staff().select_related("participant", "current")
    number = numbers[ProposalState.SUBMITTED.name]
    title = ngettext("{round}: {number} Vorschlag wartet", "{round}: {number} Vorschläge warten", number)
    return Panel(
        slug="rounds",
        strand="leitfaden",
        title=title.format(round=round_.title, number=number),
        hint=_stage(round_),
        nothing=_("Kein Vorschlag wartet auf die Redaktion."),
        figures=[
            *(Figure(label, numbers[state.name], f"{queue}{tab}") for state, (label, tab) in states.items()),
            planned,
        ],
        items=[_item(round_, proposal) for proposal in waiting[:SHOWN]],
    )


def _stage(round_: Round) -> str:
    """Return the phase with its end: "Besprechen, bis 24. November 2026"."""
    ends = round_.ends_at(round_.phase)
    label = str(round_.phase.label)
    return _("{phase}, bis {day}").format(phase=label, day=date_format(localtime(ends), "j. F Y")) if ends else label


def _item(round_: Round, proposal: Proposal) -> Item:
    assert proposal.current is not None  # noqa: S101 - what waits was submitted
    day = date_format(localtime(proposal.current.submitted_at), "j. F Y")
    return Item(
        f"{proposal}: {proposal.title}",
        _("{carrier}, {day}").format(carrier=proposal.participant.name, day=day),
        reverse("rounds:review", args=[round_.number, proposal.pk]),
    )
