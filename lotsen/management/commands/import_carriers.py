"""Import carriers with their programmes from a CSV or XLSX file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lotsen.actions import import_carriers
from lotsen.spreadsheets.checking import check
from lotsen.spreadsheets.plan import CarrierPlan, Plan, ProgrammePlan
from lotsen.spreadsheets.reading import RefusedError, read_rows


class Command(BaseCommand):
    help = _("Liest Träger mit ihren Programmen aus einer Tabelle (CSV oder XLSX) ein.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("die Datei"))
        parser.add_argument("--dry-run", action="store_true", help=_("nur prüfen, nichts schreiben"))
        parser.add_argument(
            "--publish", action="store_true", help=_("neue Einträge veröffentlichen, wenn sie vollständig sind")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise CommandError(_("Die Datei {path} gibt es nicht.").format(path=path)) from error
        except OSError as error:
            sentence = _("{path} lässt sich nicht lesen. Ist es eine Datei, und dürfen Sie sie öffnen?")
            raise CommandError(sentence.format(path=path)) from error
        try:
            if options["dry_run"]:
                plan = check(read_rows(content), publish=options["publish"])
            else:
                plan = import_carriers(content=content, publish=options["publish"], by=None)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        for warning in plan.warnings:
            self.stdout.write(_("Hinweis – {text}").format(text=warning))
        if plan.mistakes:
            mistakes = "\n".join(str(mistake) for mistake in plan.mistakes)
            raise CommandError(_("Nichts wurde importiert.\n{mistakes}").format(mistakes=mistakes))
        self.stdout.write(summary(plan))
        if options["dry_run"]:
            self.stdout.write(_("Nur geprüft, nichts geschrieben."))


def summary(plan: Plan) -> str:
    """Return the numbers of a plan as one line for each kind of entry."""
    return "\n".join(
        _("{kind}: {new} neu, {changed} geändert, {unchanged} unverändert").format(
            kind=kind, **{outcome: plan.count(model, outcome) for outcome in ("new", "changed", "unchanged")}
        )
        for kind, model in ((_("Träger"), CarrierPlan), (_("Lotsenprogramme"), ProgrammePlan))
    )
