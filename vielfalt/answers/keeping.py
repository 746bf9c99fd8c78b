"""Keeps what this process has worked out, and gives it to whoever asks while it holds."""

from collections.abc import Callable, Hashable
from functools import cached_property
from gzip import compress as gzip
from hashlib import blake2b
from sys import getsizeof
from threading import Lock
from typing import Any

import brotli
from cachetools import LRUCache
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from vielfalt.answers import values
from vielfalt.answers.sharing import is_personal, is_shared
from vielfalt.answers.state import State, read_state

MOST_BYTES = 8 * 1024 * 1024
"""How much one process keeps of answers. Whatever was not asked for the longest goes first."""

MOST_VALUES = 500
"""How many values one process keeps."""

MOST_BYTES_OF_PARTS = 4 * 1024 * 1024
"""How much one process keeps of parts of pages: some 2,000 cards."""

ON_NOTHING_NEW = ("Cache-Control", "ETag", "Last-Modified", "Vary")
"""What a 304 says of the answer that the client has (RFC 9110, 15.4.5)."""

LEVEL = 5
"""Of both brotli and gzip: about as quick as writing the page, and nearly as small as their best."""


class Answer:
    """An answer as it was worked out. It lies here as most browsers get it: compressed by brotli.

    Padding against guessing (BREACH) is needless, because shared answers hold nobody's secret.
    """

    def __init__(self, response: HttpResponse) -> None:
        patch_vary_headers(response, ["Accept-Encoding"])
        self._headers = {name: value for name, value in response.items() if name != "Content-Length"}
        self._headers["ETag"] = f'W/"{blake2b(response.content, digest_size=16).hexdigest()}"'
        self._last_modified = parse_http_date_safe(response.get("Last-Modified", ""))
        self._brotli = brotli.compress(response.content, quality=LEVEL)

    @property
    def size(self) -> int:
        """Bytes, with what gzip adds once somebody asks for it."""
        return 5 * len(self._brotli) // 2

    def response(self, request: HttpRequest) -> HttpResponse:
        """Return the answer as the client of ``request`` takes it, or 304 if it has it."""
        known = get_conditional_response(request, etag=self._headers["ETag"], last_modified=self._last_modified)
        if known is not None:
            for name in ON_NOTHING_NEW:
                if name in self._headers:
                    known[name] = self._headers[name]
            return known
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        encoding, content = self._encoded({part.strip().lower() for part in accepted.split(",")})
        response = HttpResponse(content, headers={**self._headers, "Content-Length": str(len(content))})
        if encoding:
            response.headers["Content-Encoding"] = encoding
        return response

    def _encoded(self, accepted: set[str]) -> tuple[str, bytes]:
        if "br" in accepted:
            return "br", self._brotli
        if "gzip" in accepted:
            return "gzip", self._gzip
        return "", brotli.decompress(self._brotli)

    @cached_property
    def _gzip(self) -> bytes:
        return gzip(brotli.decompress(self._brotli), compresslevel=LEVEL, mtime=0)


class Kept:
    """What one process knows of one state of the database."""

    def __init__(
        self, state: State, most_bytes: int = MOST_BYTES, most_bytes_of_parts: int = MOST_BYTES_OF_PARTS
    ) -> None:
        self.state = state
        self._lock = Lock()
        self._answers: LRUCache[str, Answer] = LRUCache(most_bytes, getsizeof=lambda answer: answer.size)
        self._values: LRUCache[Hashable, tuple[Any]] = LRUCache(MOST_VALUES)
        self._parts: LRUCache[Hashable, tuple[Any]] = LRUCache(
            most_bytes_of_parts, getsizeof=lambda kept: getsizeof(kept[0])
        )

    def answer(self, key: str) -> Answer | None:
        with self._lock:
            found: Answer | None = self._answers.get(key)
            return found

    def keep(self, key: str, answer: Answer) -> None:
        """Keep an answer, if there is room for it."""
        with self._lock:
            if answer.size <= self._answers.maxsize:
                self._answers[key] = answer

    def value[T](self, name: Hashable, work_out: Callable[[], T]) -> T:
        """See :func:`vielfalt.answers.values.kept`."""
        return self._once(self._values, name, work_out)

    def part(self, name: Hashable, render: Callable[[], str]) -> str:
        """See :func:`vielfalt.answers.values.kept_part`."""
        return self._once(self._parts, name, render)

    def _once[T](self, shelf: LRUCache[Hashable, tuple[Any]], name: Hashable, work_out: Callable[[], T]) -> T:
        """Return what lies there, or put it there, if there is room. Two requests at once may both work it out."""
        with self._lock:
            found = shelf.get(name)
        if found is None:
            found = (work_out(),)
            with self._lock:
                if shelf.getsizeof(found) <= shelf.maxsize:
                    shelf[name] = found
        return found[0]


class KeepAnswers:
    """Middleware that answers what was asked before without asking the views again.

    Everything inside it runs only once for all readers; what stands outside, such as the redirect to HTTPS, runs each
    time. The state is read before the view runs: if something
    changes meanwhile, what was worked out is kept for a state that is over, and nobody gets it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.KEEP_ANSWERS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self._kept: Kept | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return self.get_response(request)
        kept = self._at(read_state())
        with values.using(kept):
            return self.get_response(request) if is_personal(request) else self._answer(request, kept)

    def _at(self, state: State) -> Kept:
        """Return what is known of ``state``. Who still holds what was known of another uses it up alone."""
        kept = self._kept
        if kept is None or kept.state != state:
            kept = self._kept = Kept(state)
        return kept

    def _answer(self, request: HttpRequest, kept: Kept) -> HttpResponse:
        key = _key(request)
        answer = kept.answer(key)
        if answer is None:
            response = self.get_response(request)
            if not is_shared(request, response):
                return response
            answer = Answer(response)
            kept.keep(key, answer)
        return answer.response(request)


def _key(request: HttpRequest) -> str:
    """The whole address: some pages name themselves."""
    return f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{request.get_full_path()}"
