"""Editing in sections: nothing is lost, nobody is overwritten, risky changes wait."""

import pytest

from lotsen.models import Carrier
from tests.factories import UserFactory
from tests.workspace.members import HOME, opened, section, words
from vielfalt.listings import actions
from vielfalt.listings.models import ChangeRequest, RequestState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_contact_is_public_at_once(alice, carrier, client):
    data = opened(alice, section("kontakt")) | {"phone": "069 90009-222"}
    response = alice.post(section("kontakt"), data, follow=True)
    assert "ist gespeichert und öffentlich" in response.content.decode()
    assert "069 90009-222" in client.get(carrier.get_absolute_url()).content.decode()


def test_mistakes_keep_what_was_typed(alice, carrier):
    data = opened(alice, section("kontakt")) | {"email": "keine Adresse", "opening_hours": "Montag\nDienstag"}
    text = alice.post(section("kontakt"), data).content.decode()
    assert "Ihre Eingaben sind noch da." in text
    assert "keine Adresse" in text
    assert "Montag\nDienstag" in text
    carrier.refresh_from_db()
    assert carrier.email == "lotsen@example.org"


def test_two_people_change_different_fields(alice, bob, carrier):
    hers, his = opened(alice, section("kontakt")), opened(bob, section("kontakt"))
    alice.post(section("kontakt"), hers | {"phone": "069 90009-111"})
    bob.post(section("kontakt"), his | {"opening_hours": "Freitag"})
    carrier.refresh_from_db()
    assert (carrier.phone, carrier.opening_hours) == ("069 90009-111", "Freitag")


def test_two_people_change_the_same_field(alice, bob, carrier):
    hers, his = opened(alice, section("kontakt")), opened(bob, section("kontakt"))
    alice.post(section("kontakt"), hers | {"phone": "069 90009-111", "website": "https://a.example/"})
    response = bob.post(section("kontakt"), his | {"phone": "069 90009-222", "website": "https://b.example/"})
    assert response.status_code == 409
    conflicts = {one.name: (one.mine, one.theirs) for one in response.context["attempt"].conflicts}
    assert conflicts == {
        "phone": ("069 90009-222", "069 90009-111"),
        "website": ("https://b.example/", "https://a.example/"),
    }
    carrier.refresh_from_db()
    assert carrier.phone == "069 90009-111"
    again = his | {
        "phone": "069 90009-222",
        "website": "https://b.example/",
        "base": response.context["attempt"].base,
        "nimm-phone": "meine",
        "nimm-website": "andere",
    }
    assert bob.post(section("kontakt"), again).status_code == 302
    carrier.refresh_from_db()
    assert (carrier.phone, carrier.website) == ("069 90009-222", "https://a.example/")


def test_a_third_change_while_deciding_asks_again(alice, bob, carrier):
    his = opened(bob, section("kontakt"))
    Carrier.objects.update(phone="069 90009-111")
    response = bob.post(section("kontakt"), his | {"phone": "069 90009-222"})
    Carrier.objects.update(phone="069 90009-333")
    data = his | {"phone": "069 90009-222", "base": response.context["attempt"].base}
    assert bob.post(section("kontakt"), data).status_code == 409
    assert alice.get(section("kontakt")).status_code == 200


def test_a_double_click_writes_once(alice, carrier):
    data = opened(alice, section("kontakt")) | {"phone": "069 90009-222"}
    alice.post(section("kontakt"), data)
    carrier.refresh_from_db()
    changed = carrier.updated_at
    assert alice.post(section("kontakt"), data).status_code == 302
    carrier.refresh_from_db()
    assert carrier.updated_at == changed


def test_a_forged_base_overwrites_nobody_unseen(alice, carrier):
    data = opened(alice, section("kontakt")) | {"base": "gefälscht"}
    assert alice.post(section("kontakt"), data).status_code == 302


def test_an_expired_session_loses_nothing(alice, carrier):
    data = opened(alice, section("kontakt")) | {"opening_hours": "Lange getippt"}
    alice.cookies.clear()
    response = alice.post(section("kontakt"), data)
    assert response.status_code == 302
    assert "/konto/anmelden/" in response.headers["Location"]
    answer = alice.post(response.headers["Location"], {"login": "alice@example.org", "password": "x"})
    assert answer.status_code == 200
    alice.user.set_password("ein-gutes-passwort")
    alice.user.save()
    alice.user.vouch_for_address()
    answer = alice.post(response.headers["Location"], {"login": "alice@example.org", "password": "ein-gutes-passwort"})
    assert answer.headers["Location"] == section("kontakt")
    text = alice.get(section("kontakt")).content.decode()
    assert "Ihre Eingaben sind noch da." in text
    assert "Lange getippt" in text
    assert "Lange getippt" not in alice.get(section("kontakt")).content.decode()


def test_undo(alice, carrier):
    alice.post(section("kontakt"), opened(alice, section("kontakt")) | {"phone": "069 90009-222"})
    assert "rückgängig machen" in alice.get(HOME).content.decode()
    alice.post(f"{HOME}rueckgaengig/")
    carrier.refresh_from_db()
    assert carrier.phone == "069 90009-001"
    assert "rückgängig machen" not in alice.get(HOME).content.decode()


def test_undo_asks_where_somebody_went_on(alice, bob, carrier):
    alice.post(section("kontakt"), opened(alice, section("kontakt")) | {"phone": "069 90009-222"})
    bob.post(section("kontakt"), opened(bob, section("kontakt")) | {"phone": "069 90009-333"})
    assert alice.post(f"{HOME}rueckgaengig/").status_code == 409
    carrier.refresh_from_db()
    assert carrier.phone == "069 90009-333"


def test_risky_changes_wait_for_the_centre(alice, carrier, client):
    data = opened(alice, section("grunddaten")) | {"name": "Neuer Name"}
    response = alice.post(section("grunddaten"), data, follow=True)
    request = ChangeRequest.objects.get()
    assert (request.state, request.proposed, request.author) == (
        RequestState.SUBMITTED,
        {"name": "Neuer Name"},
        alice.user,
    )
    assert "Das Kompetenzzentrum sieht sich Ihren Antrag an." in response.content.decode()
    assert "Neuer Name" not in client.get(carrier.get_absolute_url()).content.decode()
    assert "Neuer Name" in words(alice.get(f"/antraege/{request.pk}/"))
    alice.post(section("grunddaten"), data)
    assert ChangeRequest.objects.count() == 1


def test_a_stale_proposal_shows_the_conflict_to_the_centre(alice, carrier):
    data = opened(alice, section("grunddaten")) | {"name": "Vorschlag"}
    Carrier.objects.update(name="Inzwischen anders")
    alice.post(section("grunddaten"), data)
    request = ChangeRequest.objects.get()
    with pytest.raises(actions.ConflictError):
        actions.accept(request=request, by=UserFactory(is_staff=True, is_superuser=True))
