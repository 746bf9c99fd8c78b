"""Starts gunicorn as docs/betrieb says, on a free port of this machine."""

import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil

from tests import databases

START_SECONDS = 60
PORTAL = "vielfalt.wsgi"
GUNICORN = ("-m", "gunicorn", "--config=python:vielfalt.operations.server", "--graceful-timeout=2")


@dataclass(frozen=True)
class Server:
    """A running gunicorn."""

    address: str
    process: subprocess.Popen[bytes]

    def worker_memory(self) -> int:
        """The resident memory of its largest worker, in bytes."""
        return max(worker.memory_info().rss for worker in psutil.Process(self.process.pid).children())


@contextmanager
def serving(
    environment: Mapping[str, str],
    log: Path,
    *,
    probe: str,
    application: str = PORTAL,
    arguments: Sequence[str] = (),
) -> Iterator[Server]:
    """Serve ``application`` until the context ends, once it answers at ``probe``; ``log`` takes what it writes."""
    # The socket listens before the server does: no free port to lose, and the first request waits in its queue.
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        port = listener.getsockname()[1]
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, *GUNICORN, *arguments, f"--bind=fd://{listener.fileno()}", application],
                cwd=databases.ROOT,
                env=environment,
                pass_fds=[listener.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
    try:
        _await(process, port, log, probe)
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(process: subprocess.Popen[bytes], port: int, log: Path, probe: str) -> None:
    """Wait for the first answer; a server that ends closes the connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", probe)
        status = connection.getresponse().status
    except OSError as error:
        raise AssertionError(f"The server ended with {process.wait(5)}:\n{log.read_text()}") from error
    finally:
        connection.close()
    assert status == 200, f"The server answers {status}:\n{log.read_text()}"
