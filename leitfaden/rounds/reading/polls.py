"""Where proposals fight over a passage: all options beside each other, and how much carriers resist each.

Everybody sees the sums once the vote is over; before that carriers see only what they said themselves,
so that nobody votes by what others did.
"""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leitfaden.models import Block
from leitfaden.rounds import voting
from leitfaden.rounds.cards import with_authors
from leitfaden.rounds.consensus import Option, options_for
from leitfaden.rounds.models import Participant, Phase, Proposal, ProposalState, Resistance, Round
from leitfaden.rounds.models.positions import MOST_RESISTANCE
from leitfaden.rounds.moves import NotNowError
from leitfaden.rounds.reading.finding import carriers_of_user, find_round
from leitfaden.rounds.reading.forms import ResistanceForm, name_of
from leitfaden.rounds.showing import ShownChange, show
from leitfaden.trees import Tree, load_tree
from vielfalt.listings.editing import keep, kept

RIVALS = (ProposalState.ADMITTED, ProposalState.DECIDED, ProposalState.CARRIED)
"""Proposals that fight, or fought before the round was decided."""

OVER = (Phase.CONSOLIDATE, Phase.CONCLUDED)
"""When everybody sees the result."""


@dataclass(frozen=True)
class ShownOption:
    """One way to settle the passage."""

    label: str
    proposal: Proposal | None
    shown: ShownChange | None


@dataclass
class Own:
    """What a carrier in whose name the reader speaks said, and its form while the vote lasts."""

    participant: Participant
    said: list[tuple[str, int]] = field(default_factory=list)
    form: ResistanceForm | None = None
    kept: list[tuple[str, str]] = field(default_factory=list)
    """What was chosen and could not be taken."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, number: int, anchor: str) -> HttpResponse:
    """A passage over which proposals fight."""
    round_ = find_round(number, request.user)
    block = get_object_or_404(Block.objects.with_anchor(anchor), document=round_.document_id)
    rivals = _rivals(round_, block, request.user)
    if len(rivals) < 2:  # noqa: PLR2004 - it takes two
        raise Http404
    led, _worked_for = carriers_of_user(round_, request.user)
    page = _Poll(request, round_, block, rivals, led)
    return page.take() if request.method == "POST" else page.show()


def _rivals(round_: Round, block: Block, user: Any) -> list[Proposal]:
    visible = Proposal.objects.visible_to(user).filter(round=round_, state__in=RIVALS)
    return list(with_authors(visible.touching(block)).order_by("number"))


@dataclass
class _Poll:
    request: HttpRequest
    round: Round
    block: Block
    rivals: list[Proposal]
    led: list[Participant]

    @property
    def address(self) -> str:
        return self.request.path

    @property
    def labels(self) -> list[tuple[int | None, str]]:
        found: list[tuple[int | None, str]] = [(one.current_id, f"{one}: {one.title}") for one in self.rivals]
        return [*found, (None, _("Es bleibt, wie es ist"))]

    def take(self) -> HttpResponse:
        """Keep what a carrier says, or show again what it typed."""
        if not self.request.user.is_authenticated:
            keep(self.request)
            return redirect_to_login(self.address)
        participant = next((one for one in self.led if str(one.pk) == self.request.POST.get("traeger", "")), None)
        if participant is None:
            raise Http404
        form = self._form(participant, self.request.POST)
        try:
            if not form.is_valid():
                return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
            if self._were_shown() != {name_of(version) for version, _label in self.labels}:
                raise voting.NewWordingError(
                    _("Die Vorschläge zu diesem Absatz haben sich geändert. Bitte sehen Sie sie neu an.")
                )
            voting.resist(
                round_=self.round, block=self.block, participant=participant, values=form.values, by=self.request.user
            )
        except (NotNowError, ValidationError) as error:
            sentence = error.messages[0] if isinstance(error, ValidationError) else str(error)
            messages.error(self.request, sentence)
            return self.show(form, HTTPStatus.CONFLICT)
        messages.success(self.request, _("Gespeichert. Sie können das ändern, solange die Abstimmung läuft."))
        return redirect(f"{self.address}#widerstand")

    def _were_shown(self) -> set[str]:
        """The options that the page showed when its author answered."""
        return set(self.request.POST.getlist("gezeigt"))

    def show(self, refused: ResistanceForm | None = None, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """The page."""
        if refused is None and self.request.user.is_authenticated and (sent := kept(self.request)) is not None:
            participant = next((one for one in self.led if str(one.pk) == sent.get("traeger")), None)
            refused = self._form(participant, sent) if participant else None
        tree = load_tree(self.round.base)
        is_over = self.round.phase in OVER
        context = {
            "round": self.round,
            "passage": self.block,
            "node": tree.by_id.get(self.block.pk),
            "options": self._options(tree),
            "names": [name_of(version) for version, _label in self.labels],
            "own": self._own(refused),
            "is_voting": self.round.phase == Phase.VOTE,
            "is_over": is_over,
            "rows": self._rows() if is_over else [],
            "most": MOST_RESISTANCE,
        }
        return render(self.request, "rounds/reading/poll.html", context, status=status)

    def _form(self, participant: Participant, data: Any = None, **more: Any) -> ResistanceForm:
        return ResistanceForm(data, participant=participant, options=self.labels, **more)

    def _options(self, tree: Tree) -> list[ShownOption]:
        changes = {one.pk: _change_to(one, self.block) for one in self.rivals}
        shown = {one.change.version_id: one for one in show(changes.values(), tree, self.request.user)}
        labels = dict(self.labels)
        found = [ShownOption(labels[one.current_id], one, shown.get(one.current_id or 0)) for one in self.rivals]
        return [*found, ShownOption(labels[None], None, None)]

    def _own(self, refused: ResistanceForm | None) -> list[Own]:
        said: dict[int, dict[int | None, int]] = {one.pk: {} for one in self.led}
        if self.led:
            rows = Resistance.objects.filter(round=self.round, block=self.block, participant__in=self.led)
            for one in rows:
                said[one.participant_id][one.version_id] = one.value
        return [self._own_of(one, said[one.pk], refused) for one in self.led]

    def _own_of(self, participant: Participant, said: dict[int | None, int], refused: ResistanceForm | None) -> Own:
        own = Own(participant, [(label, said[version]) for version, label in self.labels if version in said])
        is_voting = self.round.phase == Phase.VOTE
        mine = refused if refused is not None and refused.participant == participant else None
        if mine is not None and not is_voting:
            own.kept = [
                (label, mine.data.get(mine.add_prefix(name_of(version)), "–")) for version, label in self.labels
            ]
        elif is_voting:
            initial = {name_of(version): value for version, value in said.items()}
            own.form = mine or self._form(participant, initial=initial)
        return own

    def _rows(self) -> list[Option]:
        return [one for one in options_for(self.round, self.block, self.rivals) if one.values]


def _change_to(proposal: Proposal, block: Block) -> Any:
    """What a proposal does to the passage."""
    assert proposal.current is not None  # noqa: S101 - admitted proposals have a wording
    return next(one for one in proposal.current.changes.all() if one.block_id == block.pk)
