"""What the network says to a proposal: once, in somebody's name, and never lost."""

import re
from uuid import uuid4

import pytest

from leitfaden.rounds.models import Phase, Remark
from tests.rounds.rounds import admitted, let_it_be

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussed(round_, hanau, alice, staff):
    proposal = admitted(round_, hanau, alice, ("eins", "eins, aber neu"), staff=staff)
    let_it_be(round_, Phase.DISCUSS)
    return proposal


def say(client, proposal, text, **more):
    return client.post(proposal.get_absolute_url(), {"aktion": "beitrag", "text": text, **more})


@pytest.fixture
def of_bob(client, bob):
    client.force_login(bob)
    return client


def test_a_double_click_writes_once(discussed, of_bob, fulda):
    token = re.search(r'name="token" value="([^"]+)"', of_bob.get(discussed.get_absolute_url()).content.decode())[1]
    first, second = (say(of_bob, discussed, "Gut so.", token=token) for _ in range(2))
    assert first["Location"] == second["Location"]
    remark = Remark.objects.get()
    assert (remark.participant.name, remark.is_internal) == ("Lotsen Fulda", False)


def test_the_same_words_twice_are_two_remarks(discussed, of_bob):
    for _ in range(2):
        say(of_bob, discussed, "Ja.", token=uuid4())
    assert Remark.objects.count() == 2


def test_empty_and_too_long(discussed, of_bob):
    assert say(of_bob, discussed, " ").status_code == 422
    long = "wort " * 2000
    response = say(of_bob, discussed, long)
    assert response.status_code == 422
    assert "Dieser Text ist zu lang" in response.content.decode()
    assert long.strip() in response.content.decode()


def test_after_the_round_nothing_is_added_and_nothing_lost(discussed, round_, of_bob, staff):
    from leitfaden.rounds import planning

    planning.cancel(round_=round_, reason="Zu wenige.", by=staff)
    response = say(of_bob, discussed, "Mein Text.")
    assert response.status_code == 409
    assert "Diese Runde ist beendet." in response.content.decode()
    assert "Mein Text." in response.content.decode()


@pytest.mark.parametrize(
    ("name", "status"), [("charlie", 404), ("researcher", 404), ("network", 302), ("editor", 302), ("staff", 302)]
)
def test_who_may_speak(discussed, readers, name, status):
    assert say(readers(name), discussed, "Mein Text.").status_code == status
    assert Remark.objects.count() == (status == 302)


def test_only_the_staff_write_for_themselves(discussed, readers, of_bob):
    say(readers("staff"), discussed, "Unter uns.", is_internal="on")
    say(of_bob, discussed, "Für alle.", is_internal="on")
    assert dict(Remark.objects.values_list("text", "is_internal")) == {"Unter uns.": True, "Für alle.": False}


def test_from_whom_it_comes(discussed, readers, of_bob):
    say(of_bob, discussed, "Aus Fulda.")
    say(readers("network"), discussed, "Aus Kassel.")
    say(readers("staff"), discussed, "Von uns.")
    page = readers("manager").get(discussed.get_absolute_url()).content.decode()
    assert re.findall(r'id="von-\d+">([^<]+)<', page) == ["Lotsen Fulda", "Netzwerk", "Redaktion"]
    own = of_bob.get(discussed.get_absolute_url()).content.decode()
    assert re.findall(r'id="von-\d+">([^<]+)<', own)[0] == "Bob, Lotsen Fulda"
