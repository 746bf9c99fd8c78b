"""Restores a backup."""

from pathlib import Path

from django.utils.translation import gettext as _

from vielfalt.operations.backup import archive, database, media
from vielfalt.operations.backup.archive import Manifest, Reader
from vielfalt.operations.backup.errors import BackupError
from vielfalt.operations.health import known_migrations


def restore_backup(path: Path, *, replace: bool = False) -> Manifest:
    """Put a backup into the empty database and the empty storage; with ``replace``, in the place of what is there.

    Nothing is touched before the whole file has been checked. The database comes last and in one transaction: if
    anything fails, neither rows nor files are left behind.
    """
    with archive.opened(path) as backup:
        program = _program_for(backup.manifest)
        before = set(media.names())
        if not replace:
            _require_emptiness(before)
        try:
            for name in backup.manifest.media:
                media.write(name, b"".join(backup.chunks(f"{archive.MEDIA}{name}")))
            _put_database(backup, program, replace=replace)
        except BaseException as error:
            _remove(set(backup.manifest.media) - before)
            if isinstance(error, OSError):
                raise BackupError(_("Die Bilder ließen sich nicht ablegen: {error}").format(error=error)) from error
            raise
        _remove(before - set(backup.manifest.media))
        return backup.manifest


def _program_for(manifest: Manifest) -> str:
    """Return the program that can restore this backup here, or raise why none can."""
    if manifest.migrations - known_migrations():
        raise BackupError(archive.newer())
    here = database.server_version()
    if manifest.server_version > here:
        raise BackupError(
            _("Die Sicherung kommt von PostgreSQL {there}. Dieser Server ist älter: {here}.").format(
                there=manifest.server_version, here=here
            )
        )
    return database.find_program("pg_restore", at_least=max(here, manifest.program_version))[0]


def _require_emptiness(files: set[str]) -> None:
    if not database.is_empty():
        raise BackupError(
            _("Die Datenbank ist nicht leer. Bitte nehmen Sie eine neue, oder ersetzen Sie alles mit --replace.")
        )
    if files:
        raise BackupError(
            _("Am Ort der Bilder liegen Dateien. Bitte nehmen Sie einen neuen, oder ersetzen Sie alles mit --replace.")
        )


def _put_database(backup: Reader, program: str, *, replace: bool) -> None:
    if replace:
        database.empty()
    database.restore(program, backup.chunks(archive.DATABASE))


def _remove(names: set[str]) -> None:
    for name in names:
        media.remove(name)
