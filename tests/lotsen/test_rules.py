"""When an entry is complete, said for one object and for the database."""

import pytest

from lotsen import rules
from lotsen.models import Carrier, Programme
from tests.administration import load
from tests.lotsen.tables import row
from vielfalt.listings.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_both_forms_of_the_rules_agree():
    rows = [
        row(Name=f"{contact}/{content}/{state}", **{contact: value}, **content_cells)
        for contact, value in {
            "Telefon": "0661 1",
            "E-Mail": "a@example.org",
            "Website": "example.org",
            "UE": "",
        }.items()
        for content, content_cells in {
            "nichts": {},
            "sprache": {"Sprachen": "Arabisch"},
            "feld": {"Einsatzfelder": "Kita"},
        }.items()
        for state in (State.DRAFT, State.DORMANT, State.ARCHIVED)
    ]
    rows.append({"Name": "ohne Programm", "Trägerart": "Sonstige", "Ort": "Fulda", "Telefon": "0661 1"})
    load(*rows)
    for state in (State.DORMANT, State.ARCHIVED):
        Programme.objects.filter(carrier__name__endswith=state).update(state=state)
    incomplete = {carrier for carrier in Carrier.objects.all() if rules.missing_for_publication(carrier)}
    assert incomplete == set(Carrier.objects.filter(rules.incomplete_carriers()))
    assert len(incomplete) == 37 - 6
    lacking = {programme for programme in Programme.objects.all() if rules.programme_lacks(programme)}
    assert lacking == set(Programme.objects.exclude(rules.complete_programmes()))
    assert len(lacking) == 12
