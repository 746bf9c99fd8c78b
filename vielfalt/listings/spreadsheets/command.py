"""What the import commands of all domains share."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from vielfalt.listings.spreadsheets.checking import check
from vielfalt.listings.spreadsheets.importing import import_file
from vielfalt.listings.spreadsheets.reading import RefusedError, read_rows
from vielfalt.listings.spreadsheets.spreadsheet import Spreadsheet


class ImportCommand(BaseCommand):
    """Imports a file of one kind; a subclass says which, and its ``help``."""

    sheet: Spreadsheet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("die Datei"))
        parser.add_argument("--dry-run", action="store_true", help=_("nur prüfen, nichts schreiben"))
        parser.add_argument(
            "--publish", action="store_true", help=_("neue Einträge veröffentlichen, wenn sie vollständig sind")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        content = _content(options["file"])
        try:
            if options["dry_run"]:
                plan = check(self.sheet, read_rows(content), publish=options["publish"])
            else:
                plan = import_file(self.sheet, content=content, publish=options["publish"], by=None)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        for warning in plan.warnings:
            self.stdout.write(_("Hinweis – {text}").format(text=warning))
        if plan.mistakes:
            mistakes = "\n".join(str(mistake) for mistake in plan.mistakes)
            raise CommandError(_("Nichts wurde importiert.\n{mistakes}").format(mistakes=mistakes))
        self.stdout.write("\n".join(plan.summary))
        if options["dry_run"]:
            self.stdout.write(_("Nur geprüft, nichts geschrieben."))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CommandError(_("Die Datei {path} gibt es nicht.").format(path=path)) from error
    except OSError as error:
        sentence = _("{path} lässt sich nicht lesen. Ist es eine Datei, und dürfen Sie sie öffnen?")
        raise CommandError(sentence.format(path=path)) from error
