"""Signed links of reminders: for one entry, one person and 30 days, without log-in.

The person stands in the token only as a keyed hash, because addresses of pages end up in logs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db.models import Model
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "vielfalt.reminders"
VALID_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Ticket:
    """What a token allows: to answer for one entry."""

    kind: str
    object_id: int
    person: str

    def holder_among(self, addresses: Iterable[str]) -> str | None:
        """Return whose token this is, if that person still belongs to the entry."""
        return next((one for one in addresses if constant_time_compare(_hash(one), self.person)), None)


def make(entry: Model, address: str) -> str:
    """Return a token with which ``address`` may answer for ``entry``."""
    return signing.dumps([entry._meta.label_lower, entry.pk, _hash(address)], salt=SALT)


def read(token: str) -> Ticket:
    """Return what ``token`` allows; raises ``SignatureExpired``, or ``BadSignature`` for anything else."""
    kind, object_id, person = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    return Ticket(kind, object_id, person)


def _hash(address: str) -> str:
    return salted_hmac(SALT, address.lower(), algorithm="sha256").hexdigest()[:32]
