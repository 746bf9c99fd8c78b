"""What migrant organisations decide about themselves."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from migrantenorgs.models import ConsentGiven, MigrantOrganisation
from migrantenorgs.models.organisations import CONSENT, not_in_the_future
from vielfalt.accounts.models import User
from vielfalt.listings.recording import changes_by


@transaction.atomic
def give_consent(
    *, organisation: MigrantOrganisation, how: ConsentGiven, by: User | None = None, on: date | None = None
) -> None:
    """Record that the organisation agrees that its contact data is public: from now on it is, everywhere.

    ``by`` is needed where no request says who it is. ``on`` is the day on a paper; raises
    ``ValidationError`` where it is still to come.
    """
    day = on or timezone.localdate()
    not_in_the_future(day)
    _set_consent(organisation, day, ConsentGiven(how).value, by=by)


@transaction.atomic
def withdraw_consent(*, organisation: MigrantOrganisation, by: User | None = None) -> None:
    """Record that the organisation no longer agrees: from now on its contact data is nowhere public.

    The data itself stays, for the organisation and the centre.
    """
    _set_consent(organisation, None, "", by=by)


def _set_consent(organisation: MigrantOrganisation, day: date | None, how: str, *, by: User | None) -> None:
    organisation.contact_consent_on, organisation.contact_consent_by = day, how
    with changes_by(by):
        organisation.save(update_fields=[*CONSENT, "updated_at"])
