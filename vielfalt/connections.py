"""Whether a pooled connection to the database still works."""

import select

import psycopg
from psycopg_pool import ConnectionPool


def check(connection: psycopg.Connection) -> None:
    """Raise an error for a connection that the server has closed, so that the pool makes another.

    A query would tell as well, but takes as long as answering a page that is known already. An idle connection has
    nothing to be read; if it has, it is mostly its end.
    """
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        ConnectionPool.check_connection(connection)
