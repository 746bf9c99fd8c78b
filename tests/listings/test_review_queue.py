"""The review queue in the admin."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from lotsen.models import Carrier
from tests.factories import CarrierFactory, UserFactory
from tests.listings.proposing import propose
from vielfalt.listings import actions
from vielfalt.listings.actions import Sender
from vielfalt.listings.models import ChangeRequest, RequestState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

QUEUE = "/verwaltung/listings/changerequest/"


@pytest.fixture
def staff(client, bob):
    client.force_login(bob)
    return client


def page_of(request):
    return reverse("admin:listings_changerequest_change", args=[request.pk])


class TestList:
    def test_oldest_first_and_only_what_waits(self, staff, alice, bob):
        newer, older, asked, _unconfirmed = [
            propose(CarrierFactory(), alice, name="Neuer"),
            propose(CarrierFactory(), alice, name="Älter"),
            propose(CarrierFactory(), alice, name="Gefragt"),
            actions.report_error(entry=CarrierFactory(), message="x", by=Sender(email="neu@example.org")),
        ]
        ChangeRequest.objects.filter(pk=older.pk).update(submitted_at=timezone.now() - timedelta(days=3))
        actions.ask(request=asked, by=bob, reason="Wie?")
        shown = staff.get(QUEUE).context["cl"].result_list
        assert [request.pk for request in shown] == [older.pk, newer.pk]
        assert [request.pk for request in staff.get(f"{QUEUE}?dran=absender").context["cl"].result_list] == [asked.pk]
        assert len(staff.get(f"{QUEUE}?dran=alle").context["cl"].result_list) == 3

    @pytest.mark.parametrize("number", [1, 5])
    def test_queries(self, number, staff, alice, django_assert_num_queries):
        for n in range(number):
            propose(CarrierFactory(), alice, name=f"Name {n}")
        with django_assert_num_queries(5):
            staff.get(QUEUE)

    def test_the_desk_counts(self, staff, renaming):
        page = staff.get("/verwaltung/").text
        assert re.search(r"<strong>1</strong>\s*zu entscheiden", page)
        assert f'href="{page_of(renaming)}"' in page

    def test_nothing_of_it_without_the_right(self, client, renaming):
        user = UserFactory(is_staff=True)
        client.force_login(user)
        assert "zu entscheiden" not in client.get("/verwaltung/").text
        assert client.get(QUEUE).status_code == 403
        assert client.get(page_of(renaming)).status_code == 403
        user.user_permissions.set(Permission.objects.filter(codename__in=["view_changerequest", "change_carrier"]))
        assert client.get(page_of(renaming)).status_code == 200
        assert client.post(page_of(renaming), {"action": "accept"}).status_code == 403


class TestPage:
    def test_old_and_new_word_by_word(self, staff, renaming):
        page = staff.get(page_of(renaming)).text
        old, new = re.search(r"<del>(.*?)</del>", page)[1], re.search(r"<ins>(.*?)</ins>", page)[1]
        assert re.sub("<.*?>", "", old).strip() == "[entfernt: Alter]"
        assert re.sub("<.*?>", "", new).strip() == "[neu: Neuer]"
        assert "</ins> Name</p>" in page

    def test_what_people_typed_is_escaped(self, staff, carrier, alice):
        page = staff.get(page_of(propose(carrier, alice, name="<script>alert(1)</script>"))).text
        assert "<script>alert" not in page

    def test_accepting_leads_to_the_next(self, staff, renaming, alice):
        following = propose(CarrierFactory(), alice, name="Anderer")
        response = staff.post(page_of(renaming), {"action": "accept"})
        assert response["Location"] == page_of(following)
        assert Carrier.objects.filter(name="Neuer Name").exists()
        assert staff.post(page_of(following), {"action": "accept"})["Location"] == QUEUE

    @pytest.mark.parametrize(("action", "state"), [("ask", RequestState.QUESTION), ("reject", RequestState.REJECTED)])
    def test_asking_and_rejecting(self, action, state, staff, renaming):
        page = staff.post(page_of(renaming), {"action": action, "reason": ""}).text
        assert "Bitte schreiben Sie dazu, warum." in page
        staff.post(page_of(renaming), {"action": action, "reason": "Darum."})
        renaming.refresh_from_db()
        assert (renaming.state, renaming.steps.get().reason) == (state, "Darum.")

    def test_a_refusal_keeps_what_was_typed(self, staff, renaming):
        CarrierFactory(name="Neuer Name")
        page = staff.post(page_of(renaming), {"action": "accept", "reason": "Sehr gern."}).text
        assert "Träger mit diesem Wert für das Feld Name existiert bereits." in page
        assert "Sehr gern." in page

    def test_conflicts(self, staff, renaming, carrier):
        Carrier.objects.update(name="Dritter Name")
        page = staff.post(page_of(renaming), {"action": "accept"}).text
        assert "Der Eintrag hat sich geändert." in page
        seen = json.dumps("Dritter Name")
        choice = {"action": "accept", "choice-name": "proposed", "seen-name": seen}
        Carrier.objects.update(name="Vierter Name")
        assert "Der Eintrag hat sich geändert." in staff.post(page_of(renaming), choice).text
        choice["seen-name"] = json.dumps("Vierter Name")
        assert staff.post(page_of(renaming), choice).status_code == 302
        carrier.refresh_from_db()
        assert carrier.name == "Neuer Name"

    def test_a_made_up_choice(self, staff, renaming):
        data = {"action": "accept", "choice-name": "proposed", "seen-name": "{"}
        assert staff.post(page_of(renaming), data).status_code == 404
        assert staff.post(page_of(renaming), {"action": "explode"}).status_code == 404

    def test_the_own_request_has_no_buttons_but_a_reason(self, staff, carrier, bob):
        request = propose(carrier, bob, name="Bobs")
        page = staff.get(page_of(request)).text
        assert "entscheidet jemand anderes" in page
        assert 'value="accept"' not in page

    def test_keys(self, staff, renaming):
        page = staff.get(page_of(renaming)).text
        assert re.findall(r'value="(\w+)" accesskey="(\w)"', page) == [("accept", "a"), ("ask", "f"), ("reject", "r")]

    def test_internal_notes_are_only_here(self, staff, client, renaming, alice):
        staff.post(page_of(renaming), {"action": "note", "note": "Sehr vertraulich"})
        assert "Sehr vertraulich" in staff.get(page_of(renaming)).text
        client.force_login(alice)
        page = client.get(f"/antraege/{renaming.pk}/").text
        assert "Neuer" in page
        assert "vertraulich" not in page

    def test_an_entry_that_is_gone(self, staff, renaming, carrier):
        carrier.delete()
        assert "Den Eintrag gibt es nicht mehr." in staff.get(page_of(renaming)).text
        assert "Bitte lehnen Sie den Antrag ab" in staff.post(page_of(renaming), {"action": "accept"}).text
