"""Names stand in the middle of other people's sentences and must not change how these are read."""

import pytest

from lotsen.models import Carrier, Programme
from lotsen.review import CarrierChangeForm, NewProgrammeForm
from tests.factories import CarrierFactory, ProgrammeFactory
from tests.lotsen.tables import load, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_cleaning_takes_direction_marks_out_of_names():
    carrier = CarrierFactory(name="Haus der Vielfalt")
    carrier.name, carrier.short_name = f"{MARKS}Haus {MARKS}der Vielfalt", "\u202eHdV"
    carrier.clean_fields()
    assert (carrier.name, carrier.short_name) == ("Haus der Vielfalt", "HdV")
    programme = ProgrammeFactory(carrier=carrier)
    programme.title = "Lots*innen\u202e im Quartier"
    programme.clean_fields()
    assert programme.title == "Lots*innen im Quartier"


def test_the_database_never_gets_any():
    carrier = CarrierFactory(name=f"{MARKS}Haus")
    programme = ProgrammeFactory(carrier=carrier, title=f"{MARKS}Quartier")
    assert Carrier.objects.get(pk=carrier.pk).name == "Haus"
    assert Programme.objects.get(pk=programme.pk).title == "Quartier"


@pytest.mark.parametrize(("form_class", "name"), [(CarrierChangeForm, "name"), (NewProgrammeForm, "title")])
def test_proposals_are_cleaned_too(form_class, name):
    form = form_class({name: f"\u202eHaus{MARKS}"})
    form.is_valid()
    assert form.cleaned_data[name] == "Haus"


def test_a_name_of_nothing_else_is_no_name():
    form = CarrierChangeForm({"name": MARKS})
    assert "name" in form.errors


def test_imported_names_are_cleaned_too():
    load(row(Name=f"{MARKS}Lotsenhaus", Programm="\u202eQuartier"))
    assert Carrier.objects.get().name == "Lotsenhaus"
    assert Programme.objects.get().title == "Quartier"
