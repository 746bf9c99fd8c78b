"""Made-up notices, so that a newcomer sees what organisations seek and offer."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from migrantenorgs.models import MigrantOrganisation
from vielfalt.notices.models import Notice, Subject
from vielfalt.places.loading import read_rows

NOTICES = Path(__file__).parent / "demo" / "anzeigen.csv"


def load_notices() -> None:
    """Publish the notices that are missing."""
    for row in read_rows(NOTICES):
        if Notice.objects.filter(title=row["title"]).exists():
            continue
        organisation = MigrantOrganisation.objects.get(slug=row["slug"])
        Notice.objects.create(
            organisation=organisation,
            direction=row["direction"],
            subject=Subject.objects.get(slug=row["subject"]),
            title=row["title"],
            text=row["text"],
            municipality=organisation.municipality,
            ends_on=timezone.localdate() + timedelta(days=int(row["days"])),
        )
