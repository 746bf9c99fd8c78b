"""What will happen in a round, for a page that says it in words."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitfaden.rounds.carrying import awaiting
from leitfaden.rounds.models import Participant, Phase, Round
from leitfaden.rounds.scope import Scope
from leitfaden.trees import Node

HAPPENS = {
    Phase.COLLECT: gettext_lazy("Träger schlagen Änderungen vor. Die Redaktion fragt nach und lässt Vorschläge zu."),
    Phase.DISCUSS: gettext_lazy(
        "Neue Vorschläge sind nicht mehr möglich. Alle besprechen die zugelassenen, Träger verbessern ihre und "
        "nehmen zu allen Stellung."
    ),
    Phase.VOTE: gettext_lazy("Die Vorschläge ändern sich nicht mehr. Träger geben ihre Positionen ab."),
    Phase.CONSOLIDATE: gettext_lazy("Die Redaktion entscheidet Absatz für Absatz und veröffentlicht das Ergebnis."),
}


@dataclass(frozen=True)
class Stretch:
    """A phase with its begin and end; the last one has no end."""

    phase: Phase
    begins: datetime
    ends: datetime | None

    @property
    def happens(self) -> str:
        return str(HAPPENS[self.phase])

    @property
    def length(self) -> str:
        """How long it takes: "28 Tage", or hours where it is less than two days."""
        if self.ends is None:
            return ""
        hours = round((self.ends - self.begins).total_seconds() / 3600)
        if hours < 48:  # noqa: PLR2004 - two days
            return _("1 Stunde") if hours == 1 else _("{number} Stunden").format(number=hours)
        return _("{number} Tage").format(number=round(hours / 24))


@dataclass(frozen=True)
class Outlook:
    """A round as it will be, or is."""

    round: Round

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.round)

    @property
    def stretches(self) -> list[Stretch]:
        return [
            Stretch(phase, begins, self.round.ends_at(phase))
            for phase, begins in self.round.begins
            if begins != self.round.ends_at(phase)
        ]

    @cached_property
    def participants(self) -> list[Participant]:
        return list(self.round.participants.all())

    @cached_property
    def led_by_nobody(self) -> list[Participant]:
        """Carriers for which nobody can submit anything yet."""
        return list(self.round.participants.led_by_nobody())

    @cached_property
    def open_passages(self) -> list[Node]:
        """The parts of the text that are open; none means all."""
        chosen = self.scope.chosen
        return [node for node in self.scope.tree.walk() if node.id in chosen] if chosen else []

    @cached_property
    def awaiting(self) -> tuple[int, int]:
        """How many proposals and drafts of earlier rounds would come along."""
        proposals, drafts = awaiting(self.round)
        return proposals.count(), drafts.count()
