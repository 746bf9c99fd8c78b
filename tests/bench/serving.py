"""Starts what is measured: two workers as docs/betrieb/systemd starts them, on databases of the bench's own."""

import os
import secrets
from contextlib import AbstractContextManager

from tests import databases, serving

OWN = databases.ROOT / "var" / "bench"
"""Where the bench keeps static files, logs and what it measured last."""

SECRET = secrets.token_urlsafe(50)


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
        # As in docs/betrieb.
        "MALLOC_ARENA_MAX": "1",
        "MALLOC_TRIM_THRESHOLD_": "100000",
    }
    return {**os.environ, **production, **more}


def two_workers(
    name: str, environment: dict[str, str], application: str = serving.PORTAL
) -> AbstractContextManager[serving.Server]:
    """Serve ``application`` until the context ends; what the server says goes to ``var/bench/NAME.log``."""
    return serving.serving(
        environment, OWN / f"{name}.log", probe="/robots.txt", application=application, arguments=["--workers=2"]
    )
