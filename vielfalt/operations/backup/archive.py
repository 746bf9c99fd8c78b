"""The file of a backup: how it is written, and how it is read with care."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.utils import validate_file_name
from django.utils.translation import gettext as _

from vielfalt.operations.backup.errors import BackupError

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.dump"
MEDIA = "media/"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Part:
    """One part of a backup: its length in bytes and its checksum."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    made_at: datetime
    server_version: int
    program_version: int
    migrations: frozenset[tuple[str, str]]
    parts: dict[str, Part]

    @property
    def media(self) -> list[str]:
        return [name.removeprefix(MEDIA) for name in self.parts if name.startswith(MEDIA)]

    def as_json(self) -> str:
        values = {"format": FORMAT, **asdict(self), "migrations": sorted(self.migrations)}
        values["made_at"] = self.made_at.isoformat(timespec="seconds")
        return json.dumps(values, indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Read a manifest; raise ``ValueError``, ``KeyError`` or ``TypeError`` for anything else."""
        values: dict[str, Any] = json.loads(text)
        if values.pop("format") > FORMAT:
            raise BackupError(newer())
        migrations = frozenset((str(app), str(name)) for app, name in values.pop("migrations"))
        parts = {str(name): Part(**part) for name, part in values.pop("parts").items()}
        made_at = datetime.fromisoformat(values.pop("made_at"))
        return cls(**values, made_at=made_at, migrations=migrations, parts=parts)


def newer() -> str:
    return _("Diese Sicherung stammt von einem neueren Portal. Bitte bringen Sie erst dieses auf den Stand.")


class Writer:
    """Writes the parts of a backup one after the other."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.parts: dict[str, Part] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self.archive.open(name, "w", force_zip64=True) as part:
            for chunk in chunks:
                part.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.parts[name] = Part(size, digest.hexdigest())


@contextmanager
def written(target: Path) -> Iterator[Writer]:
    """Write a backup that is there under its name only once it is complete, for the eyes of its owner only."""
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            # Stored, because dump and pictures are compressed already.
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        os.rename(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)


class Reader:
    """A backup whose manifest has been read."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.archive = archive
        self.manifest = manifest

    def chunks(self, name: str) -> Iterator[bytes]:
        with self.archive.open(name) as part:
            while chunk := part.read(CHUNK):
                yield chunk

    def verify(self) -> None:
        """Raise unless every part is there and as it was written."""
        if set(self.archive.namelist()) != {MANIFEST, *self.manifest.parts} or DATABASE not in self.manifest.parts:
            raise BackupError(_damaged())
        for name, part in self.manifest.parts.items():
            if self._measured(name) != part:
                raise BackupError(_damaged())
        for name in self.manifest.media:
            validate_file_name(name, allow_relative_path=True)

    def _measured(self, name: str) -> Part:
        digest, size = hashlib.sha256(), 0
        for chunk in self.chunks(name):
            digest.update(chunk)
            size += len(chunk)
        return Part(size, digest.hexdigest())


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Open a backup and check all of it, or say what is wrong with the file."""
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(_archive(stack.enter_context(path.open("rb"))))
            reader = Reader(archive, _manifest(archive))
            reader.verify()
        except FileNotFoundError:
            raise BackupError(_("Die Datei {path} gibt es nicht.").format(path=path)) from None
        except IsADirectoryError:
            raise BackupError(_("{path} ist ein Ordner. Bitte nennen Sie die Datei.").format(path=path)) from None
        except PermissionError:
            raise BackupError(_("Die Datei {path} darf dieses Konto nicht lesen.").format(path=path)) from None
        except zipfile.BadZipFile:
            raise BackupError(_damaged()) from None
        except SuspiciousFileOperation:
            raise BackupError(_foreign()) from None
        yield reader


def _archive(file: Any) -> zipfile.ZipFile:
    begins_well = file.read(4) == b"PK\x03\x04"
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        # The list of parts stands at the end of a ZIP archive, which a file that was cut off lacks.
        raise BackupError(_damaged() if begins_well else _foreign()) from None


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        return Manifest.from_json(archive.read(MANIFEST))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BackupError(_foreign()) from None


def _damaged() -> str:
    return _("Die Sicherung ist beschädigt oder nicht vollständig. Bitte nehmen Sie eine andere.")


def _foreign() -> str:
    return _("Die Datei ist keine Sicherung dieses Portals.")
