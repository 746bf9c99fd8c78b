"""How a view says that its answer is the same for everybody who is not logged in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

type View = Callable[..., HttpResponse]

FOR_EVERYBODY = "public, no-cache"
"""Whoever asks may keep the answer, but asks each time whether it still holds."""

FOR_ONE_READER = "private, no-cache"

PERSONAL_COOKIES = frozenset({settings.SESSION_COOKIE_NAME, "messages"})


def is_personal(request: HttpRequest) -> bool:
    """Whether an answer may depend on who asks: somebody who is logged in, or who is to be told something."""
    return not PERSONAL_COOKIES.isdisjoint(request.COOKIES)


def shared(view: View) -> View:
    """Let readers who are not logged in share what ``view`` answers.

    The answer may depend on the address, the database and the day, and on nothing else; a view that knows better
    in a single case sets ``Cache-Control`` itself.
    """

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", FOR_ONE_READER if is_personal(request) else FOR_EVERYBODY)
        return response

    return answering


def is_shared(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether ``response`` may be given to others who send the same request."""
    return (
        response.status_code == 200  # noqa: PLR2004
        and response.get("Cache-Control") == FOR_EVERYBODY
        and not response.streaming
        and not response.cookies
        and not is_personal(request)
    )
