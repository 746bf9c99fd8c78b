"""All rounds, and the page of one: where it is, who may do what until when, and what came of it."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leitfaden.loading import SLUG
from leitfaden.rounds.ledger.editions import edition_of
from leitfaden.rounds.models import Decision, Participant, Phase, Position, Proposal, Round
from leitfaden.rounds.models.proposals import PUBLIC
from leitfaden.rounds.outcomes import in_numbers
from leitfaden.rounds.reading.finding import carriers_of_user, find_round
from leitfaden.rounds.reading.stages import parts_of, stages, still_asked
from leitfaden.rounds.voting import disputed_in
from leitfaden.trees import Node, load_tree


@never_cache
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds that one may know of, the newest first."""
    found = Round.objects.visible_to(request.user).filter(document__slug=SLUG)
    counted = found.annotate(admitted=Count("proposals", filter=Q(proposals__state__in=PUBLIC))).order_by("-number")
    return render(request, "rounds/reading/rounds.html", {"rounds": counted})


@never_cache
@require_safe
def round_(request: HttpRequest, number: int) -> HttpResponse:
    """One round."""
    shown = find_round(number, request.user)
    led, worked_for = carriers_of_user(shown, request.user)
    tree = load_tree(shown.base)
    context = {
        "round": shown,
        "stages": stages(shown),
        "parts": parts_of(shown, request.user, led, worked_for),
        "asked": still_asked(shown, led),
        "steps": shown.steps.all(),
        "is_over": shown.phase in (Phase.CONCLUDED, Phase.CANCELLED),
        "admitted": Proposal.objects.filter(round=shown, state__in=PUBLIC).count(),
        "open_nodes": _open_nodes(shown, tree.by_id),
        "disputes": _disputes(shown, tree.by_id),
        "outcomes": _outcomes(shown) if shown.phase == Phase.CONCLUDED else [],
        "edition": edition_of(shown),
        **participation(shown),
    }
    return render(request, "rounds/reading/round.html", context)


def participation(shown: Round) -> dict[str, int]:
    """Return how many carriers are entitled, and how many of them have taken part as everybody can see."""
    proposed = Proposal.objects.filter(participant=OuterRef("pk"), state__in=PUBLIC)
    voiced = Position.objects.filter(participant=OuterRef("pk"), is_confirmed=True)
    numbers: dict[str, int] = (
        Participant.objects.filter(round=shown)
        .order_by()
        .aggregate(entitled=Count("pk"), active=Count("pk", filter=Q(Exists(proposed)) | Q(Exists(voiced))))
    )
    return numbers


def _open_nodes(shown: Round, by_id: Any) -> list[Node]:
    """The passages that are open, in the order of the text; none where all are."""
    chosen = set(shown.open_blocks.values_list("block", flat=True))
    return [node for key, node in by_id.items() if key in chosen]


def _disputes(shown: Round, by_id: Any) -> list[tuple[Node, int]]:
    """The passages for which several proposals compete, with their number."""
    rivals = disputed_in(shown) if shown.phase not in (Phase.CONCLUDED, Phase.CANCELLED) else {}
    return [(node, len(rivals[key])) for key, node in by_id.items() if key in rivals]


def _outcomes(shown: Round) -> list[tuple[str, int]]:
    """What was decided, in numbers."""
    decided = Decision.objects.filter(change__version__proposal__round=shown).order_by()
    return in_numbers(decided.values_list("outcome", flat=True))
