"""The request that is being answered: what log lines may say of it, and a line for those that take long."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

SLOW_SECONDS = 1.0
HARMLESS_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
SECRET_PARTS = ("token", "key", "uidb36")
"""Parts of addresses that are as good as a password, or tell whom a mail went to."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Current:
    """A request, and what log lines say of it. It is worked out once something is logged, which is seldom."""

    request: HttpRequest
    started: float

    @cached_property
    def id(self) -> str:
        """The name that the proxy gave this request, so that its log and ours can be put together, or a new one."""
        given = self.request.META.get("HTTP_X_REQUEST_ID", "")
        return given if HARMLESS_ID.fullmatch(given) else uuid.uuid4().hex

    @cached_property
    def secrets(self) -> tuple[str, ...]:
        """What stands in the address and in no log."""
        try:
            parts = resolve(self.request.path_info).kwargs
        except Resolver404:
            return ()
        return tuple(str(parts[name]) for name in SECRET_PARTS if name in parts)

    @property
    def path(self) -> str:
        """The path without what somebody looks for (the query), and without secrets."""
        return self.without_secrets(self.request.path)

    @property
    def seconds(self) -> float:
        return round(time.monotonic() - self.started, 3)

    def without_secrets(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, "…")
        return text


_current: ContextVar[Current | None] = ContextVar("current", default=None)


def current() -> Current | None:
    """The request that this thread answers, if any."""
    return _current.get()


def note_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Note each request for the lines that are logged meanwhile, and log those that take long."""

    def middleware(request: HttpRequest) -> HttpResponse:
        noted = Current(request, time.monotonic())
        _current.set(noted)
        response = get_response(request)
        if noted.seconds > SLOW_SECONDS:
            logger.warning("Slow request", extra={"status_code": response.status_code})
        return response

    return middleware


def _forget(**signal: Any) -> None:
    """Forget the request once it is answered; Django itself still logs after the last middleware."""
    _current.set(None)


request_finished.connect(_forget, dispatch_uid="forget the request")
