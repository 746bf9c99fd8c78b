"""Calls at the same moment, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from time import monotonic
from typing import Any

from django.db import connection, transaction


def both(*calls: Callable[[], Any]) -> list[Any]:
    """Make all calls at once and return what each returned or raised."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            # The connection is there before the start, so that nobody waits for it.
            connection.ensure_connection()
            start.wait(timeout=10)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        futures = [pool.submit(run, call) for call in calls]
        return [future.exception() or future.result() for future in futures]


def while_unsaved(
    first: Callable[[], Any], then: Callable[[], Any], *, before_saving: Callable[[], Any] | None = None
) -> list[Any]:
    """Do ``first``, let ``then`` begin before that is saved and wait for it, and return what came of both.

    ``before_saving`` goes on with the first one while the other waits.
    """

    def run() -> Any:
        try:
            return then()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            done = first()
            waiting = pool.submit(run)
            wait_until_blocked(waiting)
            if before_saving:
                done = before_saving()
        return [done, waiting.exception(timeout=10) or waiting.result()]


def wait_until_blocked(running: Future[Any]) -> None:
    """Wait until the other connection waits for this one, or has ended without."""
    blocked = "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    deadline = monotonic() + 10
    with connection.cursor() as cursor:
        while not running.done() and monotonic() < deadline:
            cursor.execute(blocked)
            if cursor.fetchone()[0]:
                return
