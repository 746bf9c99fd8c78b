"""What every page of the portal needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lotsen.models import Carrier


def portal(request: HttpRequest) -> dict[str, Any]:
    """``current_share`` is a function, so that only pages that show it take its query."""
    return {
        "DEMO": settings.DEMO,
        "STAFF_SECOND_FACTOR": settings.STAFF_SECOND_FACTOR,
        "current_share": Carrier.objects.published().current_share,
    }
