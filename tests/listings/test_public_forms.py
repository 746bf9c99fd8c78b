"""Messages of people without an account: "Träger anmelden" and "Fehler melden"."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.utils import timezone

from lotsen.models import Carrier, CarrierType
from tests.factories import CarrierFactory, municipality
from vielfalt.listings import actions, senders
from vielfalt.listings.models import ChangeRequest, RequestState, State
from vielfalt.listings.senders import MOST_OF_ADDRESS, MOST_OF_NETWORK, new_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def clock(monkeypatch):
    """Time that passes when a test says so."""
    now = senders.time.time()
    monkeypatch.setattr(senders.time, "time", lambda: clock.now)

    def clock():
        return clock.now

    clock.now = now
    return clock


@pytest.fixture
def token(clock):
    """The token of a form that somebody has looked at for a minute."""
    made = new_token()
    clock.now += 60
    return made


@pytest.fixture
def report(client, token, carrier, django_capture_on_commit_callbacks):
    """Report a mistake; keywords differ from what is sent otherwise."""

    def send(**fields):
        data = {"message": "Die Nummer ist falsch.", "sender_email": "neu@example.org", "form_token": token, **fields}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"/traeger/{carrier.slug}/fehler-melden/", data)

    return send


def link_in(mail):
    return urlsplit(re.search(r"http\S+/antraege/\S+", mail.body)[0]).path


class TestReportingAMistake:
    def test_the_carriers_page_leads_there(self, client, carrier):
        address = f"/traeger/{carrier.slug}/fehler-melden/"
        assert f'href="{address}"' in client.get(f"/traeger/{carrier.slug}/").text
        assert client.get(address).status_code == 200

    def test_the_whole_way(self, client, report, carrier, bob, mailoutbox):
        assert report()["Location"] == "/antraege/abgeschickt/"
        request = ChangeRequest.objects.get()
        assert (request.state, request.kind, request.target_id) == (RequestState.UNCONFIRMED, "fehler", carrier.pk)
        (mail,) = mailoutbox
        assert (mail.to, mail.subject) == (["neu@example.org"], "Bitte bestätigen Sie Ihre E-Mail-Adresse")
        address = link_in(mail)

        # Programs that look into mails open links.
        assert "Bestätigen und abschicken" in client.get(address).text
        request.refresh_from_db()
        assert request.state == RequestState.UNCONFIRMED

        page = client.post(address).text
        request.refresh_from_db()
        assert (request.state, "Danke!" in page) == (RequestState.SUBMITTED, True)
        submitted = request.submitted_at
        assert "Danke!" in client.post(address).text
        request.refresh_from_db()
        assert request.submitted_at == submitted

        follow = re.search(r"/antraege/nachricht/[^\"]+", page)[0]
        assert "Die Nummer ist falsch." in client.get(follow).text
        actions.ask(request=request, by=bob, reason="Welche denn?")
        assert "Welche denn?" in client.get(follow).text
        client.post(follow, {"reason": "Die zweite."})
        request.refresh_from_db()
        assert (request.state, request.steps.last().reason) == (RequestState.SUBMITTED, "Die zweite.")
        client.post(follow, {"withdraw": "1"})
        request.refresh_from_db()
        assert request.state == RequestState.WITHDRAWN

    def test_an_empty_answer_keeps_the_page(self, client, report, bob, mailoutbox):
        report()
        client.post(link_in(mailoutbox[0]))
        request = ChangeRequest.objects.get()
        actions.ask(request=request, by=bob, reason="Welche?")
        from vielfalt.listings.links import request_path

        page = client.post(request_path(request), {"reason": ""})
        assert "Dieses Feld ist zwingend erforderlich." in page.text

    def test_a_double_click_writes_once(self, report, mailoutbox):
        assert report()["Location"] == report()["Location"]
        assert ChangeRequest.objects.count() == 1
        assert len(mailoutbox) == 1

    def test_whoever_is_logged_in_needs_no_mail(self, client, report, alice, mailoutbox):
        client.force_login(alice)
        response = report(sender_email="fremd@example.org")
        request = ChangeRequest.objects.get()
        assert (request.author, request.author_email, request.state) == (alice, "", RequestState.SUBMITTED)
        assert response["Location"] == f"/antraege/{request.pk}/"
        assert client.get(response["Location"]).status_code == 200
        assert mailoutbox == []

    def test_only_about_what_is_public(self, client):
        CarrierFactory(slug="geheim", state=State.DRAFT)
        assert client.get("/traeger/geheim/fehler-melden/").status_code == 404
        assert client.post("/traeger/geheim/fehler-melden/").status_code == 404

    def test_readers_get_no_cookies(self, client, report, carrier):
        client.get(f"/traeger/{carrier.slug}/fehler-melden/")
        report()
        assert not client.cookies

    def test_forged_requests_of_people_who_are_logged_in(self, carrier, alice, token):
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        client.force_login(alice)
        data = {"message": "x", "form_token": token}
        assert client.post(f"/traeger/{carrier.slug}/fehler-melden/", data).status_code == 403


class TestSpam:
    def test_the_field_that_only_programs_see(self, report):
        page = report(betreff="Kaufen Sie").text
        assert "versteckte Feld" in page
        assert not ChangeRequest.objects.exists()

    def test_too_fast(self, report, clock):
        fresh = new_token()
        clock.now += 1
        page = report(form_token=fresh).text
        assert "zu schnell" in page
        assert not ChangeRequest.objects.exists()
        # The same form a moment later is as good as any.
        assert f'name="form_token" value="{fresh}"' in page
        clock.now += 5
        assert report(form_token=fresh).status_code == 302

    @pytest.mark.parametrize(
        "forged", ["", "x", signing.Signer(salt="other").sign_object(["a", 0]), "\x00"], ids=range(4)
    )
    def test_tokens_that_the_portal_did_not_make(self, forged, report):
        page = report(form_token=forged)
        assert (page.status_code, "Bitte senden Sie noch einmal" in page.text) == (200, True)
        assert not ChangeRequest.objects.exists()

    def test_a_token_of_yesterday(self, report, token, clock):
        clock.now += 25 * 3600
        assert f'value="{token}"' not in report().text
        assert not ChangeRequest.objects.exists()

    def test_everything_typed_is_kept(self, report):
        page = report(message="Sehr <langer> Text", sender_email="keine Adresse").text
        assert "Sehr &lt;langer&gt; Text" in page
        assert 'value="keine Adresse"' in page

    def test_too_many_from_one_address(self, report, clock):
        for _ in range(MOST_OF_ADDRESS):
            assert report(form_token=self.patient(clock)).status_code == 302
        page = report(form_token=self.patient(clock), message="Noch eine")
        assert page.status_code == 429
        assert "Noch eine" in page.text
        assert ChangeRequest.objects.count() == MOST_OF_ADDRESS
        ChangeRequest.objects.update(created_at=timezone.now() - timedelta(hours=2))
        assert report(form_token=self.patient(clock)).status_code == 302

    def test_too_many_from_one_network(self, client, carrier, clock):
        def send(number, address):
            data = {"message": "x", "sender_email": f"{number}@example.org", "form_token": self.patient(clock)}
            return client.post(f"/traeger/{carrier.slug}/fehler-melden/", data, REMOTE_ADDR=address).status_code

        assert {send(n, f"198.51.100.{n}") for n in range(MOST_OF_NETWORK)} == {302}
        assert send(100, "198.51.100.200") == 429
        assert send(101, "203.0.113.1") == 302

    def test_the_network_is_kept_as_a_code_and_for_a_day_only(self, report):
        report()
        request = ChangeRequest.objects.get()
        assert re.fullmatch("[0-9a-f]{64}", request.sender_network)
        ChangeRequest.objects.update(created_at=timezone.now() - timedelta(days=2))
        assert actions.clean_up() == 0
        request.refresh_from_db()
        assert request.sender_network == ""

    def test_behind_a_proxy_the_last_address_counts(self, rf, settings):
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        made_up = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "1.2.3.4, 198.51.100.7"})
        other = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "5.6.7.8, 198.51.100.9"})
        assert senders.network_of(made_up) == senders.network_of(other) != ""

    @pytest.mark.parametrize(("address", "same"), [("2001:db8:1:2::1", True), ("2001:db8:2::1", False)])
    def test_networks_of_ipv6(self, address, same, rf):
        one = senders.network_of(rf.get("/", REMOTE_ADDR="2001:db8:1::1"))
        assert (senders.network_of(rf.get("/", REMOTE_ADDR=address)) == one) == same

    def test_what_nobody_confirms_is_forgotten(self, report, mailoutbox, client):
        report()
        ChangeRequest.objects.update(created_at=timezone.now() - timedelta(days=4))
        assert actions.clean_up() == 1
        assert client.get(link_in(mailoutbox[0])).status_code == 404

    @staticmethod
    def patient(clock):
        made = new_token()
        clock.now += 10
        return made


class TestLinks:
    @pytest.mark.parametrize("address", ["/antraege/bestaetigen/x/", "/antraege/nachricht/x/"])
    def test_forged_links(self, address, client):
        for response in (client.get(address), client.post(address)):
            assert response.status_code == 404
            assert "Dieser Link gilt nicht mehr" in response.text

    def test_a_link_works_for_one_purpose(self, client, report, mailoutbox):
        report()
        token = link_in(mailoutbox[0]).split("/")[-2]
        assert client.get(f"/antraege/nachricht/{token}/").status_code == 404

    def test_an_expired_link(self, client, report, mailoutbox, monkeypatch):
        report()
        later = signing.time.time() + 4 * 24 * 3600
        monkeypatch.setattr(signing.time, "time", lambda: later)
        assert client.post(link_in(mailoutbox[0])).status_code == 404

    def test_strangers_do_not_see_the_request_of_a_member(self, client, renaming, charlie, alice, bob):
        address = f"/antraege/{renaming.pk}/"
        assert client.get(address).status_code == 302
        for person, status in ((charlie, 404), (bob, 404), (alice, 200)):
            client.force_login(person)
            assert client.get(address).status_code == status


class TestRegisteringACarrier:
    @pytest.fixture
    def register(self, client, token, django_capture_on_commit_callbacks):
        def send(**fields):
            data = {
                "name": "Lotsenhaus",
                "carrier_type": CarrierType.objects.get(slug="landkreis").pk,
                "municipality": municipality("Fulda").pk,
                "postal_code": "36037",
                "phone": "0661 1",
                "message": "Arabisch und Dari",
                "sender_email": "neu@example.org",
                "form_token": token,
                **fields,
            }
            with django_capture_on_commit_callbacks(execute=True):
                return client.post("/traeger/anmelden/", data)

        return send

    def test_the_directory_leads_there(self, client):
        assert 'href="/traeger/anmelden/"' in client.get("/traeger/").text
        assert "Fulda, Landkreis Fulda" in client.get("/traeger/anmelden/").text

    def test_the_whole_way(self, client, register, bob, mailoutbox):
        assert register()["Location"] == "/antraege/abgeschickt/"
        client.post(link_in(mailoutbox[0]))
        actions.accept(request=ChangeRequest.objects.get(), by=bob)
        carrier = Carrier.objects.get()
        assert (carrier.name, carrier.slug, carrier.state, carrier.phone) == (
            "Lotsenhaus",
            "lotsenhaus",
            State.DRAFT,
            "0661 1",
        )

    def test_mistakes_are_said_and_nothing_is_lost(self, register):
        page = register(postal_code="99999", website="keine").text
        assert "Diese Postleitzahl gibt es in Hessen nicht." in page
        assert 'value="99999"' in page
        assert 'value="Lotsenhaus"' in page
        assert not ChangeRequest.objects.exists()

    def test_it_does_not_tell_which_names_exist(self, register):
        CarrierFactory(name="Lotsenhaus", state=State.DRAFT)
        assert register().status_code == 302

    def test_no_carrier_takes_this_address(self, client):
        assert CarrierFactory(name="Anmelden", slug="").slug == "anmelden-2"
        assert "Nachricht an das Kompetenzzentrum" in client.get("/traeger/anmelden/").text
