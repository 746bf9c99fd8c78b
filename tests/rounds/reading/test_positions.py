"""Taking positions on the page of a proposal: with reasons, in time, about the wording that one has read."""

import re

import pytest
import time_machine
from django.utils import timezone

from leitfaden.rounds import proposing, voting
from leitfaden.rounds.models import Phase, Position, Proposal, Stance
from tests.leitfaden.texts import text
from tests.rounds.rounds import DAY, admitted, as_participant, let_it_be, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussed(round_, hanau, alice, staff):
    """A proposal of Hanau about which everybody is asked."""
    proposal = admitted(round_, hanau, alice, ("eins", "eins, aber neu"), staff=staff)
    let_it_be(round_, Phase.DISCUSS)
    return Proposal.objects.get(pk=proposal.pk)


def send(client, proposal, participant, stance, reason="", version=None):
    """Send the form of a carrier as its page has it."""
    prefix = f"position-{participant.pk}"
    return client.post(
        proposal.get_absolute_url(),
        {
            "aktion": "position",
            "traeger": participant.pk,
            f"{prefix}-stance": stance,
            f"{prefix}-reason": reason,
            f"{prefix}-version": version or proposal.current_id,
        },
    )


def reword(proposal, words, by):
    change = proposing.reopen(proposal=proposal, by=by).changes.get()
    proposing.keep_wording(proposal=proposal, seen=change.seen, content=text(words), mark=change.mark, by=by)
    proposing.resubmit(proposal=proposal, by=by)


@pytest.fixture
def of_bob(client, bob):
    client.force_login(bob)
    return client


def test_a_manager_takes_a_position_and_changes_it(discussed, round_, fulda, of_bob):
    participant = as_participant(round_, fulda)
    page = of_bob.get(discussed.get_absolute_url()).content.decode()
    assert page.count('type="radio"') == 5
    assert "Ändern können Sie Ihre Position bis zum" in page
    assert send(of_bob, discussed, participant, "zustimmung").status_code == 302
    assert "<strong>Zustimmung</strong>" in of_bob.get(discussed.get_absolute_url()).content.decode()
    send(of_bob, discussed, participant, "veto", "Das geht nicht.")
    position = Position.objects.get()
    assert (position.stance, position.reason) == (Stance.VETO, "Das geht nicht.")
    page = of_bob.get(discussed.get_absolute_url()).content.decode()
    history = page[page.index("Verlauf Ihrer Position") :]
    assert re.findall(r"zu Fassung 1 · <strong>([^<]+)", history) == ["Veto", "Zustimmung"]


def test_concerns_need_a_reason_and_nothing_is_lost(discussed, round_, fulda, of_bob):
    response = send(of_bob, discussed, as_participant(round_, fulda), "leichte-bedenken", "  ")
    assert response.status_code == 422
    assert "Bitte schreiben Sie eine Begründung." in response.content.decode()
    assert re.search(r'value="leichte-bedenken"[^>]*checked', response.content.decode())
    assert not Position.objects.exists()


def test_who_chooses_nothing_is_asked_to(discussed, round_, fulda, of_bob):
    response = send(of_bob, discussed, as_participant(round_, fulda), "", "Das habe ich geschrieben.")
    assert response.status_code == 422
    assert "Bitte wählen Sie, wie Sie dazu stehen." in response.content.decode()
    assert "Das habe ich geschrieben." in response.content.decode()


def test_too_late_is_said_with_what_was_written(discussed, round_, fulda, of_bob):
    let_it_be(round_, Phase.CONSOLIDATE)
    response = send(of_bob, discussed, as_participant(round_, fulda), "veto", "Mein langer Text.")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Die Frist für Positionen ist vorbei." in page
    assert re.search(r"Nicht gespeichert. Das hatten Sie geschrieben:.*Veto.*Mein langer Text\.", page, re.DOTALL)
    assert 'value="position"' not in page
    assert not Position.objects.exists()


def test_a_new_wording_asks_again(discussed, round_, fulda, alice, of_bob):
    participant = as_participant(round_, fulda)
    send(of_bob, discussed, participant, "zustimmung")
    reword(Proposal.objects.get(pk=discussed.pk), "eins, ganz anders", alice)
    page = of_bob.get(discussed.get_absolute_url()).content.decode()
    assert "Der Vorschlag hat eine neue Fassung." in page
    assert "Zu Fassung 1 hieß es von Ihnen: Zustimmung. Das zählt nicht mehr." in page
    assert "0 von 2 haben sich geäußert." in page
    assert "checked" not in page


def test_a_position_on_an_old_wording_is_not_taken_but_kept(discussed, round_, fulda, alice, of_bob):
    old = discussed.current_id
    reword(Proposal.objects.get(pk=discussed.pk), "eins, ganz anders", alice)
    response = send(of_bob, discussed, as_participant(round_, fulda), "veto", "Mein Text.", version=old)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Der Vorschlag hat inzwischen eine neue Fassung." in page
    assert "Mein Text." in page
    assert not Position.objects.exists()
    # What the page shows now can be sent as it is.
    now = Proposal.objects.get(pk=discussed.pk).current_id
    assert f'value="{now}"' in page
    assert send(of_bob, discussed, as_participant(round_, fulda), "veto", "Mein Text.", version=now).status_code == 302


def test_what_is_withdrawn_meanwhile_gives_the_text_back(discussed, round_, fulda, alice, of_bob):
    proposing.withdraw(proposal=discussed, by=alice)
    response = send(of_bob, discussed, as_participant(round_, fulda), "veto", "Mein Text.")
    assert response.status_code == 404
    assert "Mein Text." in response.content.decode()


def test_nobody_speaks_for_a_carrier_but_its_managers(discussed, round_, hanau, fulda, client, readers, staff):
    participant = as_participant(round_, fulda)
    for name in ("charlie", "network", "editor", "manager", "staff"):
        assert send(readers(name), discussed, participant, "zustimmung").status_code == 404, name
    assert not Position.objects.exists()


def test_two_managers_of_one_carrier_share_its_position(discussed, round_, fulda, of_bob):
    from django.test import Client

    participant, other = as_participant(round_, fulda), Client()
    other.force_login(member(fulda, "Berta"))
    send(of_bob, discussed, participant, "zustimmung")
    send(other, discussed, participant, "enthaltung")
    assert Position.objects.get().stance == Stance.ABSTAIN
    page = of_bob.get(discussed.get_absolute_url()).content.decode()
    assert re.findall(r"<strong>(Zustimmung|Enthaltung)</strong> · (\w+)", page) == [
        ("Enthaltung", "Berta"),
        ("Zustimmung", "Bob"),
    ]


def test_who_manages_two_carriers_has_two_forms(discussed, round_, hanau, fulda, bob, of_bob):
    from lotsen.models import CarrierMembership

    CarrierMembership.objects.create(organisation=hanau, user=bob, role="leitung")
    page = of_bob.get(discussed.get_absolute_url()).content.decode()
    assert page.count('value="position"') == 2
    send(of_bob, discussed, as_participant(round_, hanau), "zustimmung")
    send(of_bob, discussed, as_participant(round_, fulda), "enthaltung")
    assert {one.participant.name: one.stance for one in Position.objects.all()} == {
        "Lotsen Hanau": "zustimmung",
        "Lotsen Fulda": "enthaltung",
    }


@pytest.mark.parametrize(("answer", "left"), [("bestaetigen", [True]), ("ablehnen", [])])
def test_the_carrier_settles_what_the_staff_entered(discussed, round_, fulda, staff, of_bob, answer, left):
    participant = as_participant(round_, fulda)
    voting.take_position(
        version=discussed.current,
        participant=participant,
        stance=Stance.MINOR,
        reason="Vom Papier.",
        on_behalf=True,
        by=staff,
    )
    let_it_be(round_, Phase.CONSOLIDATE)
    page = of_bob.get(discussed.get_absolute_url()).content.decode()
    assert "Die Redaktion hat für Sie eingetragen: Leichte Bedenken." in page
    assert "0 von 2 haben sich geäußert." in page
    response = of_bob.post(discussed.get_absolute_url(), {"aktion": answer, "traeger": participant.pk})
    assert response.status_code == 302
    assert list(Position.objects.values_list("is_confirmed", flat=True)) == left


def test_what_was_entered_is_read_by_its_carrier_and_the_staff(discussed, round_, fulda, staff, of_bob, readers):
    voting.take_position(
        version=discussed.current,
        participant=as_participant(round_, fulda),
        stance=Stance.MINOR,
        reason="Vom Papier.",
        on_behalf=True,
        by=staff,
    )
    for name, reads in {"anonymous": False, "network": False, "manager": False, "staff": True}.items():
        assert ("Vom Papier." in readers(name).get(discussed.get_absolute_url()).content.decode()) == reads, name
    assert "Vom Papier." in of_bob.get(discussed.get_absolute_url()).content.decode()


def test_whose_session_has_ended_finds_the_text_again(discussed, round_, fulda, bob, client):
    response = send(client, discussed, as_participant(round_, fulda), "veto", "Mein Text.")
    assert response.status_code == 302
    assert "anmelden" in response["Location"]
    client.force_login(bob)
    page = client.get(discussed.get_absolute_url()).content.decode()
    assert "Ihr Text ist noch da." in page
    assert "Mein Text." in page
    assert not Position.objects.exists()


def test_the_fast_lane_explains_itself(round_, hanau, fulda, alice, staff, of_bob):
    proposal = admitted(round_, hanau, alice, ("eins", "eins."), staff=staff)
    Proposal.objects.filter(pk=proposal.pk).update(is_editorial=True)
    page = of_bob.get(proposal.get_absolute_url()).content.decode()
    assert "Kurzer Weg:" in page
    assert 'value="position"' in page
    send(of_bob, proposal, as_participant(round_, fulda), "leichte-bedenken", "Lieber nicht.")
    page = of_bob.get(proposal.get_absolute_url()).content.decode()
    assert "Kurzer Weg:" not in page
    assert 'value="position"' not in page


def test_without_concerns_it_passes_after_ten_days(round_, hanau, alice, staff, of_bob):
    proposal = admitted(round_, hanau, alice, ("eins", "eins."), staff=staff)
    Proposal.objects.filter(pk=proposal.pk).update(is_editorial=True)
    with time_machine.travel(timezone.now() + 11 * DAY):
        page = of_bob.get(proposal.get_absolute_url()).content.decode()
    assert "Schon angenommen." in page
    assert 'value="position"' not in page
