"""``manage.py load_reference``: the data every portal needs, before any entry exists."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import lotsen.loading
import migrantenorgs.loading
from vielfalt.accounts.loading import load_groups
from vielfalt.listings.loading import load_accessibility_features, load_languages
from vielfalt.notices.loading import load_subjects
from vielfalt.operators.loading import load_operators
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
                load_subjects,
                lotsen.loading.load_vocabularies,
                lotsen.loading.load_funding_rules,
                migrantenorgs.loading.load_vocabularies,
                load_pages,
                load_operators,
                load_groups,
            )
        )
        self.stdout.write(
            ngettext("Referenzdaten: %(n)d Zeile geschrieben.", "Referenzdaten: %(n)d Zeilen geschrieben.", written)
            % {"n": written}
        )
