"""What an organisation is, its history and how its names are shown."""

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from migrantenorgs.loading import load_vocabularies
from migrantenorgs.models import FieldOfAction, LegalForm, MigrantOrganisation, MigrantOrganisationInternal, TargetGroup
from tests.factories import MigrantOrganisationFactory, MigrantOrganisationInternalFactory
from vielfalt.listings.history import timeline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_vocabularies_are_loaded_once():
    assert [model.objects.count() for model in (LegalForm, FieldOfAction, TargetGroup)] == [5, 14, 9]
    assert load_vocabularies() == 0


@pytest.mark.parametrize("year", [1799, localdate().year + 1])
def test_a_year_that_cannot_be(year):
    with pytest.raises(ValidationError) as error:
        MigrantOrganisationFactory(founded_in=year).full_clean()
    assert list(error.value.error_dict) == ["founded_in"]


def test_a_form_cannot_have_come_tomorrow():
    internal = MigrantOrganisationInternalFactory()
    internal.form_received_on = localdate().replace(year=localdate().year + 1)
    with pytest.raises(ValidationError, match="Zukunft"):
        internal.full_clean()


@pytest.mark.usefixtures("clock")
def test_the_history_tells_of_everything_and_of_what_is_internal_only_to_the_centre():
    organisation = MigrantOrganisationFactory(fields=["sport"], groups=["frauen"], spoken=["ara"])
    internal = MigrantOrganisationInternal.objects.create(organisation=organisation, note="Anruf")
    MigrantOrganisation.objects.update(own_name="نادي", visibility="nur-netzwerk")
    internal.note = "Brief"
    internal.save()
    labels = {change.label for moment in timeline(organisation, internal=False) for change in moment.changes}
    assert {"Name in eigener Schrift", "Sichtbarkeit", "Handlungsfelder", "Zielgruppen", "Sprachen"} <= labels
    assert "Notiz" not in labels
    told = {change.label for moment in timeline(organisation, internal=True) for change in moment.changes}
    assert "Notiz" in told


def own_name(**fields):
    return " ".join(
        render_to_string("components/own_name.html", {"organisation": MigrantOrganisation(**fields)}).split()
    )


def test_a_name_has_its_language_and_direction():
    html = own_name(own_name="نادي ABC", own_name_language_id="prs", transliteration="Nadi ABC")
    assert '<bdi lang="fa-AF" dir="rtl">نادي ABC</bdi>' in html
    assert '<bdi class="muted" dir="ltr" lang="fa-Latn-AF">Nadi ABC</bdi>' in html
    assert '<bdi lang="ta" dir="ltr">' in own_name(own_name="தமிழ்", own_name_language_id="tam")


def test_a_name_without_a_language_finds_its_own_direction():
    assert '<bdi dir="auto">نادي</bdi>' in own_name(own_name="نادي")
    assert own_name() == ""


def test_a_name_is_no_markup():
    assert "<script" not in own_name(own_name="<script>", transliteration="<script>")
