"""How the portal logs: one JSON object a line on a server, readable lines for developers.

A line holds what is named here and nothing else, because logs are read by more people and kept in more places than the
database: no visitor's address, no query (what somebody looks for), no text that somebody typed.
"""

import ipaddress
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from pythonjsonlogger.json import JsonFormatter

from vielfalt.operations.requests import current

MAIL_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")
QUERY = re.compile(r"(?<=\S)\?\S+")
IPV4 = re.compile(r"\d+\.\d+\.\d+\.\d+")
IPV6 = re.compile(r"\b[23][0-9A-Fa-f]{3}:[0-9A-Fa-f:.]*[0-9A-Fa-f]")
"""All addresses that are reached from everywhere begin so."""

ABOUT_MACHINES = (
    *(OSError, OperationalError, InterfaceError, MemoryError, ImportError, ImproperlyConfigured),
    *(AttributeError, NameError, TemplateDoesNotExist, TemplateSyntaxError),
)
"""Exceptions that speak of machines and code. Others may repeat what somebody typed: ``Key (email)=(…) exists``."""


class LineFormatter(JsonFormatter):
    """Writes a record as one JSON object."""

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        log_data["time"] = datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds")
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data["message"] = without_people(record.message)
        if status := getattr(record, "status_code", None):
            log_data["status"] = status
        if request := current():
            log_data["request"] = request.id
            log_data["method"] = request.request.method
            log_data["path"] = request.path
            log_data["seconds"] = request.seconds
        if "exc_info" in message_dict:
            log_data["exception"] = message_dict["exc_info"]

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's name
        return "".join(_told(ei[1])).rstrip()


def without_people(text: str) -> str:
    """Leave out mail addresses, queries, visitors' IP addresses and the secrets of the present address."""
    text = MAIL_ADDRESS.sub("…@…", QUERY.sub("", text))
    text = IPV6.sub("…", IPV4.sub(_unless_of_a_server, text))
    request = current()
    return request.without_secrets(text) if request else text


def _unless_of_a_server(found: re.Match[str]) -> str:
    """Servers have addresses of this machine or of a private net, visitors have others."""
    try:
        return "…" if ipaddress.ip_address(found[0]).is_global else found[0]
    except ValueError:
        return found[0]


def _told(error: BaseException | None) -> Iterator[str]:
    """Tell where an exception happened, its causes first; its own words only where they are harmless."""
    if error is None:
        return
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        yield from _told(cause)
        yield "\nwhich led to:\n\n"
    yield from traceback.format_tb(error.__traceback__)
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    yield f"{kind}: {without_people(str(error))}\n" if isinstance(error, ABOUT_MACHINES) else f"{kind}\n"


def configuration(*, readable: bool) -> dict[str, Any]:
    """Return the configuration of Python's logging, for Django and for gunicorn."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": LineFormatter},
            "readable": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "readable" if readable else "line"},
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            # Without the handlers that Django and the mail queue would add.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "post_office": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            # What is not found or not allowed stands in the proxy's log.
            "django.request": {"level": "ERROR"},
            "django_tasks_db": {"level": "INFO"},
            "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
            # Would name visitors and what they look for; switched on by mere configuration of the others.
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }
