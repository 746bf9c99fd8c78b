"""What every page of the portal needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    return {"DEMO": settings.DEMO, "STAFF_SECOND_FACTOR": settings.STAFF_SECOND_FACTOR}
