"""When an entry is complete, said for one object and for the database."""

from itertools import product

import pytest

from migrantenorgs import rules
from migrantenorgs.models import MigrantOrganisation
from tests.factories import MigrantOrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_both_forms_of_the_rules_agree():
    for fields, description, offers in product(([], ["bildung"]), ("", "Wir"), ("", "Chor")):
        MigrantOrganisationFactory(fields=fields, description=description, offers=offers)
    incomplete = {one for one in MigrantOrganisation.objects.all() if rules.missing_for_publication(one)}
    assert incomplete == set(MigrantOrganisation.objects.filter(rules.incomplete_organisations()))
    assert len(incomplete) == 8 - 3


def test_what_is_missing_in_words():
    assert rules.missing_for_publication(MigrantOrganisationFactory()) == [
        "ein Handlungsfeld",
        "eine Selbstbeschreibung oder Angebote",
    ]


def test_contact_may_be_withheld():
    organisation = MigrantOrganisationFactory(fields=["sport"], offers="Fußball", phone="", email="", website="")
    assert rules.missing_for_publication(organisation) == []
