"""``manage.py restore``: puts a backup into an empty database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vielfalt.operations.backup.errors import BackupError
from vielfalt.operations.backup.restoring import restore_backup
from vielfalt.operations.health import known_migrations


class Command(BaseCommand):
    help = "Restores what `backup` saved, into an empty database and an empty place for media."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="remove what is there, database and media")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            restored = restore_backup(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        moment = date_format(restored.made_at, "DATETIME_FORMAT")
        self.stdout.write(_("Wiederhergestellt: der Stand vom {moment}.").format(moment=moment))
        if known_migrations() - restored.migrations:
            self.stdout.write(
                _("Bitte führen Sie jetzt `manage.py migrate` aus: Die Sicherung ist älter als das Portal.")
            )
