"""Build the files of an edition."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from leitfaden.files.tasks import BUILT_IN, build_files, missing_kinds
from leitfaden.loading import SLUG
from leitfaden.models import BuildState, Edition


class Command(BaseCommand):
    help = _("Erzeugt die Dateien einer Ausgabe, die noch fehlen: PDF, E-Book, Word und Markdown.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("edition", nargs="?", help=_("zum Beispiel 2026.1; sonst die veröffentlichte"))

    def handle(self, *args: Any, **options: Any) -> None:
        editions = Edition.objects.filter(document__slug=SLUG)
        label = options["edition"]
        edition = (editions.filter(label=label) if label else editions.current()).first()
        if edition is None:
            raise CommandError(_("Diese Ausgabe gibt es nicht."))
        if edition.state not in BUILT_IN:
            raise CommandError(
                _("Die Ausgabe ist „{state}“. Dateien bekommt, was freigegeben ist.").format(
                    state=edition.get_state_display()
                )
            )
        if missing_kinds(edition):
            build_files.func(edition.pk)
        for file in edition.files.listed():
            self.stdout.write(f"{file.sha256}  {file.name}")
        failed = edition.builds.filter(state=BuildState.FAILED)
        if failed:
            raise CommandError("\n".join(f"{build.get_kind_display()}: {build.message}" for build in failed))
