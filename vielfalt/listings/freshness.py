"""How long a confirmation keeps an entry fresh."""

from calendar import monthrange
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils import timezone


def fresh_since(today: date | None = None) -> date:
    """Return the day since which an entry must have been confirmed: ``FRESH_MONTHS`` before today."""
    today = today or timezone.localdate()
    months = today.year * 12 + today.month - 1 - settings.FRESH_MONTHS
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def no_longer_fresh() -> Q:
    """The entries that nobody has confirmed since."""
    return Q(confirmed_on=None) | Q(confirmed_on__lt=fresh_since())
