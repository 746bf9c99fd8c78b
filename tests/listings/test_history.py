"""The history: recorded by the database, whoever changes an entry and however."""

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from lotsen.models import Accessibility, AnnualFigures, Carrier, CarrierMembership, FieldOfWork, Programme
from lotsen.spreadsheets.carriers import CARRIERS
from tests.factories import (
    CarrierFactory,
    CarrierInternalFactory,
    CarrierMembershipFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.lotsen.tables import csv_bytes, row
from vielfalt.listings.history import Change, changes_to, restore, timeline
from vielfalt.listings.models import AccessibilityFeature, State
from vielfalt.listings.recording import changes_by
from vielfalt.listings.spreadsheets.importing import import_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def staff():
    return UserFactory(name="Redaktion Nord", is_staff=True, is_superuser=True)


def changes(entry, *, internal=True):
    """What the latest moments say, one list for each."""
    return [moment.changes for moment in timeline(entry, internal=internal)]


@pytest.mark.usefixtures("clock")
class TestTimeline:
    def test_a_new_entry(self):
        carrier = CarrierFactory()
        (moment,) = timeline(carrier, internal=True)
        assert (moment.what, moment.changes, moment.who) == ("angelegt", [], "Portal")

    def test_a_changed_field_with_before_and_after_and_who(self, staff):
        carrier = CarrierFactory(phone="069 1")
        with changes_by(staff):
            carrier.phone = "069 2"
            carrier.save()
        moment = timeline(carrier, internal=True)[0]
        assert moment.changes == [Change("Telefon", "069 1", "069 2")]
        assert moment.who == "Redaktion Nord (Redaktion)"

    def test_saving_without_a_change_is_no_event(self):
        carrier = CarrierFactory()
        carrier.save()
        assert len(timeline(carrier, internal=True)) == 1

    def test_a_bulk_update(self):
        carrier = CarrierFactory()
        Carrier.objects.update(state=State.DORMANT)
        assert changes(carrier)[0] == [Change("Status", "Veröffentlicht", "Ruht")]

    def test_a_text_with_formatting_reads_like_a_text(self):
        carrier = CarrierFactory(description="Hallo")
        Carrier.objects.update(description="<p>Hallo</p><ul><li>Welt</li></ul>")
        assert changes(carrier)[0] == [Change("Beschreibung", "Hallo", "Hallo\n– Welt")]
        Carrier.objects.update(description="<p>Hallo</p><ul><li><b>Welt</b></li></ul>")
        assert changes(carrier)[0] == [Change("Beschreibung (nur die Formatierung)", "Hallo\n– Welt", "Hallo\n– Welt")]

    def test_what_a_field_refers_to_is_named(self):
        carrier = CarrierFactory()
        carrier.municipality_id = "06611000"
        carrier.save()
        assert changes(carrier)[0] == [Change("Ort", "Offenbach am Main", "Kassel")]

    def test_links_and_parts(self):
        programme = ProgrammeFactory(fields=["kita"], languages=["ara"])
        programme.fields_of_work.set(FieldOfWork.objects.filter(slug="wohnen"))
        programme.offered_languages.update(availability="auf-anfrage")
        programme.offered_languages.all().delete()
        found = [change for moment in changes(programme) for change in moment]
        assert Change("Sprachen des Programms", removed=("Arabisch (auf Anfrage)",)) in found
        assert Change("Arabisch (auf Anfrage): Verfügbarkeit", "regelmäßig", "auf Anfrage") in found
        assert Change("Einsatzfelder", added=("Wohnen",)) in found
        assert Change("Einsatzfelder", removed=("Kita",)) in found

    def test_accessibility_stands_in_the_carriers_history(self):
        carrier = CarrierFactory()
        feature = AccessibilityFeature.objects.get(slug="stufenloser-zugang")
        Accessibility.objects.create(carrier=carrier, feature=feature, answer="ja")
        assert changes(carrier)[0] == [Change("Angaben zur Barrierefreiheit", added=("stufenloser Zugang: ja",))]

    def test_the_team_stands_in_the_carriers_history(self):
        membership = CarrierMembershipFactory(user__name="Bob")
        carrier = membership.organisation
        CarrierMembership.objects.update(role="leitung")
        membership.delete()
        assert changes(carrier)[:3] == [
            [Change("Team", removed=("Bob (Leitung)",))],
            [Change("Bob (Leitung): Rolle", "Mitarbeit", "Leitung")],
            [Change("Team", added=("Bob (Mitarbeit)",))],
        ]

    def test_annual_figures_stand_in_the_programmes_history(self):
        figures = AnnualFigures.objects.create(programme=ProgrammeFactory(title="P"), year=2025, active=7)
        AnnualFigures.objects.update(active=8)
        assert changes(figures.programme)[:2] == [
            [Change("P 2025: aktive Lots*innen", "7", "8")],
            [Change("Jahreszahlen", added=("P 2025",))],
        ]

    def test_the_import(self, staff):
        import_file(CARRIERS, content=csv_bytes(row()), publish=False, by=staff)
        moment = timeline(Carrier.objects.get(), internal=True)[0]
        assert (moment.way, moment.who) == ("aus einer Tabelle importiert", "Redaktion Nord (Redaktion)")

    def test_whoever_works_for_an_organisation_is_named_with_it(self):
        member = CarrierMembershipFactory(user__name="Koordination Nord")
        with changes_by(member.user):
            Carrier.objects.update(phone="1")
        assert timeline(member.organisation, internal=True)[0].who == "Koordination Nord (Organisation)"

    def test_an_account_that_is_gone_leaves_its_role(self, staff):
        carrier = CarrierFactory()
        with changes_by(staff):
            Carrier.objects.update(phone="1")
        staff.delete()
        assert timeline(carrier, internal=True)[0].who == "gelöschtes Konto (Redaktion)"


@pytest.mark.usefixtures("clock")
class TestWhoSeesWhat:
    def test_what_only_the_centre_sees_is_not_in_the_carriers_timeline(self):
        carrier = CarrierFactory()
        internal = CarrierInternalFactory(carrier=carrier, note="vertraulich")
        internal.note = "sehr vertraulich"
        internal.save()
        assert changes(carrier, internal=True)[0] == [Change("Notiz", "vertraulich", "sehr vertraulich")]
        assert "vertraulich" not in str(timeline(carrier, internal=False))

    def test_carriers_see_the_centre_but_not_its_people(self, staff):
        carrier = CarrierFactory()
        with changes_by(staff):
            Carrier.objects.update(phone="1")
        assert timeline(carrier, internal=False)[0].who == "Redaktion"


class TestTriggers:
    def test_history_never_blocks_a_deletion(self):
        programme = ProgrammeFactory(fields=["kita"], languages=["ara"])
        programme.carrier.delete()
        assert not Programme.objects.exists()
        assert not Carrier.objects.exists()

    def test_nobody_rewrites_history(self):
        CarrierFactory()
        events = Carrier.pgh_event_models["update"]
        with pytest.raises(DatabaseError), transaction.atomic():
            events.objects.update(name="anders")
        with pytest.raises(DatabaseError), transaction.atomic():
            events.objects.all().delete()

    def test_events_have_no_foreign_keys_in_the_database(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conrelid::regclass::text FROM pg_constraint"
                " WHERE contype = 'f' AND conrelid::regclass::text LIKE '%event'"
            )
            assert cursor.fetchall() == []


@pytest.mark.usefixtures("clock")
class TestRestore:
    def test_everything_of_an_entry_comes_back(self, staff):
        programme = ProgrammeFactory(title="Erster", fields=["kita"], languages=["ara", "tir"])
        slug = timeline(programme, internal=True)[0].slug
        programme.title = "Zweiter"
        programme.save()
        programme.fields_of_work.clear()
        programme.offered_languages.filter(language="ara").delete()
        programme.offered_languages.update(note="neu")
        assert changes_to(programme, slug, internal=True) == [
            Change("Titel", "Zweiter", "Erster"),
            Change("Tigrinya (regelmäßig): Hinweis", "neu", ""),
            Change("Einsatzfelder", added=("Kita",)),
            Change("Sprachen des Programms", added=("Arabisch (regelmäßig)",)),
        ]
        restore(entry=programme, slug=slug, internal=True, by=staff)
        programme.refresh_from_db()
        assert programme.title == "Erster"
        assert [field.slug for field in programme.fields_of_work.all()] == ["kita"]
        assert [(offer.language_id, offer.note) for offer in programme.offered_languages.all()] == [
            ("ara", ""),
            ("tir", ""),
        ]
        assert changes_to(programme, slug, internal=True) == []
        assert timeline(programme, internal=True)[0].way == "früheren Stand wiederhergestellt"

    def test_the_team_does_not_change_with_an_earlier_state(self, staff):
        carrier = CarrierFactory(phone="069 1")
        slug = timeline(carrier, internal=True)[0].slug
        CarrierMembershipFactory(organisation=carrier)
        Carrier.objects.update(phone="069 2")
        assert changes_to(carrier, slug, internal=True) == [Change("Telefon", "069 2", "069 1")]
        restore(entry=carrier, slug=slug, internal=True, by=staff)
        assert carrier.memberships.count() == 1

    def test_a_state_that_is_no_longer_allowed_is_refused(self, staff):
        carrier = CarrierFactory(name="Alt")
        slug = timeline(carrier, internal=True)[0].slug
        Carrier.objects.update(name="Neu")
        CarrierFactory(name="Alt")
        with pytest.raises(ValidationError, match="Name"):
            restore(entry=carrier, slug=slug, internal=True, by=staff)
        carrier.refresh_from_db()
        assert carrier.name == "Neu"

    def test_only_events_of_the_entry_itself(self, staff):
        slug = timeline(CarrierFactory(), internal=True)[0].slug
        with pytest.raises(ObjectDoesNotExist):
            restore(entry=CarrierFactory(), slug=slug, internal=True, by=staff)

    def test_the_old_address_still_leads_to_the_entry(self, staff, client):
        carrier = CarrierFactory(name="Erst", slug="erst")
        slug = timeline(carrier, internal=True)[0].slug
        carrier.slug = "zweit"
        carrier.save()
        restore(entry=carrier, slug=slug, internal=True, by=staff)
        assert client.get("/traeger/zweit/")["Location"] == "/traeger/erst/"


@pytest.mark.usefixtures("clock")
class TestAdmin:
    def test_who_changed_something_in_the_admin(self, staff, client):
        carrier = CarrierFactory()
        client.force_login(staff)
        address = reverse("admin:lotsen_carrier_changelist")
        client.post(address, {"action": "make_dormant", "_selected_action": [carrier.pk]})
        moment = timeline(carrier, internal=True)[0]
        assert (moment.who, moment.changes) == (
            "Redaktion Nord (Redaktion)",
            [Change("Status", "Veröffentlicht", "Ruht")],
        )

    def test_the_page_shows_old_and_new(self, staff, client):
        carrier = CarrierFactory(opening_hours="Montag bis Freitag")
        Carrier.objects.update(opening_hours="Montag bis Donnerstag")
        client.force_login(staff)
        page = client.get(reverse("admin:lotsen_carrier_history", args=[carrier.pk])).text
        assert "Freitag<span" in page
        assert "Donnerstag<span" in page
        assert "Zu diesem Stand zurückkehren" in page

    def test_restoring(self, staff, client):
        carrier = CarrierFactory(phone="069 1")
        slug = timeline(carrier, internal=True)[0].slug
        Carrier.objects.update(phone="069 2")
        client.force_login(staff)
        address = reverse("admin:lotsen_carrier_restore", args=[carrier.pk, slug])
        assert "Das würde sich ändern" in client.get(address).text
        carrier.refresh_from_db()
        assert carrier.phone == "069 2"
        client.post(address)
        carrier.refresh_from_db()
        assert carrier.phone == "069 1"

    def test_without_the_right_to_change(self, client):
        carrier = CarrierFactory()
        client.force_login(UserFactory(is_staff=True))
        slug = timeline(carrier, internal=True)[0].slug
        assert client.get(reverse("admin:lotsen_carrier_history", args=[carrier.pk])).status_code == 403
        assert client.post(reverse("admin:lotsen_carrier_restore", args=[carrier.pk, slug])).status_code == 403

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_the_history(self, number, django_assert_num_queries, staff):
        programme = ProgrammeFactory()
        for n in range(number):
            with changes_by(staff):
                programme.title = f"Titel {n}"
                programme.save()
                programme.fields_of_work.set(FieldOfWork.objects.all()[n : n + 1])
        with django_assert_num_queries(6):
            timeline(programme, internal=True)
