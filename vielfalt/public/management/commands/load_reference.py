"""``manage.py load_reference``: the data every portal needs, before any entry exists."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotsen.loading import load_funding_rules, load_vocabularies
from vielfalt.listings.loading import load_accessibility_features, load_languages
from vielfalt.places.loading import load_places
from vielfalt.public.loading import load_pages


class Command(BaseCommand):
    help = _(
        "Lädt Orte, Sprachen und Auswahllisten. Wiederholen schadet nicht: Was die Redaktion geändert hat, bleibt."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        written = sum(
            load()
            for load in (
                load_places,
                load_languages,
                load_accessibility_features,
                load_vocabularies,
                load_funding_rules,
                load_pages,
            )
        )
        self.stdout.write(
            ngettext("Referenzdaten: %(n)d Zeile geschrieben.", "Referenzdaten: %(n)d Zeilen geschrieben.", written)
            % {"n": written}
        )
