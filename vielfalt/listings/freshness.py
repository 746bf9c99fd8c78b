"""How long an entry counts as current after somebody confirmed it."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

DAYS_A_MONTH = 365.2425 / 12


def _months_ago(months: int) -> date:
    return timezone.localdate() - timedelta(days=round(months * DAYS_A_MONTH))


def fresh_since() -> date:
    """Return the first day on which a confirmation still counts today (setting ``FRESH_MONTHS``)."""
    return _months_ago(settings.FRESH_MONTHS)


def shown_since() -> date:
    """Return the first day on which a confirmation still keeps an entry public (setting ``HIDDEN_MONTHS``)."""
    return _months_ago(settings.HIDDEN_MONTHS)


def unconfirmed_since(day: date) -> Q:
    """The entries that nobody has confirmed since ``day``, or ever."""
    return Q(confirmed_on=None) | Q(confirmed_on__lt=day)


def no_longer_fresh() -> Q:
    """The entries that do not count as current."""
    return unconfirmed_since(fresh_since())


def still_shown(prefix: str = "") -> Q:
    """The entries that are not too old to be public; what was never confirmed counts from the day it was made."""
    since = shown_since()
    never_confirmed = Q(**{f"{prefix}confirmed_on": None, f"{prefix}created_at__date__gte": since})
    return Q(**{f"{prefix}confirmed_on__gte": since}) | never_confirmed
