"""What the staff's desk says about rounds, and to whom."""

import pytest
from django.test import RequestFactory

from leitfaden.rounds import planning, proposing, reviewing
from leitfaden.rounds.desk import panels
from leitfaden.rounds.models import Phase
from tests.factories import UserFactory, curator
from tests.rounds.rounds import admitted, entered, let_it_be, submitted, times

pytestmark = pytest.mark.django_db


def panel(client, user):
    client.force_login(user)
    shown = client.get("/verwaltung/").context["panels"]
    return next((one for one in shown if one.key == "leitfaden-rounds"), None)


def test_what_waits_in_the_round(client, round_, hanau, fulda, alice, bob, staff):
    first = submitted(round_, hanau, alice, ("eins", "eins!"), title="Zuerst")
    second = submitted(round_, fulda, bob, ("zwei", "zwei!"), title="Danach")
    reviewing.ask(proposal=submitted(round_, hanau, alice, ("drei", "drei!")), reason="Warum?", by=staff)
    admitted(round_, fulda, bob, ("drei", "drei?"), staff=staff)
    entered(round_, hanau, staff, ("eins", "eins?"))
    curating = curator("Redaktion Leitfaden")
    shown = panel(client, curating)
    assert shown.title == "Frühjahrsrunde: 2 Vorschläge warten"
    assert shown.hint.startswith("Vorschlagen, bis ")
    assert [item.text for item in shown.items] == [f"{first}: Zuerst", f"{second}: Danach"]
    assert shown.items[0].detail.startswith("Lotsen Hanau, ")
    assert [figure.number for figure in shown.figures] == [2, 1, 1, 1, 0]
    for link in (*shown.items, *shown.figures):
        assert client.get(link.url).status_code == 200
    proposing.withdraw(proposal=second, by=bob)
    reviewing.admit(proposal=first, by=staff)
    let_it_be(round_, Phase.CONSOLIDATE)
    shown = panel(client, curating)
    assert (shown.title, shown.hint) == ("Frühjahrsrunde: 0 Vorschläge warten", "Zusammenführen")
    assert shown.items == []


def test_without_a_round_the_way_to_the_next(client, document, staff, hanau):
    values = {"title": "Herbst", "about": "", "quorum": 1, **times()}
    planning.save_round(document=document, values=values, organisations=[hanau], by=staff)
    shown = panel(client, curator("Redaktion Leitfaden"))
    assert (shown.hint, shown.items) == ("Zurzeit läuft keine Runde.", [])
    assert [(figure.label, figure.number) for figure in shown.figures] == [("in Vorbereitung", 1)]
    assert client.get(shown.figures[0].url).status_code == 200


def test_other_staff_have_no_such_panel(client, round_):
    assert panel(client, UserFactory(is_staff=True)) is None


def test_who_edits_the_text_finds_the_rounds(client, round_, staff):
    client.force_login(staff)
    assert 'href="/leitfaden/runden/verwalten/"' in client.get("/leitfaden/bearbeiten/").text
    client.force_login(curator("Redaktion Leitfaden"))
    assert 'href="/leitfaden/runden/verwalten/"' in client.get("/leitfaden/bearbeiten/").text


def test_who_curates_the_text_does_not_evaluate_rounds(reference_data):
    rights = curator("Redaktion Leitfaden").get_all_permissions()
    assert "rounds.change_round" in rights
    assert "rounds.research_round" not in rights


@pytest.mark.parametrize("number", [1, 10])
def test_queries_do_not_grow(number, client, round_, hanau, alice, django_assert_num_queries):
    for at in range(number):
        submitted(round_, hanau, alice, ("eins", f"eins {at}"))
    request = RequestFactory().get("/verwaltung/")
    request.user = curator("Redaktion Leitfaden")
    assert request.user.has_perm("rounds.change_round")
    with django_assert_num_queries(3):
        panels(request)
