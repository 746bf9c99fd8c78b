"""A draft's page, submitting it, and what a carrier does with a proposal afterwards."""

import pytest

from leitfaden.rounds import proposing, reviewing
from leitfaden.rounds.models import Operation, Phase, Proposal, ProposalState
from leitfaden.trees import load_tree
from tests.leitfaden.texts import text
from tests.rounds.rounds import admitted, as_participant, draft, let_it_be, member, running_round, submitted
from tests.rounds.writing.pages import JSON, hidden, passage, proposed, send, text_of, url
from vielfalt.accounts.models import Role

pytestmark = pytest.mark.django_db

MINE = "/mein/leitfaden/"


@pytest.fixture
def editor(hanau):
    """Works for the carrier in Hanau without leading it."""
    return member(hanau, "Carla", Role.EDITOR)


@pytest.fixture
def mine(round_, hanau, alice, client):
    """A draft of Alice, who is logged in."""
    client.force_login(alice)
    return draft(round_, hanau, alice, ("eins", "eins neu"))


def page_of(proposal):
    return url("draft", proposal)


def about(**more):
    return {"title": "Kürzer", "reason": "Das versteht man besser.", **more}


# The page


def test_what_it_shows(mine, round_, fulda, bob, staff, client):
    other = admitted(round_, fulda, bob, ("eins", "eins!"), staff=staff, title="Ausrufezeichen")
    said = text_of(client.get(page_of(mine)))
    assert "1 Änderung" in said
    assert "[neu: neu" in said
    assert f"Vorschlag {other.number}: Ausrufezeichen" in said
    assert "1 Vorschlag betrifft dieselben Absätze" in said
    assert "Weiter zum Einreichen" in said


def test_what_goes_touches_all_below(mine, round_, fulda, bob, staff, alice, client):
    admitted(round_, fulda, bob, ("drei", "drei!"), staff=staff)
    assert "betrifft dieselben" not in text_of(client.get(page_of(mine)))
    section = passage(round_, "Einführung")
    proposing.keep_removal(proposal=mine, seen=section.version, by=alice)
    assert "1 Vorschlag betrifft dieselben Absätze" in text_of(client.get(page_of(mine)))


def test_title_and_reason(mine, client):
    assert send(client, page_of(mine), **about()).status_code == 302
    version = mine.versions.get()
    assert [version.title, version.reason] == ["Kürzer", "Das versteht man besser."]


def test_kept_while_one_writes(mine, client):
    sent = {**hidden(client.get(page_of(mine))), **about(), "aktion": "entwurf"}
    answer = client.post(page_of(mine), sent, headers=JSON).json()
    assert answer["message"].startswith("Gesichert um")
    sent |= {**answer["values"], **about(title="Noch kürzer")}
    assert client.post(page_of(mine), sent, headers=JSON).status_code == 200
    assert mine.versions.get().title == "Noch kürzer"


def test_two_colleagues_say_what_it_is_about(mine, editor, client, client_of):
    sent = {**hidden(client.get(page_of(mine))), **about(reason="Alices Grund")}
    send(client_of(editor), page_of(mine), **about(reason="Carlas Grund"))
    assert client.post(page_of(mine), {**sent, "aktion": "entwurf"}, headers=JSON).status_code == 409
    clash = client.post(page_of(mine), sent)
    assert clash.status_code == 409
    said = text_of(clash)
    assert "Carlas Grund" in said
    assert "Alices Grund" in said
    assert mine.versions.get().reason == "Carlas Grund"
    assert client.post(page_of(mine), {**sent, **hidden(clash), "reason": "Unser Grund"}).status_code == 302
    assert mine.versions.get().reason == "Unser Grund"


def test_too_long_is_said_and_kept(mine, client):
    answer = send(client, page_of(mine), **about(title="x" * 201))
    assert answer.status_code == 422
    assert "x" * 201 in answer.content.decode()


def test_only_the_author_consents_to_being_named(mine, editor, client, client_of):
    assert "Meinen Namen nennen" in text_of(client.get(page_of(mine)))
    assert "Meinen Namen nennen" not in text_of(client_of(editor).get(page_of(mine)))
    send(client_of(editor), page_of(mine), **about(names_author="on"))
    assert not Proposal.objects.get().names_author
    send(client, page_of(mine), **about(names_author="on"))
    assert Proposal.objects.get().names_author
    # A colleague who saves does not take the consent back either.
    send(client_of(editor), page_of(mine), **about())
    assert Proposal.objects.get().names_author


def test_drop_a_change(mine, client):
    change = mine.versions.get().changes.get()
    sent = {"aenderung": change.pk, "marke": change.mark}
    assert client.post(url("drop", mine), sent).status_code == 302
    assert proposed(mine) == []
    said = text_of(client.get(client.post(url("drop", mine), sent).url))
    assert "nicht mehr im Entwurf" in said
    assert "Noch ändert dieser Entwurf nichts." in said


def test_drop_not_what_a_colleague_just_wrote(mine, round_, editor, client):
    change = mine.versions.get().changes.get()
    node = passage(round_, "eins")
    proposing.keep_wording(proposal=mine, seen=node.version, content=text("Carla"), mark=change.mark, by=editor)
    answer = client.post(url("drop", mine), {"aenderung": change.pk, "marke": change.mark})
    assert "Nicht weggelassen" in text_of(client.get(answer.url))
    assert proposed(mine) == [(Operation.REPLACE, "Carla")]


@pytest.mark.parametrize("number", ["", "abc", "9" * 30, "0"])
def test_drop_nonsense(mine, client, number):
    assert client.post(url("drop", mine), {"aenderung": number}).status_code == 302
    assert proposed(mine) == [(Operation.REPLACE, "eins neu")]


def test_another_passage(mine, round_, client):
    module = passage(round_, "Rolle und Aufgaben")
    page = client.get(f"{url('pick', mine)}?kapitel={module.anchor}")
    address = url("write", mine, anchor=passage(round_, "zwei").anchor)
    assert address in page.content.decode()
    assert client.get(f"{url('pick', mine)}?kapitel=xyz").status_code == 404
    send(client, address, html="<p>zwei neu</p>")
    assert [words for _operation, words in proposed(mine)] == ["eins neu", "zwei neu"]


def test_a_text_that_changed_before_the_draft_came_along(document, hanau, alice, staff, client):
    """A draft of the last round: what it was about says something else in the text of the new one."""
    from leitfaden.changes import Edit
    from leitfaden.rounds import planning
    from tests.leitfaden.texts import save

    first = running_round(document, [hanau], staff)
    known = draft(first, hanau, alice, ("eins", "eins neu"))
    save(document, Edit(passage(first, "eins").version, text("eins anders")), by=staff)
    document.refresh_from_db()
    planning.cancel(round_=first, reason="Zu früh.", by=staff)
    second = running_round(document, [hanau], staff)
    client.force_login(alice)
    assert "sagt hier inzwischen etwas anderes" in text_of(client.get(page_of(known)))
    anchor = passage(second, "eins anders").anchor
    send(client, url("write", known, anchor=anchor), html="<p>eins ganz neu</p>")
    assert "inzwischen" not in text_of(client.get(page_of(known)))
    change = known.versions.get().changes.get()
    assert change.seen == load_tree(second.base).by_anchor[anchor].version


def test_discard(mine, client):
    assert "1 Änderung" in text_of(client.get(url("discard", mine)))
    assert client.post(url("discard", mine)).url == MINE
    assert not Proposal.objects.exists()
    assert client.post(url("discard", mine)).status_code == 404


# Submitting


def submit(client, proposal, **data):
    return send(client, url("submit", proposal), **data)


def test_the_manager_submits(mine, alice, client):
    answer = send(client, page_of(mine), **about(aktion="weiter"))
    assert answer.url == url("submit", mine)
    assert "Im Namen vonLotsen Hanau" in text_of(client.get(answer.url))
    done = submit(client, mine)
    assert done.url == MINE
    assert "Ihr Vorschlag 1 ist eingereicht." in text_of(client.get(done.url))
    proposal = Proposal.objects.get()
    assert [proposal.state, proposal.current.submitted_by] == [ProposalState.SUBMITTED, alice]


def test_what_is_missing_is_said_at_its_field(mine, client):
    answer = send(client, page_of(mine), title="", reason="", aktion="weiter")
    assert answer.status_code == 422
    said = text_of(answer)
    assert "Bitte sagen Sie in wenigen Worten, worum es geht." in said
    assert "Bitte begründen Sie Ihren Vorschlag" in said
    assert client.get(url("submit", mine)).url == page_of(mine)


def test_more_than_language_is_not_editorial(mine, round_, alice, client):
    node = passage(round_, "zwei")
    proposing.keep_wording(proposal=mine, seen=node.version, content=text("zwei muss sein"), by=alice)
    assert "„Nur sprachlich“ geht hier nicht" in text_of(client.get(page_of(mine)))
    answer = send(client, page_of(mine), **about(is_editorial="on", aktion="weiter"))
    assert answer.status_code == 422
    assert "ändert mehr als die Sprache" in text_of(answer)
    assert send(client, page_of(mine), **about(aktion="weiter")).status_code == 302


def test_who_does_not_lead_is_told_whom_to_ask(mine, editor, client_of):
    colleague = client_of(editor)
    said = text_of(colleague.get(page_of(mine)))
    assert "Ihre Leitung reicht ein. Bitten Sie darum: Alice." in said
    assert "Weiter zum Einreichen" not in said
    for answer in (colleague.get(url("submit", mine)), colleague.post(url("submit", mine))):
        assert answer.url == page_of(mine)
    assert Proposal.objects.get().state == ProposalState.DRAFT


def test_a_double_click_submits_once(mine, client):
    sent = hidden(client.get(url("submit", mine)))
    assert [client.post(url("submit", mine), sent).url for _ in range(2)] == [MINE, MINE]
    assert Proposal.objects.get().steps.count() == 1


def test_too_late(mine, round_, client):
    sent = hidden(client.get(url("submit", mine)))
    let_it_be(round_, Phase.DISCUSS)
    answer = client.post(url("submit", mine), sent)
    assert answer.status_code == 409
    assert "bleibt als Entwurf erhalten" in text_of(answer)
    assert proposed(mine) == [(Operation.REPLACE, "eins neu")]
    page = client.get(url("submit", mine))
    assert "Dafür ist die Frist vorbei." in text_of(page)
    assert ">Vorschlag einreichen<" not in page.content.decode()


def test_on_behalf(round_, hanau, alice, staff, client, client_of):
    node = passage(round_, "eins")
    entered = proposing.begin(round_=round_, participant=as_participant(round_, hanau), by=staff)
    client.force_login(staff)
    assert send(client, url("write", entered, anchor=node.anchor), html="<p>eins vom Papier</p>").status_code == 302
    assert "Meinen Namen nennen" not in text_of(client.get(page_of(entered)))
    send(client, page_of(entered), **about(aktion="weiter"))
    assert "Im Auftrag eintragen" in text_of(client.get(url("submit", entered)))
    submit(client, entered)
    assert Proposal.objects.get().state == ProposalState.UNCONFIRMED
    carrier = client_of(alice)
    said = text_of(carrier.get(MINE))
    assert "Für Sie eingetragen: Vorschlag 1: Kürzer" in said
    address = url("own_move", entered, word="bestaetigen")
    assert "[neu: vom Papier" in text_of(carrier.get(address))
    assert send(carrier, address).url == MINE
    assert Proposal.objects.get().state == ProposalState.SUBMITTED


# Afterwards


def test_a_question_is_answered(round_, hanau, alice, editor, staff, client, client_of):
    known = submitted(round_, hanau, alice, ("eins", "eins neu"))
    reviewing.ask(proposal=known, reason="Gilt das auch für Kurse am Wochenende?", by=staff)
    client.force_login(alice)
    assert "Gilt das auch für Kurse am Wochenende?" in text_of(client.get(MINE))
    address = url("own_move", known, word="antworten")
    assert send(client, address, reason=" ").status_code == 422
    colleague = client_of(editor)
    assert "Das kann nur die Leitung" in text_of(colleague.get(address))
    refused = colleague.post(address, {"reason": "Ja."})
    assert refused.status_code == 409
    assert "Ja." in refused.content.decode()
    assert send(client, address, reason="Ja, auch dann.").url == MINE
    known.refresh_from_db()
    assert known.state == ProposalState.SUBMITTED
    # Answered twice: the second is told, and keeps what was typed.
    again = client.post(address, {"reason": "Wirklich."})
    assert again.status_code == 409
    assert "Wirklich." in again.content.decode()


def test_another_wording(round_, hanau, alice, staff, client):
    known = submitted(round_, hanau, alice, ("eins", "eins neu"))
    reviewing.ask(proposal=known, reason="Geht es kürzer?", by=staff)
    client.force_login(alice)
    assert client.post(url("reopen", known)).url == page_of(known)
    said = text_of(client.get(page_of(known)))
    assert "Geht es kürzer?" in said
    assert "Neue Fassung von Vorschlag 1." in said
    send(client, url("write", known, anchor=passage(round_, "eins").anchor), html="<p>eins kurz</p>")
    assert "Ihre Antwort auf die Rückfrage" in text_of(client.get(url("submit", known)))
    assert submit(client, known, reason="Ja.").url == MINE
    known.refresh_from_db()
    assert [known.state, known.current.number] == [ProposalState.SUBMITTED, 2]
    assert known.steps.last().reason == "Ja."


def test_another_wording_asks_everybody_again(round_, hanau, alice, staff, client):
    known = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    let_it_be(round_, Phase.DISCUSS)
    client.force_login(alice)
    client.post(url("reopen", known))
    assert "werden zur neuen Fassung noch einmal gefragt" in text_of(client.get(url("submit", known)))
    # Discarding another wording keeps the one that was submitted.
    client.post(url("discard", known))
    known.refresh_from_db()
    assert known.state == ProposalState.ADMITTED
    assert known.versions.count() == 1


def test_not_reworded_while_people_vote(round_, hanau, alice, staff, client):
    known = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    let_it_be(round_, Phase.VOTE)
    client.force_login(alice)
    assert "Überarbeiten" not in text_of(client.get(MINE))
    assert "Dafür ist die Frist vorbei." in text_of(client.get(client.post(url("reopen", known)).url))


def test_withdraw(round_, hanau, alice, editor, client, client_of):
    known = submitted(round_, hanau, alice, ("eins", "eins neu"))
    assert "Zurückziehen" not in text_of(client_of(editor).get(MINE))
    client.force_login(alice)
    assert "Zurückziehen" in text_of(client.get(MINE))
    assert send(client, url("own_move", known, word="zurueckziehen"), reason="Steht schon da.").url == MINE
    known.refresh_from_db()
    assert [known.state, known.steps.last().reason] == [ProposalState.WITHDRAWN, "Steht schon da."]
