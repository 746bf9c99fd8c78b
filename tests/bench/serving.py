"""Starts what is measured: gunicorn as docs/betrieb/systemd starts it, on databases of the bench's own."""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil

from tests import databases

OWN = databases.ROOT / "var" / "bench"
"""Where the bench keeps static files, logs and what it measured last."""

GUNICORN = ("--config=python:vielfalt.operations.server", "--workers=2", "--graceful-timeout=2")
START_SECONDS = 60
SECRET = secrets.token_urlsafe(50)
PORTAL = "vielfalt.wsgi"


@dataclass(frozen=True)
class Server:
    """A running gunicorn."""

    address: str
    process: subprocess.Popen[bytes]

    def worker_memory(self) -> int:
        """The resident memory of its largest worker, in bytes."""
        return max(worker.memory_info().rss for worker in psutil.Process(self.process.pid).children())


def environment(database: str, **more: str) -> dict[str, str]:
    """What a production server has to set, except that this one speaks plain HTTP to this machine."""
    production = {
        "DJANGO_SETTINGS_MODULE": "vielfalt.settings",
        "DEBUG": "0",
        "DEMO": "0",
        "HTTPS": "0",
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "MAIL_HOST": "127.0.0.1",
        "MAIL_FROM": "portal@example.org",
        "DATABASE_URL": databases.url(database),
        "STATIC_ROOT": str(OWN / "static"),
        "MEDIA_ROOT": str(OWN / "media"),
    }
    return {**os.environ, **production, **more}


@contextmanager
def serving(name: str, environment: dict[str, str], application: str = PORTAL) -> Iterator[Server]:
    """Serve ``application`` until the context ends; what the server says goes to ``var/bench/NAME.log``."""
    log = OWN / f"{name}.log"
    # The socket listens before the server does: no free port to lose, and the first request waits in its queue.
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        port = listener.getsockname()[1]
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", application, f"--bind=fd://{listener.fileno()}", *GUNICORN],
                cwd=databases.ROOT,
                env=environment,
                pass_fds=[listener.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
    try:
        _await(process, port, log)
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait for the first answer; a server that ends closes the connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", "/robots.txt")
        status = connection.getresponse().status
    except OSError as error:
        raise AssertionError(f"The server ended with {process.wait(5)}:\n{log.read_text()}") from error
    finally:
        connection.close()
    assert status == 200, f"The server answers {status}:\n{log.read_text()}"
