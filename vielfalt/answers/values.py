"""What many pages show, worked out once and then used again for as long as nothing has changed."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Shelf(Protocol):
    """Where values and parts of pages of one state lie."""

    def value[T](self, name: Hashable, work_out: Callable[[], T]) -> T: ...

    def part(self, name: Hashable, render: Callable[[], str]) -> str: ...


_shelf: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


@contextmanager
def using(shelf: Shelf) -> Iterator[None]:
    """Let :func:`kept` use ``shelf`` while a request is answered."""
    before = _shelf.set(shelf)
    try:
        yield
    finally:
        _shelf.reset(before)


def kept[T](name: Hashable, work_out: Callable[[], T]) -> T:
    """Return what ``work_out`` returns, for many requests the very same object: nobody may change it.

    ``name`` says everything that the value depends on, apart from the database and the day: never who asks.
    Outside of requests, and where a portal keeps nothing, it is worked out each time.
    """
    shelf = _shelf.get()
    return work_out() if shelf is None else shelf.value(name, work_out)


def kept_part(name: Hashable, render: Callable[[], str]) -> str:
    """Return what ``render`` returns, a part of pages for readers who are not logged in.

    ``name`` says everything that it depends on, apart from the database and the day.
    """
    shelf = _shelf.get()
    return render() if shelf is None else shelf.part(name, render)
