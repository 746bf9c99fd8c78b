"""Who runs the portal: in the admin, in the footer, in the Impressum and where somebody asks whom to ask."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.template import Context, Template
from django.urls import reverse

from tests.factories import CarrierFactory, curator
from tests.pictures.files import drawing, encoded, upload
from vielfalt.accounts.groups import PORTAL
from vielfalt.operators.loading import load_operators
from vielfalt.operators.models import Operator, OperatorLogo, Responsibility, Strand
from vielfalt.pictures.models import Licence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

SAID = {"alt": "Drei Kreise", "author": "LAGFA", "licence": Licence.OWN}


@pytest.fixture
def lagfa():
    """The operator of the carrier network, with everything one can say of it."""
    operator = Operator.objects.get(name="LAGFA Hessen e. V.")
    operator.street, operator.postal_code, operator.town = "Beispielweg 1", "63065", "Offenbach am Main"
    operator.phone, operator.email, operator.website = "069 90009-100", "lagfa@example.org", "https://lagfa.example/"
    operator.save()
    return operator


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def staff(client):
    client.force_login(curator(PORTAL))
    return client


def form_data(operator, **changes):
    """What the operator's page sends, with one row for each responsibility and a place for a logo."""
    rows = list(operator.responsibilities.all())
    data = {"name": operator.name, "short_name": operator.short_name, "position": operator.position}
    data |= {"responsibilities-TOTAL_FORMS": len(rows), "responsibilities-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        fields = {"id": row.pk, "operator": operator.pk, "strand": row.strand, "role": row.role}
        data |= {f"responsibilities-{number}-{name}": value for name, value in fields.items()}
    return {**data, "pictures-TOTAL_FORMS": 0, "pictures-INITIAL_FORMS": 0, **changes}


def with_logo(data, **said):
    logo = {"upload": upload(encoded(drawing((900, 600)))), **SAID, **said}
    return {**data, "pictures-TOTAL_FORMS": 1, **{f"pictures-0-{name}": value for name, value in logo.items()}}


def page_of(operator):
    return reverse("admin:operators_operator_change", args=[operator.pk])


class TestBeginning:
    def test_two_operators_with_what_is_known_of_them(self):
        known = {
            operator.name: [str(responsibility) for responsibility in operator.responsibilities.all()]
            for operator in Operator.objects.all()
        }
        assert known == {
            "LAGFA Hessen e. V.": ["WIR-Lots*innen (federführend)", "Migrantenorganisationen (in Kooperation)"],
            "beramí e. V.": ["Migrantenorganisationen (federführend)"],
        }
        assert not any(operator.can_be_reached or operator.address for operator in Operator.objects.all())

    def test_they_belong_to_the_staff_afterwards(self):
        Operator.objects.filter(short_name="beramí").delete()
        Operator.objects.update(name="Anders")
        assert load_operators() == 0
        call_command("load_reference", verbosity=0)
        assert [operator.name for operator in Operator.objects.all()] == ["Anders"]

    def test_none_at_all_are_made_anew(self):
        Operator.objects.all().delete()
        assert load_operators() == 2


class TestWords:
    def test_leading_before_partners_whatever_their_order(self):
        assert [one.short for one in Operator.objects.running(Strand.MIGRANTENORGS)] == ["beramí", "LAGFA Hessen"]
        assert [one.short for one in Operator.objects.running(Strand.LOTSEN)] == ["LAGFA Hessen"]
        assert not Operator.objects.running(Strand.LEITFADEN).exists()

    def test_a_strand_is_named_by_its_entries(self):
        assert Strand.of(CarrierFactory()) == Strand.LOTSEN
        assert Strand.of("leitfaden") == Strand.LEITFADEN
        with pytest.raises(ValueError, match="places"):
            Strand.of("places")

    def test_one_role_for_each_strand(self, lagfa):
        with pytest.raises(ValidationError, match="schon eine Rolle"):
            Responsibility(operator=lagfa, strand=Strand.LOTSEN, role="partner").full_clean()


class TestPublicPages:
    def test_names_in_the_footer_of_every_page(self, client, lagfa):
        for address in ("/", "/karte/", "/konto/anmelden/"):
            footer = client.get(address).text.partition("<footer")[2]
            assert '<a href="https://lagfa.example/" rel="noopener">LAGFA Hessen</a>' in footer
            assert "<li>beramí</li>" in footer
            assert "lagfa@example.org" not in footer

    def test_without_operators_the_footer_says_nothing_of_them(self, client):
        Operator.objects.all().delete()
        assert "Betrieben von" not in client.get("/").text

    def test_the_impressum_says_all(self, client, lagfa):
        page = client.get("/impressum/").text
        for word in ("Beispielweg 1<br>63065 Offenbach am Main", "069 90009-100", "lagfa@example.org", "beramí e. V."):
            assert word in page
        assert "WIR-Lots*innen (federführend)" in page
        assert "Beispielweg 1" not in client.get("/datenschutz/").text

    def test_what_staff_type_is_escaped(self, client, lagfa):
        Operator.objects.update(short_name="<script>alert(1)</script>")
        assert "<script>alert" not in client.get("/impressum/").text


class TestContactPoint:
    def of(self, about, **context):
        return Template("{% load operators %}{% contact_point about %}").render(Context({"about": about, **context}))

    def test_of_an_entry_in_one_query(self, lagfa, django_assert_num_queries):
        carrier = CarrierFactory()
        with django_assert_num_queries(1):
            text = self.of(carrier)
        assert "Ansprechstelle für WIR-Lots*innen" in text
        assert 'href="tel:+496990009100"' in text

    def test_partners_only_where_nobody_leads(self):
        assert "LAGFA" not in self.of("migrantenorgs")
        Responsibility.objects.filter(operator__short_name="beramí").delete()
        assert "LAGFA" in self.of("migrantenorgs")

    def test_the_impressum_where_nobody_is_known(self):
        assert 'href="/impressum/"' in self.of("leitfaden")


class TestAdmin:
    def test_those_who_look_after_the_portal_edit_them(self, staff, lagfa):
        assert (
            staff.get(reverse("admin:operators_operator_changelist"), {"q": "berami"}).context["cl"].result_count == 1
        )
        response = staff.post(page_of(lagfa), form_data(lagfa, street="Neue Straße 2"))
        assert response.status_code == 302
        assert Operator.objects.get(pk=lagfa.pk).street == "Neue Straße 2"

    def test_editors_of_a_strand_do_not(self, client, lagfa):
        client.force_login(curator())
        assert client.get(page_of(lagfa)).status_code == 403

    def test_a_logo_is_drawn_anew_and_shown(self, staff, client, lagfa, media):
        staff.post(page_of(lagfa), with_logo(form_data(lagfa)))
        logo = OperatorLogo.objects.get()
        assert (logo.is_logo, logo.width, logo.height) == (True, 480, 320)
        client.logout()
        assert client.get(logo.url).status_code == 200
        for address in ("/", "/impressum/"):
            assert f'<img src="{logo.url}" alt="Drei Kreise" loading="lazy">' in client.get(address).text

    def test_a_file_that_is_no_picture_is_refused_in_words(self, staff, lagfa, media):
        page = staff.post(page_of(lagfa), with_logo(form_data(lagfa), upload=upload(b"GIF89a", "logo.gif"))).text
        assert "Das ist kein Bild, das wir zeigen können." in page
        assert not OperatorLogo.objects.exists()

    def test_there_is_room_for_one_logo(self, staff, lagfa, media):
        staff.post(page_of(lagfa), with_logo(form_data(lagfa)))
        assert staff.get(page_of(lagfa)).context["inline_admin_formsets"][1].formset.total_form_count() == 1

    def test_a_logo_goes_with_its_operator(self, staff, lagfa, media, django_capture_on_commit_callbacks):
        staff.post(page_of(lagfa), with_logo(form_data(lagfa)))
        with django_capture_on_commit_callbacks(execute=True):
            lagfa.delete()
        assert [path for path in media.rglob("*") if path.is_file()] == []
