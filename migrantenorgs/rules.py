"""When a migrant organisation's entry has enough to be of use to the public.

Contact data is none of it: an organisation may withhold that. Each rule is said twice, for one
object and for the database; ``tests/migrantenorgs/test_rules.py`` holds that both say the same.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from migrantenorgs.models import FieldOfAction, MigrantOrganisation
from vielfalt.listings.requirements import Requirements

LEGAL_FORM = _("Rechtsform")
PLACE = _("Ort")
FIELD = _("ein Handlungsfeld")
TEXT = _("eine Selbstbeschreibung oder Angebote")


def missing_for_publication(organisation: MigrantOrganisation) -> list[str]:
    """Return what ``organisation`` lacks, in words; reads its fields of action, which lists should prefetch."""
    checks = {
        LEGAL_FORM: organisation.legal_form_id,
        PLACE: organisation.municipality_id,
        FIELD: organisation.fields_of_action.all(),
        TEXT: organisation.description or organisation.offers,
    }
    return [str(name) for name, given in checks.items() if not given]


def incomplete_organisations() -> Q:
    """The organisations that lack something; legal form and place are required by the database itself."""
    fields = FieldOfAction.objects.filter(organisations=OuterRef("pk"))
    return Q(description="", offers="") | ~Q(Exists(fields))


organisation = Requirements(missing_for_publication, incomplete_organisations)
