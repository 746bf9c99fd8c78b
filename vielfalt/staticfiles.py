"""Static files that npm packages bring."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage


class PackageFinder(BaseFinder):
    """Finds exactly the files named in ``FRONTEND_FILES``, so a package's other files are never served."""

    storage = FileSystemStorage(location=settings.FRONTEND_PACKAGES)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        missing = [source for source in settings.FRONTEND_FILES.values() if not self.storage.exists(source)]
        if not missing:
            return []
        return [
            Error(
                f"{len(missing)} front-end files are missing, the first is {missing[0]}.",
                hint="Run `npm ci` (make run and make test do it).",
                id="vielfalt.E001",
            )
        ]

    def find(self, path: str, find_all: bool = False) -> Any:
        source = settings.FRONTEND_FILES.get(path)
        found = [str(Path(self.storage.path(source)))] if source and self.storage.exists(source) else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any) -> Any:
        for path, source in settings.FRONTEND_FILES.items():
            yield path, _Renamed(self.storage, source)


class _Renamed:
    """A storage that opens one package file whatever path it is asked for."""

    def __init__(self, storage: FileSystemStorage, source: str) -> None:
        self.storage = storage
        self.source = source
        self.prefix = None

    def open(self, path: str) -> Any:
        return self.storage.open(self.source)

    def get_modified_time(self, path: str) -> Any:
        return self.storage.get_modified_time(self.source)

    def path(self, path: str) -> str:
        return self.storage.path(self.source)
