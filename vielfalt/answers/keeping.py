"""Keeps the answers of this process, and gives them to whoever asks while they hold."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from gzip import compress as gzip
from hashlib import blake2b

import brotli
from cachetools import LRUCache
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from vielfalt.answers.sharing import is_personal, is_shared
from vielfalt.answers.state import State, read_state

MOST_BYTES = 24 * 1024 * 1024
"""How much one process keeps. Whatever was not asked for the longest goes first."""

WORTH_COMPRESSING = 200
"""Bytes; less than that gets longer."""

LEVEL = 5
"""Of both gzip and brotli: about as quick as writing the page, and nearly as small as their best."""

ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=LEVEL),
    "gzip": lambda content: gzip(content, compresslevel=LEVEL, mtime=0),
}
"""From the smallest on. Padding against guessing (BREACH) is needless: shared answers hold nobody's secret."""


@dataclass
class Answer:
    """An answer as it was worked out, and compressed as it has been asked for."""

    content: bytes
    headers: dict[str, str]
    encoded: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, response: HttpResponse) -> "Answer":
        patch_vary_headers(response, ["Accept-Encoding"])
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        headers["ETag"] = f'W/"{blake2b(response.content, digest_size=16).hexdigest()}"'
        return cls(response.content, headers)

    @property
    def size(self) -> int:
        """Bytes, with what compressing adds at most."""
        return len(self.content) * 3 // 2

    def response(self, accepted: str) -> HttpResponse:
        """Return the answer for a client that takes the encodings ``accepted``, a header's value."""
        encoding = self._encoding(accepted)
        response = HttpResponse(self._in(encoding) if encoding else self.content, headers=self.headers)
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.content))
        return response

    def _encoding(self, accepted: str) -> str:
        if len(self.content) < WORTH_COMPRESSING:
            return ""
        offered = {part.strip().lower() for part in accepted.split(",")}
        return next((encoding for encoding in ENCODINGS if encoding in offered), "")

    def _in(self, encoding: str) -> bytes:
        if encoding not in self.encoded:
            self.encoded[encoding] = ENCODINGS[encoding](self.content)
        return self.encoded[encoding]


class Store:
    """The answers that hold in one state; those of any other are forgotten."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._lock = threading.Lock()
        self._state: State | None = None
        self._answers: LRUCache[str, Answer] = LRUCache(most_bytes, getsizeof=lambda answer: answer.size)

    def get(self, state: State, key: str) -> Answer | None:
        with self._lock:
            if state != self._state:
                self._answers.clear()
                self._state = state
            answer: Answer | None = self._answers.get(key)
            return answer

    def keep(self, state: State, key: str, answer: Answer) -> None:
        """Keep an answer that was worked out after ``state`` was read; one that has no room is not kept."""
        with self._lock:
            if state == self._state and answer.size <= self._answers.maxsize:
                self._answers[key] = answer


class KeepAnswers:
    """Middleware that answers what was asked before without asking the views again.

    Everything inside it runs only once for all readers; what stands outside, such as the redirect to HTTPS and the
    304 for who has the answer already, runs each time. The state is read before the view runs: if something
    changes meanwhile, the answer is kept for a state that is over, and nobody gets it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.KEEP_ANSWERS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.store = Store()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or is_personal(request):
            return self.get_response(request)
        state, key = read_state(), _key(request)
        answer = self.store.get(state, key)
        if answer is None:
            response = self.get_response(request)
            if not is_shared(request, response):
                return response
            answer = Answer.of(response)
            self.store.keep(state, key, answer)
        return answer.response(request.headers.get("Accept-Encoding", ""))


def _key(request: HttpRequest) -> str:
    """The whole address: some pages name themselves."""
    return f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{request.get_full_path()}"
