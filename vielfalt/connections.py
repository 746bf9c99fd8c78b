"""Whether a pooled connection to the database still works."""

import select

import psycopg
from django.db import connection as own
from psycopg_pool import ConnectionPool


def check(connection: psycopg.Connection) -> None:
    """Raise an error for a connection that the server has closed, so that the pool makes another.

    A query would tell as well, but takes as long as answering a page that is known already. An idle connection has
    nothing to be read; if it has, it is mostly its end.
    """
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if not poll.poll(0):
        return
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.OperationalError:
        # The others have mostly ended with it, and the pool would wait longer after each.
        own.pool.drain()
        raise
