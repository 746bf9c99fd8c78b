"""The portal in gunicorn, as docs/betrieb says, on a free port of this machine."""

import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests import databases

START_SECONDS = 60
GUNICORN = ("-m", "gunicorn", "--config=python:vielfalt.operations.server", "--graceful-timeout=2", "vielfalt.wsgi")


@contextmanager
def portal(environment: Mapping[str, str], log: Path, probe: str = "/konto/anmelden/") -> Iterator[str]:
    """Serve the portal until the context ends, and give its address; ``log`` takes what it writes."""
    # The socket listens before the server does: no free port to lose, and the first request waits in its queue.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = _start(listener, environment, log)
    try:
        _await(server, port, log, probe)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _start(listener: socket.socket, environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("w") as output:
        return subprocess.Popen(
            [sys.executable, *GUNICORN, f"--bind=fd://{listener.fileno()}"],
            cwd=databases.ROOT,
            env=environment,
            pass_fds=[listener.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _await(server: subprocess.Popen[bytes], port: int, log: Path, probe: str) -> None:
    """Wait for the first answer; a server that ends closes the connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", probe)
        status = connection.getresponse().status
    except OSError as error:
        raise AssertionError(f"The portal ended with {server.wait(5)}:\n{log.read_text()}") from error
    finally:
        connection.close()
    assert status == 200, f"The portal answers {status}:\n{log.read_text()}"
