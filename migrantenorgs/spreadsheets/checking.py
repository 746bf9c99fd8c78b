"""From a row to the plan of a migrant organisation."""

from typing import ClassVar

from django.utils.translation import gettext as _

from migrantenorgs import rules
from migrantenorgs.models import ConsentGiven, MigrantOrganisation, Visibility
from migrantenorgs.spreadsheets import columns
from vielfalt.listings.spreadsheets.addresses import plan_address
from vielfalt.listings.spreadsheets.checking import only_row
from vielfalt.listings.spreadsheets.plan import EntryPlan
from vielfalt.listings.spreadsheets.rows import ParsedRow
from vielfalt.listings.spreadsheets.spreadsheet import RowGroup

FIELDS = {
    columns.OWN_NAME: "own_name",
    columns.OWN_NAME_LANGUAGE: "own_name_language",
    columns.TRANSLITERATION: "transliteration",
    columns.LEGAL_FORM: "legal_form",
    columns.FOUNDED_IN: "founded_in",
    columns.STREET: "street",
    columns.WEBSITE: "website",
    columns.EMAIL: "email",
    columns.PHONE: "phone",
    columns.OPENING_HOURS: "opening_hours",
    columns.REACH: "reach",
    columns.FIELDS_OF_ACTION: "fields_of_action",
    columns.TARGET_GROUPS: "target_groups",
    columns.LANGUAGES: "languages",
    columns.DESCRIPTION: "description",
    columns.OFFERS: "offers",
    columns.NETWORKS: "networks",
    columns.VISIBILITY: "visibility",
}

FROM_NARROW_TO_WIDE = (Visibility.NETWORK, Visibility.PLACE_ONLY, Visibility.OPEN)


class MigrantOrganisationPlan(EntryPlan):
    model: ClassVar = MigrantOrganisation


def plan_organisation(group: RowGroup) -> MigrantOrganisationPlan:
    """Compare the one row of an organisation with its entry."""
    row = only_row(group)
    plan = MigrantOrganisationPlan(row.number, row.get(columns.NAME), group.existing)
    if group.existing is None and columns.LEGAL_FORM not in row.filled:
        row.mistake(columns.LEGAL_FORM, _("Die Rechtsform fehlt. Ein neuer Eintrag braucht sie."))
    plan_address(plan, row)
    plan.take(row, FIELDS)
    plan.set_note(columns.NOTE, row.get(columns.NOTE))
    _plan_consent(plan, row)
    _doubt_visibility(group.existing, row)
    if group.publish and group.existing is None:
        missing = _missing(row)
        plan.publish = not missing
        if missing:
            row.stays_draft(columns.NAME, missing)
    return plan


def _plan_consent(plan: MigrantOrganisationPlan, row: ParsedRow) -> None:
    """Take a dated consent for a new entry only: an old file must not give back what was withdrawn since."""
    day = row.get(columns.CONSENT_ON)
    if day is None:
        return
    if plan.existing is None:
        plan.set_value(columns.CONSENT_ON, "contact_consent_on", day)
        plan.values["contact_consent_by"] = ConsentGiven.ON_PAPER
    elif day != plan.existing.contact_consent_on:
        text = _("Den Eintrag gibt es schon. Seine Einwilligung ändern Sie nur dort, diese Zelle bleibt unbeachtet.")
        row.warning(columns.CONSENT_ON, text)


def _doubt_visibility(existing: MigrantOrganisation | None, row: ParsedRow) -> None:
    """Ask about an entry that more people would see than before: only the organisation decides that."""
    wanted = row.get(columns.VISIBILITY)
    if existing is None or wanted is None:
        return
    before = Visibility(existing.visibility)
    if FROM_NARROW_TO_WIDE.index(wanted) > FROM_NARROW_TO_WIDE.index(before):
        text = _("Bisher „{before}“, künftig „{wanted}“: Mehr Menschen sehen den Eintrag. Will die Organisation das?")
        row.warning(columns.VISIBILITY, text.format(before=before.label, wanted=wanted.label))


def _missing(row: ParsedRow) -> list[str]:
    """Return what a new entry of this row would lack; legal form and place are mistakes of their own."""
    checks = {
        rules.FIELD: row.get(columns.FIELDS_OF_ACTION),
        rules.TEXT: row.get(columns.DESCRIPTION) or row.get(columns.OFFERS),
    }
    return [str(name) for name, given in checks.items() if not given]
