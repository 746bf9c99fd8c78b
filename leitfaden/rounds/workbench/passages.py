"""The passages of a workbench as its pages name and order them."""

from dataclasses import dataclass
from functools import cached_property
from textwrap import shorten

from django.urls import reverse
from django.utils.translation import gettext as _

from leitfaden.editing.places import SHOWN, name_of
from leitfaden.rounds.bench import Bench, Judged, Place
from leitfaden.rounds.models import Operation
from leitfaden.rounds.outcomes import in_numbers
from leitfaden.rounds.showing import ShownChange


def key_of(place: Place) -> str:
    """How addresses name a passage: by its anchor, or a new one by the identity that it will get."""
    block = place.judged[0].change.block
    return str(block.anchor if block else place.target)


@dataclass(frozen=True)
class Row:
    """A passage in the list."""

    bench: Bench
    place: Place

    @property
    def url(self) -> str:
        return reverse("rounds:decide", args=[self.bench.round.number, key_of(self.place)])

    @cached_property
    def shown(self) -> ShownChange:
        """One of its changes, for its name and where it stands."""
        return ShownChange(self.place.judged[0].change, self.bench.base)

    @property
    def title(self) -> str:
        """What kind of passage it is: for the page on which one reads it."""
        if self.shown.operation == Operation.INSERT:
            return _("Neu: {name}").format(name=self.shown.name)
        return self.shown.name

    @property
    def name(self) -> str:
        """The passage by its heading or its first words: for lists."""
        if self.shown.node is not None:
            return name_of(self.shown.node)
        new = self.shown.new
        words = shorten(new.title or new.plain, SHOWN, placeholder=" …") if new else ""
        return _("Neu: {name}").format(name=words or self.shown.kind.label)

    @cached_property
    def problems(self) -> list[str]:
        return self.bench.problems_at(self.place)

    @property
    def is_decided(self) -> bool:
        return not self.problems

    @property
    def outcomes(self) -> list[tuple[Judged, str]]:
        """Its proposals with what is intended for each."""
        return [(one, one.outcome.label if one.outcome else _("offen")) for one in self.place.judged]


@dataclass
class Overview:
    """All passages of a round, and how far the staff have come."""

    bench: Bench

    @cached_property
    def rows(self) -> list[Row]:
        return [Row(self.bench, place) for place in self.bench.places]

    @cached_property
    def open(self) -> list[Row]:
        return [row for row in self.rows if not row.is_decided]

    @property
    def decided(self) -> int:
        return len(self.rows) - len(self.open)

    @property
    def sums(self) -> list[tuple[str, int]]:
        """How many changes there are of each outcome."""
        return in_numbers(one.outcome for one in self.bench.judged)

    @property
    def proposals_untouched(self) -> int:
        """How many proposals there are for which nothing is intended yet."""
        touched = {one.proposal.pk for one in self.bench.judged if one.outcome is not None}
        return len({one.proposal.pk for one in self.bench.judged} - touched)

    def find(self, key: str) -> Row | None:
        return next((row for row in self.rows if key_of(row.place) == key), None)

    def beside(self, row: Row, step: int) -> Row | None:
        """The passage before (-1) or after (1) one."""
        at = self.rows.index(row) + step
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def next_open(self, row: Row) -> Row | None:
        """The next passage at which something is missing; after the last one comes the first."""
        at = self.rows.index(row)
        return next((one for one in [*self.rows[at + 1 :], *self.rows[:at]] if not one.is_decided), None)
