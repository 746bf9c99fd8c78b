"""Where a round is, and what somebody can do in it at this moment, in words."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitfaden.rounds.models import Participant, Phase, Proposal, Round
from leitfaden.rounds.permissions import conducts, researches
from vielfalt.listings.permissions import in_network

ABOUT = {
    Phase.COLLECT: gettext_lazy("Träger schreiben Vorschläge und reichen sie ein. Die Redaktion lässt sie zu."),
    Phase.DISCUSS: gettext_lazy(
        "Alle lesen, was zugelassen ist, und reden mit. Träger verbessern ihre Vorschläge und können schon Position "
        "beziehen."
    ),
    Phase.VOTE: gettext_lazy("Jeder Träger sagt, wie er zu den Vorschlägen steht."),
    Phase.CONSOLIDATE: gettext_lazy("Die Redaktion entscheidet, begründet es und macht daraus den neuen Text."),
}
"""What happens in a phase."""


@dataclass(frozen=True)
class Stage:
    """A phase with its dates."""

    phase: Phase
    begins: datetime
    ends: datetime | None
    is_present: bool
    is_past: bool

    @property
    def about(self) -> str:
        return str(ABOUT[self.phase])


def stages(round_: Round) -> list[Stage]:
    """The four phases in their order."""
    now = round_.phase
    order = [phase for phase, _begin in round_.begins]
    at = order.index(now) if now in order else (len(order) if now == Phase.CONCLUDED else -1)
    return [
        Stage(phase, begins, round_.ends_at(phase), phase == now, number < at)
        for number, (phase, begins) in enumerate(round_.begins)
    ]


@dataclass(frozen=True)
class Part:
    """What somebody can do now."""

    sentence: str
    until: datetime | None = None
    label: str = ""
    url: str = ""


_MANAGER = {
    Phase.WAITING: gettext_lazy("Bald können Sie für {names} Vorschläge schreiben."),
    Phase.COLLECT: gettext_lazy("Sie können für {names} Vorschläge schreiben und einreichen."),
    Phase.DISCUSS: gettext_lazy("Sie können für {names} mitreden, Vorschläge verbessern und schon Position beziehen."),
    Phase.VOTE: gettext_lazy("Sie können für {names} zu jedem Vorschlag Position beziehen und sie noch ändern."),
    Phase.CONSOLIDATE: gettext_lazy(
        "Die Positionen für {names} stehen fest. Eigene Vorschläge können Sie zurückziehen, bis entschieden ist."
    ),
}
_MEMBER = {
    Phase.WAITING: gettext_lazy("Bald können Sie für {names} Vorschläge schreiben."),
    Phase.COLLECT: gettext_lazy("Sie können für {names} an Entwürfen schreiben. Einreichen kann sie die Leitung."),
    Phase.DISCUSS: gettext_lazy("Sie können für {names} mitreden. Position bezieht die Leitung."),
    Phase.VOTE: gettext_lazy("Sie können für {names} mitreden. Position bezieht die Leitung."),
}
_NETWORK = {
    phase: gettext_lazy("Ihre Organisation ist an dieser Runde nicht beteiligt. Sie können alles lesen und mitreden.")
    for phase in (Phase.COLLECT, Phase.DISCUSS, Phase.VOTE)
}
_STAFF = {
    Phase.PLANNED: gettext_lazy("Sie bereiten diese Runde vor. Noch sieht sie niemand sonst."),
    Phase.COLLECT: gettext_lazy("Sie prüfen, was eingereicht wird, fragen nach und lassen es zu."),
    Phase.DISCUSS: gettext_lazy(
        "Sie lassen zu, was noch wartet, führen Ähnliches zusammen und empfehlen, wie zu entscheiden ist."
    ),
    Phase.VOTE: gettext_lazy("Sie tragen ein, was auf Papier kommt. Die Träger bestätigen es."),
    Phase.CONSOLIDATE: gettext_lazy("Sie entscheiden über jeden Vorschlag und schließen die Runde ab."),
}
_DOORS = {
    Phase.PLANNED: (gettext_lazy("Runde vorbereiten"), "rounds:manage_round"),
    Phase.COLLECT: (gettext_lazy("Vorschläge prüfen"), "rounds:review_queue"),
    Phase.DISCUSS: (gettext_lazy("Vorschläge prüfen"), "rounds:review_queue"),
    Phase.VOTE: (gettext_lazy("Im Auftrag eintragen"), "rounds:on_behalf"),
    Phase.CONSOLIDATE: (gettext_lazy("Entscheiden"), "rounds:workbench"),
}
"""Where the staff do that."""
_EVERYBODY = {
    Phase.PLANNED: gettext_lazy("Diese Runde wird vorbereitet."),
    Phase.WAITING: gettext_lazy("Diese Runde beginnt bald."),
    Phase.CONCLUDED: gettext_lazy(
        "Diese Runde ist abgeschlossen. Sie können nachlesen, was entschieden wurde und warum."
    ),
    Phase.CANCELLED: gettext_lazy("Diese Runde wurde abgebrochen. Was zugelassen war, bleibt lesbar."),
}
_READING = gettext_lazy("Sie können alles lesen, was zugelassen ist.")
_UNTIL = {Phase.DISCUSS: Phase.VOTE}
"""Until the end of which phase it lasts for carriers, where that is another one."""


def parts_of(round_: Round, user: Any, led: list[Participant], worked_for: list[Participant]) -> list[Part]:
    """Return what ``user`` can do in this round now, the most important first."""
    phase = round_.phase
    members = [one for one in worked_for if one not in led]
    found = [
        part
        for part in (
            _part_of_staff(round_, phase) if conducts(user) else None,
            _part(_MANAGER, round_, phase, led) if led else None,
            _part(_MEMBER, round_, phase, members) if members else None,
        )
        if part
    ]
    if researches(user):
        url = reverse("rounds:research", args=[round_.number])
        found.append(Part(_("Sie können diese Runde unter Pseudonymen auswerten."), label=_("Zur Auswertung"), url=url))
    if not found and in_network(user) and phase in _NETWORK:
        found.append(Part(str(_NETWORK[phase]), _end(round_, phase)))
    if not found:
        found.append(Part(str(_EVERYBODY.get(phase, _READING))))
    if not user.is_authenticated and phase in ABOUT:
        login = f"{reverse('account_login')}?next={round_.get_absolute_url()}"
        found.append(Part(_("Sie arbeiten für einen Träger?"), label=_("Anmelden"), url=login))
    return found


def _part(sentences: Any, round_: Round, phase: Phase, carriers: list[Participant] | None = None) -> Part | None:
    if phase not in sentences:
        return None
    names = _(" und ").join(one.name for one in carriers or [])
    until = _end(round_, phase) if carriers else round_.ends_at(phase)
    return Part(str(sentences[phase]).format(names=names), until)


def _part_of_staff(round_: Round, phase: Phase) -> Part | None:
    part = _part(_STAFF, round_, phase)
    if part is None:
        return None
    label, door = _DOORS[phase]
    return replace(part, label=str(label), url=reverse(door, args=[round_.number]))


def _end(round_: Round, phase: Phase) -> datetime | None:
    return round_.ends_at(_UNTIL.get(phase, phase))


def still_asked(round_: Round, led: list[Participant]) -> Part | None:
    """Say how many proposals wait for a position of these carriers. At most one query."""
    number = Proposal.objects.filter(round=round_).awaiting_position_of(led, round_).count() if led else 0
    if not number:
        return None
    sentence = ngettext("Ein Vorschlag wartet auf Ihre Position.", "%d Vorschläge warten auf Ihre Position.", number)
    url = f"{reverse('rounds:proposals', args=[round_.number])}?position=offen"
    return Part(sentence % number if number > 1 else sentence, label=_("Zu den Vorschlägen"), url=url)
