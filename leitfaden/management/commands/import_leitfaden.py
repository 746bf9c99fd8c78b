"""Import a text from a Markdown or DOCX file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from leitfaden.importing import RefusedError, import_text, plan_import
from leitfaden.loading import import_new, pictures_beside
from leitfaden.models import Document


class Command(BaseCommand):
    help = _("Liest einen Text aus Markdown oder DOCX als neuen Stand eines Dokuments ein.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("die Datei; Bilder liegen in ihrem Ordner"))
        parser.add_argument("--document", default="leitfaden", help=_("Kürzel des Dokuments"))
        parser.add_argument("--dry-run", action="store_true", help=_("nur prüfen, nichts schreiben"))
        parser.add_argument("--note", default="", help=_("Notiz zum neuen Stand"))

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
            pictures = pictures_beside(path)
            document = Document.objects.with_head().filter(slug=options["document"]).first()
            plan = plan_import(content=content, base=document and document.head, pictures=pictures)
            for remark in plan.remarks:
                self.stdout.write(_("Hinweis – {text}").format(text=remark))
            if plan.mistakes:
                mistakes = "\n".join(plan.mistakes)
                raise CommandError(_("Nichts wurde importiert.\n{mistakes}").format(mistakes=mistakes))
            self.stdout.write(plan.summary)
            if options["dry_run"]:
                self.stdout.write(_("Nur geprüft, nichts geschrieben."))
                return
            if document is None:
                revision = import_new(slug=options["document"], plan=plan, note=options["note"])
            else:
                revision = import_text(document=document, plan=plan, note=options["note"], by=None)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Stand {number} geschrieben.").format(number=revision.number))
