"""The forms of carriers and programmes in the admin: publishing, and two people at once."""

import pytest
from django.db.models import Count
from django.forms import modelform_factory
from django.urls import reverse
from django.utils import timezone

from lotsen.models import Carrier, CarrierInternal, FieldOfWork, Programme
from tests.administration import COMPLETE, load, sent
from tests.lotsen.tables import row
from vielfalt.listings.models import State
from vielfalt.places.models import PostalCode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data"), pytest.mark.usefixtures("editor")]


def address(entry):
    return reverse(f"admin:lotsen_{entry._meta.model_name}_change", args=[entry.pk])


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


def errors(response):
    """Return what stands at the fields of the form and of the rows below it."""
    found = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {form.add_prefix(name): texts for name, texts in form.errors.items()}
    return found


class TestPlaces:
    def test_postal_code_and_place_must_fit(self, client, carrier, page):
        towns = {"municipality": "06433012", "postal_code": "63065"}
        assert errors(client.post(address(carrier), sent(page(carrier), **towns))) == {
            "postal_code": ["Die Postleitzahl 63065 gehört zu Offenbach am Main, nicht zu Rüsselsheim am Main."]
        }

    def test_a_postal_code_of_several_places_fits_each(self, client, carrier, page):
        code = PostalCode.objects.annotate(towns=Count("municipalities")).filter(towns__gt=1).first()
        for town in code.municipalities.all():
            data = sent(page(carrier), municipality=town.pk, postal_code=code.pk)
            assert client.post(address(carrier), data).status_code == 302

    def test_a_form_without_the_place_has_nothing_to_say_about_it(self, carrier):
        Carrier.objects.update(postal_code="63065")
        carrier.refresh_from_db()
        form = modelform_factory(Carrier, fields=["phone"])({"phone": "0661 2"}, instance=carrier)
        assert form.is_valid()


class TestPublishing:
    def test_an_incomplete_carrier_stays_as_it_was_and_nothing_typed_is_lost(self, client, page):
        load(row(Programm="leer"))
        carrier = Carrier.objects.get()
        response = client.post(address(carrier), sent(page(carrier), state="veroeffentlicht", street="Weg 1"))
        assert errors(response) == {
            "state": [
                (
                    "Zum Veröffentlichen fehlt noch: ein öffentlicher Kontakt: Telefon, E-Mail oder Website; "
                    "ein Programm mit einer Sprache oder einem Einsatzfeld."
                )
            ]
        }
        assert 'value="Weg 1"' in response.text
        carrier.refresh_from_db()
        assert (carrier.state, carrier.street) == (State.DRAFT, "")

    def test_what_the_form_itself_adds_counts(self, client, carrier, page):
        Carrier.objects.update(phone="")
        data = sent(page(carrier), state="veroeffentlicht", email="a@example.org")
        assert client.post(address(carrier), data).status_code == 302
        carrier.refresh_from_db()
        assert (carrier.state, carrier.confirmed_on) == (State.PUBLISHED, timezone.localdate())
        assert carrier.programmes.get().state == State.PUBLISHED

    def test_a_new_carrier(self, client, carrier, page):
        data = sent(page(carrier), name="Neu", slug="", state="veroeffentlicht", **{"programmes-INITIAL_FORMS": 0})
        data = {name: value for name, value in data.items() if not name.endswith(("-id", "-carrier"))}
        data |= {"internal-TOTAL_FORMS": 0, "internal-INITIAL_FORMS": 0}
        response = client.post(reverse("admin:lotsen_carrier_add"), data)
        assert list(errors(response)) == ["state"]
        assert Carrier.objects.count() == 1

    def test_an_incomplete_programme_in_the_carriers_form(self, client, page):
        load(row(Programm="leer", Telefon="0661 1"))
        carrier = Carrier.objects.get()
        data = sent(page(carrier), **{"programmes-0-state": "veroeffentlicht"})
        assert errors(client.post(address(carrier), data)) == {
            "programmes-0-state": ["Zum Veröffentlichen fehlt noch: eine Sprache oder ein Einsatzfeld."]
        }
        assert Programme.objects.get().state == State.DRAFT

    def test_a_programme(self, client, page):
        load(row(Programm="leer"))
        programme = Programme.objects.get()
        refused = client.post(address(programme), sent(page(programme), state="veroeffentlicht", costs="keine"))
        assert errors(refused) == {"state": ["Zum Veröffentlichen fehlt noch: eine Sprache oder ein Einsatzfeld."]}
        kita = FieldOfWork.objects.get(slug="kita").pk
        assert client.post(address(programme), sent(refused, fields_of_work=[kita])).status_code == 302
        programme.refresh_from_db()
        assert (programme.state, programme.confirmed_on, programme.costs) == (
            State.PUBLISHED,
            timezone.localdate(),
            "keine",
        )

    def test_what_is_public_can_be_edited_although_it_lacks_something(self, client, page):
        load(row(Programm="leer"))
        Carrier.objects.update(state=State.PUBLISHED)
        carrier = Carrier.objects.get()
        assert client.post(address(carrier), sent(page(carrier), street="Weg 1")).status_code == 302
