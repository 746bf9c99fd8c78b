"""Settings: secure by default, and a sentence where something is missing."""

import os
import subprocess
import sys

import pytest

COMPLETE = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
    "MAIL_HOST": "mail.example.org",
    "MAIL_FROM": "portal@example.org",
}


def read_settings(expression, **environment):
    """Return what ``expression`` is with this environment and nothing else, or the last line of the error."""
    program = f"from vielfalt import settings; print({expression})"
    needed = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    result = subprocess.run(
        [sys.executable, "-c", program], env={**needed, **environment}, capture_output=True, text=True, check=False
    )
    return (result.stdout or result.stderr).strip().splitlines()[-1]


@pytest.mark.parametrize("missing", COMPLETE)
def test_a_missing_value_stops_the_start_with_a_sentence(missing):
    environment = {name: value for name, value in COMPLETE.items() if name != missing}
    message = read_settings("settings.DEBUG", **environment)
    assert f"Set the environment variable {missing}: " in message


def test_production_is_secure_by_default():
    expression = (
        "settings.DEBUG, settings.DEMO, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE,"
        " settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS > 0"
    )
    assert read_settings(expression, **COMPLETE) == "False False True True True True"
