"""What every page of the portal needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lotsen.models import Carrier
from vielfalt.answers.values import kept
from vielfalt.operators.models import Operator


def portal(request: HttpRequest) -> dict[str, Any]:
    """``current_share`` and ``operators`` are functions, so that only pages that show them take their queries."""
    return {
        "DEMO": settings.DEMO,
        "STAFF_SECOND_FACTOR": settings.STAFF_SECOND_FACTOR,
        "current_share": lambda: kept("share", Carrier.objects.published().current_share),
        "operators": lambda: kept("operators", lambda: list(Operator.objects.with_logo())),
    }
