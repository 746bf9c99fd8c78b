"""How long an entry counts as current after somebody confirmed it."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

DAYS_A_MONTH = 365.2425 / 12


def fresh_since() -> date:
    """Return the first day on which a confirmation still counts today (setting ``FRESH_MONTHS``)."""
    return timezone.localdate() - timedelta(days=round(settings.FRESH_MONTHS * DAYS_A_MONTH))


def no_longer_fresh() -> Q:
    """The entries that nobody has confirmed since, or ever."""
    return Q(confirmed_on=None) | Q(confirmed_on__lt=fresh_since())
