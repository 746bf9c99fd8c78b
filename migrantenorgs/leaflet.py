"""The registration form on paper, for organisations that are not online."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Self

from django.conf import settings
from django.utils.functional import Promise

from migrantenorgs.models import WHO_SEES_IT, FieldOfAction, LegalForm, Reach, TargetGroup
from vielfalt.documents.pdf import render_pdf
from vielfalt.operators.models import Operator, Responsibility, Strand

ROOMY = 44
"""With more words to choose from, lines move closer together, so that everything stays on one page."""


class Office(NamedTuple):
    """Where the form is sent, and where one is told that a consent is withdrawn."""

    name: str
    address: str
    phone: str
    email: str


@dataclass(frozen=True)
class Leaflet:
    """What on the form depends on staff: the words to choose from, and who takes it."""

    legal_forms: tuple[str, ...]
    fields_of_action: tuple[str, ...]
    target_groups: tuple[str, ...]
    offices: tuple[Office, ...]

    @classmethod
    def current(cls) -> Self:
        """Return the form as staff's settings have it now: four queries."""
        legal_forms, fields_of_action, target_groups = (
            tuple(vocabulary.objects.values_list("name", flat=True))
            for vocabulary in (LegalForm, FieldOfAction, TargetGroup)
        )
        return cls(legal_forms, fields_of_action, target_groups, _offices())

    @property
    def reaches(self) -> list[str]:
        return list(Reach.labels)

    @property
    def visibilities(self) -> list[tuple[str, Promise]]:
        return [(visibility.label, meaning) for visibility, meaning in WHO_SEES_IT.items()]

    @property
    def is_dense(self) -> bool:
        return sum(map(len, (self.legal_forms, self.reaches, self.fields_of_action, self.target_groups))) > ROOMY

    @property
    def has_address(self) -> bool:
        return any(office.address for office in self.offices)


def _offices() -> tuple[Office, ...]:
    """Those who lead the strand; where nobody does, its partners."""
    operators = list(Operator.objects.running(Strand.MIGRANTENORGS))
    leading = [operator for operator in operators if operator.role == Responsibility.Role.LEADING]
    return tuple(
        Office(operator.name, operator.address, operator.phone, operator.email) for operator in leading or operators
    )


# The form rarely changes, and laying it out takes longer than any page.
@lru_cache(maxsize=2)
def leaflet_pdf(leaflet: Leaflet, *, on: date) -> bytes:
    """Return the form of a day as PDF."""
    return render_pdf("migrantenorgs/leaflet.html", {"leaflet": leaflet, "portal": settings.PORTAL_URL}, created=on)
