"""``manage.py draw_proposal_states``: writes the page of the documentation that shows how proposals move."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from leitfaden.rounds.states import document

PAGE = settings.BASE_DIR / "docs" / "proposal-states.md"


class Command(BaseCommand):
    help = "Writes docs/proposal-states.md from the tables in leitfaden/rounds/states.py."

    def handle(self, *args: Any, **options: Any) -> None:
        PAGE.write_text(document(), encoding="utf-8")
