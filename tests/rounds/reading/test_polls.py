"""Passages over which proposals fight: options beside each other, and resistance that nobody sees before the end."""

import re

import pytest

from leitfaden.rounds import proposing
from leitfaden.rounds.models import Phase, Resistance
from tests.leitfaden.texts import passage
from tests.rounds.rounds import admitted, as_participant, let_it_be

pytestmark = pytest.mark.django_db


@pytest.fixture
def rivals(round_, hanau, fulda, alice, bob, staff):
    """Two proposals for one passage, in the vote."""
    found = [
        admitted(round_, hanau, alice, ("eins", "eins muss"), staff=staff, title="Strenger"),
        admitted(round_, fulda, bob, ("eins", "eins kann"), staff=staff, title="Milder"),
    ]
    let_it_be(round_, Phase.VOTE)
    return found


@pytest.fixture
def address(document, round_):
    return f"/leitfaden/runden/{round_.number}/streit/{passage(document, 'eins').anchor}/"


def answer(client, address, participant, values, shown=None):
    prefix = f"widerstand-{participant.pk}"
    return client.post(
        address,
        {
            "traeger": participant.pk,
            "gezeigt": shown or list(values),
            **{f"{prefix}-{name}": value for name, value in values.items()},
        },
    )


def values_of(rivals, *numbers):
    """The answers to the options in their order; the last one is that it stays."""
    return dict(
        zip([f"fassung-{rivals[0].current_id}", f"fassung-{rivals[1].current_id}", "bisher"], numbers, strict=True)
    )


def test_all_options_stand_beside_each_other(rivals, address, client):
    page = client.get(address).content.decode()
    options = re.findall(r'<li class="option">\s*<h3>(?:<a[^>]*>)?([^<]+)', page)
    assert options == ["Vorschlag 1: Strenger", "Vorschlag 2: Milder", "Es bleibt, wie es ist"]
    assert page.count("Verbindlichkeit geändert") == 2
    assert "Das Ergebnis sehen alle, sobald die Abstimmung zu Ende ist" in page
    assert 'type="radio"' not in page


def test_a_carrier_answers_and_changes_its_mind(rivals, address, round_, fulda, bob, client):
    client.force_login(bob)
    participant = as_participant(round_, fulda)
    assert client.get(address).content.decode().count('type="radio"') == 33
    assert answer(client, address, participant, values_of(rivals, 10, 0, 5)).status_code == 302
    answer(client, address, participant, values_of(rivals, 9, 1, 5))
    assert dict(Resistance.objects.values_list("version", "value")) == {
        rivals[0].current_id: 9,
        rivals[1].current_id: 1,
        None: 5,
    }
    page = client.get(address).content.decode()
    assert re.findall(r'class="number">(\d+)</strong>', page) == ["9", "1", "5"]


def test_sums_are_shown_after_the_end_only(rivals, address, round_, fulda, bob, client, readers):
    client.force_login(bob)
    answer(client, address, as_participant(round_, fulda), values_of(rivals, 10, 0, 5))
    for name in ("anonymous", "manager", "staff"):
        assert "<caption>" not in readers(name).get(address).content.decode(), name
    let_it_be(round_, Phase.CONSOLIDATE)
    page = readers("anonymous").get(address).content.decode()
    rows = re.findall(r'<th scope="row">([^<]+)</th>.*?<span class="number">([^<]+)<', page)
    assert rows == [("Vorschlag 2: Milder", "0,0"), ("Es bleibt, wie es ist", "5,0"), ("Vorschlag 1: Strenger", "10,0")]
    assert "Lotsen Fulda:" not in page


def test_every_option_needs_a_number(rivals, address, round_, fulda, bob, client):
    client.force_login(bob)
    values = values_of(rivals, 7, "", 11)
    response = answer(client, address, as_participant(round_, fulda), values)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Bitte geben Sie auch hier eine Zahl an." in page
    assert re.search(r'value="7"[^>]*checked', page)
    assert not Resistance.objects.exists()


def test_too_late_is_said_with_what_was_chosen(rivals, address, round_, fulda, bob, client):
    client.force_login(bob)
    let_it_be(round_, Phase.CONSOLIDATE)
    response = answer(client, address, as_participant(round_, fulda), values_of(rivals, 7, 2, 0))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Das geht nur, solange die Abstimmung läuft." in page
    assert "Vorschlag 1: Strenger: 7" in page
    assert not Resistance.objects.exists()


def test_other_options_than_those_seen(rivals, address, round_, hanau, fulda, alice, bob, staff, client):
    client.force_login(bob)
    let_it_be(round_, Phase.COLLECT)
    admitted(round_, hanau, alice, ("eins", "eins soll"), staff=staff, title="Dazwischen")
    let_it_be(round_, Phase.VOTE)
    shown = list(values_of(rivals, 0, 0, 0))
    response = answer(client, address, as_participant(round_, fulda), values_of(rivals, 7, 2, 0), shown)
    assert response.status_code in (409, 422)
    assert re.search(r'value="7"[^>]*checked', response.content.decode())
    assert not Resistance.objects.exists()


def test_who_does_not_speak_for_a_carrier_cannot_answer(rivals, address, round_, fulda, readers):
    participant = as_participant(round_, fulda)
    for name in ("charlie", "network", "editor", "manager", "staff"):
        assert answer(readers(name), address, participant, values_of(rivals, 1, 2, 3)).status_code == 404, name
    assert "anmelden" in answer(readers("anonymous"), address, participant, values_of(rivals, 1, 2, 3))["Location"]
    assert not Resistance.objects.exists()


def test_without_two_rivals_there_is_no_poll(rivals, address, bob, client):
    proposing.withdraw(proposal=rivals[1], by=bob)
    assert client.get(address).status_code == 404


def test_few_queries(rivals, address, readers, django_assert_num_queries):
    manager = readers("manager")
    with django_assert_num_queries(19):
        manager.get(address)
