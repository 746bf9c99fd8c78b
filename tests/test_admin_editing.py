"""The forms of carriers and programmes in the admin: two people at once."""

import pytest
from django.urls import reverse

from lotsen.models import Carrier, CarrierInternal, FieldOfWork, Programme
from tests.administration import COMPLETE, load
from tests.lotsen.tables import row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data"), pytest.mark.usefixtures("editor")]


def address(entry):
    return reverse(f"admin:lotsen_{entry._meta.model_name}_change", args=[entry.pk])


def sent(response, **changes):
    """Return what a browser would send of a page with a form, with some fields changed."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {"base": response.context["base"]}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                values = value if isinstance(value, list) else ["on" if value is True else value]
                data[bound.html_name] = [getattr(one, "pk", one) for one in values]
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


@pytest.fixture
def carrier():
    load(row(Notiz="alt", **COMPLETE))
    return Carrier.objects.get()


@pytest.fixture
def page(client):
    """Open the form of an entry."""
    return lambda entry: client.get(address(entry))


class TestTwoAtOnce:
    def test_what_only_the_other_changed_stays(self, client, carrier, page):
        before = page(carrier)
        programme = Programme.objects.get()
        Carrier.objects.update(street="Neue Straße 1")
        CarrierInternal.objects.update(note="neu")
        Programme.objects.update(active_volunteers=9)
        response = client.post(address(carrier), sent(before, phone="0661 2"))
        assert response.status_code == 302
        carrier.refresh_from_db()
        programme.refresh_from_db()
        assert (carrier.phone, carrier.street, programme.active_volunteers) == ("0661 2", "Neue Straße 1", 9)
        assert CarrierInternal.objects.get().note == "neu"

    def test_what_both_changed_is_refused_with_both_values_and_then_decided(self, client, carrier, page):
        before = page(carrier)
        Carrier.objects.update(phone="0661 3", street="Neue Straße 1")
        response = client.post(address(carrier), sent(before, phone="0661 2", email="a@example.org"))
        assert response.status_code == 409
        assert response.context["adminform"].form.errors == {
            "phone": [
                (
                    "Hier hat inzwischen jemand „0661 3“ gespeichert, bei Ihnen steht „0661 2“. "
                    "Speichern Sie noch einmal, gilt Ihre Eingabe."
                )
            ]
        }
        assert 'value="0661 2"' in response.text
        assert 'value="a@example.org"' in response.text
        carrier.refresh_from_db()
        assert (carrier.phone, carrier.email) == ("0661 3", "")
        assert client.post(address(carrier), sent(response)).status_code == 302
        carrier.refresh_from_db()
        assert (carrier.phone, carrier.email, carrier.street) == ("0661 2", "a@example.org", "Neue Straße 1")

    def test_rows_below_are_compared_too(self, client, carrier, page):
        before = page(carrier)
        Programme.objects.update(title="Anders")
        response = client.post(address(carrier), sent(before, **{"programmes-0-title": "Mein Titel"}))
        assert response.status_code == 409
        assert "„Anders“ gespeichert, bei Ihnen steht „Mein Titel“" in response.text
        assert Programme.objects.get().title == "Anders"

    def test_links_of_a_programme(self, client, carrier, page):
        programme = Programme.objects.get()
        before = page(programme)
        programme.fields_of_work.set(FieldOfWork.objects.filter(slug="kita"))
        assert client.post(address(programme), sent(before, limits="keine")).status_code == 302
        assert [field.slug for field in programme.fields_of_work.all()] == ["kita"]
        wanted = [FieldOfWork.objects.get(slug="wohnen").pk]
        response = client.post(address(programme), sent(before, fields_of_work=wanted))
        assert response.status_code == 409
        assert "jemand „Kita“ gespeichert, bei Ihnen steht „Wohnen“" in response.text

    def test_saving_twice_is_no_conflict(self, client, carrier, page):
        data = sent(page(carrier), phone="0661 2")
        assert [client.post(address(carrier), data).status_code for _ in range(2)] == [302, 302]

    def test_a_forged_or_missing_version_does_no_harm(self, client, carrier, page):
        for base in ("gefälscht", None):
            assert client.post(address(carrier), sent(page(carrier), base=base)).status_code == 302
