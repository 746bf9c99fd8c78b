"""``/healthz`` says whether this process can serve the portal: 200, or 503 and why not."""

import logging
from collections.abc import Callable, Iterator
from functools import lru_cache
from http import HTTPStatus
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType

from django.apps import apps
from django.db import Error, ProgrammingError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

PATH = "/healthz"
METHODS = ("GET", "HEAD")

logger = logging.getLogger(__name__)


def answer_probes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer probes before anything else: they come without HTTPS and by the address of the machine."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info != PATH:
            return get_response(request)
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return _answer(find_trouble())

    return middleware


def _answer(trouble: str) -> HttpResponse:
    return HttpResponse(
        f"{trouble or 'ok'}\n",
        status=HTTPStatus.SERVICE_UNAVAILABLE if trouble else HTTPStatus.OK,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def find_trouble() -> str:
    """Return why the portal cannot be served in a sentence, or nothing. One query."""
    try:
        applied = set(MigrationRecorder.Migration.objects.values_list("app", "name"))
    except ProgrammingError:
        # Not even the table of migrations.
        applied = set()
    except Error:
        logger.warning("The database cannot be reached", exc_info=True)
        return _("Die Datenbank ist nicht erreichbar.")
    # A database that is ahead is right: the new version is being rolled out.
    if known_migrations() - applied:
        return _("Die Datenbank ist nicht auf dem Stand dieses Programms.")
    return ""


@lru_cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations that this version of the portal brings, as pairs of app and name.

    Found without importing them, for which every process would need a second and six megabytes.
    """
    return frozenset(
        (app.label, name) for app in apps.get_app_configs() for name in _migrations_in(_package_of(app.label))
    )


def _package_of(label: str) -> ModuleType | None:
    package = MigrationLoader.migrations_module(label)[0]
    return import_module(package) if package and find_spec(package) else None


def _migrations_in(package: ModuleType | None) -> Iterator[str]:
    """Names as Django finds them."""
    for module in iter_modules(getattr(package, "__path__", ())):
        if not module.ispkg and module.name[0] not in "_~":
            yield module.name
