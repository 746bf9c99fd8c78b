"""How strong the consensus about proposals is, in numbers and in words."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitfaden.rounds.models import Position, Proposal, Resistance, Round, Stance
from leitfaden.rounds.models.positions import MOST_RESISTANCE

STRONG, CONSENSUS, MAJORITY = 0.95, 0.75, 0.5
"""Shares of agreement above which consensus has a name, as guidelines of medicine have them (AWMF)."""


class Strength(models.TextChoices):
    """How strong a consensus is."""

    STRONG = "stark", gettext_lazy("Starker Konsens")
    CONSENSUS = "konsens", gettext_lazy("Konsens")
    MAJORITY = "mehrheit", gettext_lazy("Mehrheitliche Zustimmung")
    NONE = "kein-konsens", gettext_lazy("Kein Konsens")
    TOO_FEW = "zu-wenige", gettext_lazy("Noch zu wenige Rückmeldungen")


@dataclass(frozen=True)
class Bar:
    """One row of the chart: a position, its number, its share in per cent, and its place in one bar of all."""

    key: str
    label: str
    number: int
    percent: int
    start: int
    width: int
    """Almost the share: in one bar all of them together fill the whole."""


@dataclass(frozen=True)
class Consensus:
    """How carriers stand to a proposal. Abstentions are counted apart; silence is not consent."""

    entitled: int
    quorum: int
    agree: int = 0
    minor: int = 0
    major: int = 0
    veto: int = 0
    abstain: int = 0

    @classmethod
    def of(cls, stances: Iterable[str], *, entitled: int, quorum: int) -> Self:
        number = Counter(stances)
        return cls(
            entitled,
            quorum,
            number[Stance.AGREE],
            number[Stance.MINOR],
            number[Stance.MAJOR],
            number[Stance.VETO],
            number[Stance.ABSTAIN],
        )

    @property
    def taken(self) -> int:
        """How many carriers have said anything, be it that they abstain."""
        return self.agree + self.minor + self.major + self.veto + self.abstain

    @property
    def share(self) -> float | None:
        """The share of those who agree, with minor concerns or none, among those who do not abstain."""
        voiced = self.taken - self.abstain
        return (self.agree + self.minor) / voiced if voiced else None

    @property
    def has_quorum(self) -> bool:
        return self.taken >= self.quorum

    @property
    def strength(self) -> Strength:
        share = self.share
        if share is None or not self.has_quorum:
            return Strength.TOO_FEW
        for least, name in ((STRONG, Strength.STRONG), (CONSENSUS, Strength.CONSENSUS), (MAJORITY, Strength.MAJORITY)):
            if share > least:
                return name
        return Strength.NONE

    @property
    def rows(self) -> list[tuple[Stance, int]]:
        """Each position with its number, for the chart and its table."""
        return list(zip(Stance, (self.agree, self.minor, self.major, self.veto, self.abstain), strict=True))

    @property
    def bars(self) -> list["Bar"]:
        """Each position, and those who have said nothing, as shares of all who are entitled."""
        counted = [(stance.value, str(stance.label), number) for stance, number in self.rows]
        counted.append(("offen", _("Noch keine Position"), max(self.entitled - self.taken, 0)))
        bars: list[Bar] = []
        before = 0
        for key, label, number in counted:
            start, end = self._percent(before), self._percent(before + number)
            bars.append(Bar(key, label, number, self._percent(number), start, end - start))
            before += number
        return bars

    def _percent(self, number: int) -> int:
        return min(round(100 * number / self.entitled), 100) if self.entitled else 0

    @property
    def agreement(self) -> str:
        """The share of those who agree, in words."""
        if self.share is None:
            return _("Alle enthalten sich.")
        return _("{percent} % Zustimmung.").format(percent=round(100 * self.share))

    @property
    def sentence(self) -> str:
        """How many have said anything, in words."""
        return _("{taken} von {entitled} haben sich geäußert.").format(taken=self.taken, entitled=self.entitled)

    def as_json(self) -> dict[str, Any]:
        """Return what a decision keeps."""
        return asdict(self)


def consensus_of(round_: Round, proposals: Iterable[Proposal]) -> dict[int, Consensus]:
    """Return the state of consensus by proposal, in two queries."""
    stances: dict[int, list[str]] = defaultdict(list)
    keys = [proposal.pk for proposal in proposals]
    rows = Position.objects.counted().filter(version__proposal__in=keys).order_by()
    for key, stance in rows.values_list("version__proposal", "stance"):
        stances[key].append(stance)
    entitled = round_.participants.count()
    return {key: Consensus.of(stances[key], entitled=entitled, quorum=round_.quorum) for key in keys}


@dataclass(frozen=True)
class Option:
    """One way to settle a disputed passage; without a proposal it stays as it is."""

    proposal: Proposal | None
    values: tuple[int, ...]

    @property
    def average(self) -> float | None:
        """How much carriers resist on average, from 0 to 10; ``None`` as long as nobody said."""
        return sum(self.values) / len(self.values) if self.values else None

    @property
    def label(self) -> str:
        return f"{self.proposal}: {self.proposal.title}" if self.proposal else _("Es bleibt, wie es ist")

    @property
    def voices(self) -> int:
        return len(self.values)

    @property
    def percent(self) -> int:
        """The average as a share of the most that one can say, for a bar."""
        return round(100 * (self.average or 0) / MOST_RESISTANCE)


def options_for(round_: Round, block: Any, proposals: Iterable[Proposal]) -> list[Option]:
    """Return the options for a disputed passage with their resistance, least first; in one query."""
    values: dict[int | None, list[int]] = defaultdict(list)
    for version, value in Resistance.objects.filter(round=round_, block=block).values_list("version", "value"):
        values[version].append(value)
    options = [Option(one, tuple(values[one.current_id])) for one in proposals]
    options.append(Option(None, tuple(values[None])))
    return sorted(options, key=lambda one: 11.0 if one.average is None else one.average)
