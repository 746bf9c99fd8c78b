""" "Mein Bereich": publishing, changing and ending notices without losing anything."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lotsen.models import CarrierMembership
from tests.factories import CarrierFactory, NoticeFactory
from vielfalt.listings.models import State
from vielfalt.notices.actions import MOST_RUNNING
from vielfalt.notices.models import Notice, Subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

NEW = "/mein/sucht-bietet/neu/"
MINE = "/mein/sucht-bietet/"


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def filled(carrier, **fields):
    return {
        "direction": "sucht",
        "subject": Subject.objects.get(slug="raeume").pk,
        "title": "Raum für 20 Menschen",
        "text": "Samstags von 10 bis 12 Uhr.",
        "municipality": carrier.municipality_id,
        "ends_on": in_days(30).isoformat(),
        "form_token": str(uuid4()),
        **fields,
    }


def opened(client, url):
    """Return a notice's form as a browser would send it back."""
    response = client.get(url)
    form = response.context["form"]
    return {"base": response.context["attempt"].base} | {name: form[name].value() for name in form.fields}


def test_a_notice_is_public_at_once(alice, carrier, client):
    response = alice.post(NEW, filled(carrier), follow=True)
    assert "„Raum für 20 Menschen“ ist jetzt öffentlich." in response.text
    assert "Samstags von 10 bis 12 Uhr." in client.get("/sucht-bietet/").text


def test_a_double_click_publishes_once(alice, carrier):
    data = filled(carrier)
    alice.post(NEW, data)
    alice.post(NEW, data)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends_on": "2020-01-01"}, "Bitte wählen Sie einen Tag ab heute, höchstens ein Jahr im Voraus."),
        ({"ends_on": "9999-12-31"}, "Bitte wählen Sie einen Tag ab heute, höchstens ein Jahr im Voraus."),
        ({"ends_on": "bald"}, "Bitte ein gültiges Datum eingeben."),
        ({"title": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"title": "x" * 101}, "höchstens 100 Zeichen"),
        ({"direction": "tauscht"}, "tauscht ist keine gültige Auswahl"),
        ({"subject": "0"}, "Bitte eine gültige Auswahl treffen"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(alice, carrier, fields, sentence):
    response = alice.post(NEW, filled(carrier, **fields))
    assert sentence in response.text
    assert "Samstags von 10 bis 12 Uhr." in response.text
    assert not Notice.objects.exists()


def test_whoever_looks_after_several_organisations_says_which(alice, carrier):
    second = CarrierFactory(name="Zweiter Träger")
    CarrierMembership.objects.create(organisation=second, user=alice.user)
    assert "Für welche Organisation?" in alice.get(NEW).text
    alice.post(NEW, filled(carrier, organisation=f"lotsen.carrier:{second.pk}"))
    assert Notice.objects.get().organisation == second


def test_nobody_speaks_for_an_organisation_of_others(charlie, carrier):
    CarrierMembership.objects.create(organisation=CarrierFactory(), user=charlie.user)
    response = charlie.post(NEW, filled(carrier, organisation=f"lotsen.carrier:{carrier.pk}"))
    assert "keine gültige Auswahl" in response.text
    assert not Notice.objects.exists()


def test_without_an_organisation_there_is_nothing_to_publish(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("dora@example.org"))
    assert client.get(NEW).url == MINE
    assert "Sie gehören noch zu keinem Team." in client.get(MINE).text


def test_too_many_notices_at_once(alice, carrier):
    for _ in range(MOST_RUNNING):
        NoticeFactory(organisation=carrier)
    response = alice.post(NEW, filled(carrier))
    assert "Mehr als 20 Anzeigen auf einmal liest niemand." in response.text
    assert Notice.objects.count() == MOST_RUNNING


def test_an_expired_session_keeps_what_was_typed(alice, carrier):
    data = filled(carrier)
    user = alice.user
    alice.logout()
    alice.post(NEW, data)
    alice.force_login(user)
    assert "Samstags von 10 bis 12 Uhr." in alice.get(NEW).text


def test_a_notice_is_prolonged(bob, carrier, client):
    notice = NoticeFactory(organisation=carrier, title="Schon vorbei", ends_on=in_days(-3))
    assert "Schon vorbei" not in client.get("/sucht-bietet/").text
    url = f"{MINE}{notice.pk}/"
    bob.post(url, opened(bob, url) | {"ends_on": in_days(10).isoformat()})
    assert "Schon vorbei" in client.get("/sucht-bietet/").text


def test_two_people_change_the_same_field(alice, bob, carrier):
    notice = NoticeFactory(organisation=carrier, title="Raum")
    url = f"{MINE}{notice.pk}/"
    hers, his = opened(alice, url), opened(bob, url)
    alice.post(url, hers | {"title": "Großer Raum"})
    response = bob.post(url, his | {"title": "Kleiner Raum"})
    assert response.status_code == 409
    assert "Großer Raum" in response.text
    assert "Kleiner Raum" in response.text
    again = his | {"title": "Kleiner Raum", "nimm-title": "meine", "base": response.context["attempt"].base}
    assert bob.post(url, again).status_code == 302
    notice.refresh_from_db()
    assert notice.title == "Kleiner Raum"


def test_a_session_that_ended_while_changing_loses_nothing(alice, carrier):
    url = f"{MINE}{NoticeFactory(organisation=carrier).pk}/"
    data, user = opened(alice, url) | {"text": "Neu und wichtig"}, alice.user
    alice.logout()
    alice.post(url, data)
    alice.force_login(user)
    assert "Neu und wichtig" in alice.get(url).text


def test_a_notice_is_ended(bob, carrier, client):
    notice = NoticeFactory(organisation=carrier, title="Erledigt")
    for _ in range(2):
        bob.post(f"{MINE}{notice.pk}/beenden/")
    assert "Erledigt" not in client.get("/sucht-bietet/").text
    assert "Erledigt" in bob.get(MINE).text
    assert not Notice.objects.get().is_running


def test_strangers_change_nothing(charlie, carrier):
    notice = NoticeFactory(organisation=carrier)
    assert charlie.get(f"{MINE}{notice.pk}/").status_code == 404
    assert charlie.post(f"{MINE}{notice.pk}/", {}).status_code == 404
    assert charlie.post(f"{MINE}{notice.pk}/beenden/").status_code == 404
    assert Notice.objects.get().is_running


def test_members_learn_why_a_notice_is_not_public(alice, carrier):
    NoticeFactory(organisation=carrier, withheld_because="Private Telefonnummer")
    assert "Private Telefonnummer" in alice.get(MINE).text


def test_a_notice_of_an_unpublished_organisation_waits(alice, carrier, client):
    NoticeFactory(organisation=carrier, title="Zu früh")
    type(carrier).objects.update(state=State.DRAFT)
    assert "Zu früh" not in client.get("/sucht-bietet/").text
    assert "Erst muss der Eintrag Ihrer Organisation veröffentlicht sein." in alice.get(MINE).text
