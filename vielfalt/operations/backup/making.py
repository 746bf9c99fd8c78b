"""Makes a backup."""

import errno
from dataclasses import dataclass
from pathlib import Path

from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from vielfalt.operations.backup import archive, database, media
from vielfalt.operations.backup.errors import BackupError


@dataclass(frozen=True)
class Made:
    """A backup that was made."""

    path: Path
    size: int
    files: int


def make_backup(target: Path) -> Made:
    """Save database and media to ``target``: a new file, or a folder, in which the file is named by the time.

    The database first: whatever its rows name was in the storage by then. Only a file that somebody removes while the
    backup is being made may be missing; files uploaded meanwhile are there without their rows, which does no harm.
    """
    now = timezone.localtime()
    path = target / f"vielfalt-{now:%Y-%m-%d-%H%M%S}.zip" if target.is_dir() else target
    if path.exists():
        raise BackupError(_("{path} gibt es schon. Bitte wählen Sie einen anderen Namen.").format(path=path))
    server_version = database.server_version()
    program, program_version = database.find_program("pg_dump", at_least=server_version)
    migrations = frozenset(MigrationRecorder.Migration.objects.values_list("app", "name"))
    try:
        with archive.written(path) as backup:
            backup.add(archive.DATABASE, database.dumped(program))
            _add_media(backup)
            manifest = archive.Manifest(
                made_at=now,
                server_version=server_version,
                program_version=program_version,
                migrations=migrations,
                parts=backup.parts,
            )
            backup.archive.writestr(archive.MANIFEST, manifest.as_json())
    except OSError as error:
        raise BackupError(_reason(error, path)) from error
    return Made(path, path.stat().st_size, len(manifest.media))


def _add_media(backup: archive.Writer) -> None:
    for name in media.names():
        content = media.content(name)
        if content is not None:
            backup.add(f"{archive.MEDIA}{name}", [content])


def _reason(error: OSError, path: Path) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return _("Für die Sicherung ist in {folder} nicht genug Platz.").format(folder=path.parent)
        case errno.ENOENT:
            return _("Den Ordner {folder} gibt es nicht.").format(folder=path.parent)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return _("In {folder} darf dieses Konto nicht schreiben.").format(folder=path.parent)
    return _("{path} ließ sich nicht schreiben: {error}").format(path=path, error=error)
