"""Made-up migrant organisations, so that a newcomer sees every kind of visibility and of name."""

from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from migrantenorgs.models import (
    FieldOfAction,
    LegalForm,
    MigrantOrganisation,
    TargetGroup,
)
from vielfalt.listings.models import State
from vielfalt.places.loading import read_rows
from vielfalt.places.models import Municipality

ORGANISATIONS = Path(__file__).parent / "demo" / "migrantenorganisationen.csv"


def load_migrant_organisations() -> None:
    """Make the organisations that are missing."""
    for days, row in enumerate(read_rows(ORGANISATIONS)):
        if not MigrantOrganisation.objects.filter(slug=row["slug"]).exists():
            _make(row, confirmed_on=timezone.localdate() - timedelta(days=days))


def _make(row: dict[str, str], *, confirmed_on: date) -> None:
    organisation = MigrantOrganisation.objects.create(
        slug=row["slug"],
        name=row["name"],
        own_name=row["own_name"],
        own_name_language_id=row["own_name_language"] or None,
        transliteration=row["transliteration"],
        legal_form=LegalForm.objects.get(slug=row["legal_form"]),
        founded_in=int(row["founded_in"]) if row["founded_in"] else None,
        municipality=Municipality.objects.get(name=row["municipality"]),
        street=row["street"],
        reach=row["reach"],
        description=row["description"],
        offers=row["offers"],
        phone=row["phone"],
        email=row["email"],
        visibility=row["visibility"],
        contact_consent_on=confirmed_on if row["consent"] else None,
        contact_consent_by=row["consent"],
        state=State.PUBLISHED,
        confirmed_on=confirmed_on,
    )
    organisation.fields_of_action.set(FieldOfAction.objects.filter(slug__in=row["fields_of_action"].split("|")))
    organisation.target_groups.set(TargetGroup.objects.filter(slug__in=row["target_groups"].split("|")))
    organisation.languages.set(row["languages"].split("|"))
