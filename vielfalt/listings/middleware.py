"""Tells the history who makes a request."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware

from vielfalt.listings.recording import role_of


class RecordWho(HistoryMiddleware):
    """Records the account and its role; never the address, which may be a secret link."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"user": request.user.pk, "role": role_of(request.user)}
