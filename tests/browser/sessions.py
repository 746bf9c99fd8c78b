"""Log-ins that are part of the prepared data, so that no test has to log in first."""

import json
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from vielfalt.accounts.models import User

PASSWORD = "demo"  # noqa: S105 - the demo data's own


def open_all(path: str) -> None:
    """Log in everybody who has the demo password, and write the keys of their sessions to ``path``."""
    keys = {}
    for user in User.objects.all():
        if user.check_password(PASSWORD):
            client = Client(SERVER_NAME="127.0.0.1")
            client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
            keys[user.email] = client.cookies[settings.SESSION_COOKIE_NAME].value
    # It counts how often people log in.
    cache.clear()
    Path(path).write_text(json.dumps(keys))
