"""``manage.py draw_review_states``: writes the page of the documentation that shows how requests move."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from vielfalt.listings.review import document

PAGE = settings.BASE_DIR / "docs" / "review-states.md"


class Command(BaseCommand):
    help = "Writes docs/review-states.md from the tables in vielfalt/listings/review.py."

    def handle(self, *args: Any, **options: Any) -> None:
        PAGE.write_text(document(), encoding="utf-8")
