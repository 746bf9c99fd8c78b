"""``manage.py backup``: all of an installation in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from vielfalt.operations.backup.errors import BackupError
from vielfalt.operations.backup.making import make_backup


class Command(BaseCommand):
    help = "Saves database and media to one file. It holds personal data: only its owner can read it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, help="a new file, or a folder, in which the file is named by the time")

    def handle(self, *args: Any, target: Path, **options: Any) -> None:
        try:
            made = make_backup(target)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("{path}: {size}, mit {files} Bilddateien.").format(
                path=made.path, size=filesizeformat(made.size), files=made.files
            )
        )
